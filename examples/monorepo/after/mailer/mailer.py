"""Writes a letter."""

from jinja2 import Template

print(Template("Dear {{ name }},").render(name="reader"))
