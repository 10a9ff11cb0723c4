"""What is lacking → the text of pyproject.toml, every character of the old text kept."""

from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit

from migrate.pyproject.array import INDENT, extended_array, inline, new_array, quoted, quoted_key
from migrate.pyproject.layout import header, put_before_tables, put_behind, put_last
from migrate.pyproject.merge import Addition
from migrate.requirements import Group
from migrate.text import newline_of


def edited(text: str, lacking: Addition) -> str:
    """Return a TOML text with what is lacking added in the places where people look for it.

    Raises ValueError if the text is not one that can be edited so. It is for the caller to see that the result says
    what it should.
    """
    document, newline = tomlkit.parse(text), newline_of(text)
    if document.as_string() != text:
        raise ValueError("the parser does not keep this text")
    is_new = "project" not in document
    new_tables = [_new_project(lacking, newline), *_package_tables(lacking, newline)] if is_new else []
    if not is_new:
        _extend_project(document, lacking, newline)
    groups = [f"{group.name} = {_group(group, newline)}" for group in lacking.groups]
    new_tables += _new_or_extended(document, ("dependency-groups",), groups, newline)
    new_tables += _new_or_extended(document, ("tool", "uv"), _uv_lines(lacking, newline), newline)
    sources = [f"{quoted_key(name)} = {inline(source)}" for name, source in lacking.uv.sources.items()]
    new_tables += _new_or_extended(document, ("tool", "uv", "sources"), sources, newline)
    new_tables += [["[[tool.uv.index]]", *_pairs(index)] for index in lacking.uv.indexes]
    block = (newline * 2).join(newline.join(lines) for lines in new_tables)
    if is_new and put_before_tables(document, block + newline * 2):
        return document.as_string()
    return _with_block(document.as_string(), block, newline)


def _new_project(lacking: Addition, newline: str) -> list[str]:
    """Return the lines of [project] in the order in which `uv init` has them."""
    dynamic = [f"dynamic = {inline(list(lacking.package.fields))}"] if lacking.package else []
    dependencies = f"dependencies = {new_array(lacking.requirements or (), newline)}"
    return ["[project]", *_keys(lacking), *dynamic, dependencies]


def _package_tables(lacking: Addition, newline: str) -> Iterator[list[str]]:
    package = lacking.package
    if package and package.extras:
        extras = (f"{quoted_key(name)} = {new_array(each, newline)}" for name, each in package.extras.items())
        yield ["[project.optional-dependencies]", *extras]
    if package and not lacking.has_build_system:
        yield ["[build-system]", *_pairs(package.build_system)]


def _keys(lacking: Addition) -> list[str]:
    return [f"{key} = {quoted(value)}" for key, value in lacking.keys.items()]


def _extend_project(document: tomlkit.TOMLDocument, lacking: Addition, newline: str) -> None:
    project = header(document, "project")
    if project is None:
        raise ValueError("[project] has no header of its own")
    if lacking.requirements is not None and "dependencies" in project:
        array = extended_array(project["dependencies"].as_string(), lacking.requirements, newline)
        project["dependencies"] = tomlkit.value(array)
    elif lacking.requirements is not None:
        put_last(project, f"dependencies = {new_array(lacking.requirements, newline)}{newline}", newline)
    keys = "".join(line + newline for line in _keys(lacking))
    put_behind(project, ("version", "name"), keys, newline)


def _group(group: Group, newline: str) -> str:
    array = new_array(group.requirements, newline)
    included = [f'{INDENT}{{ include-group = "{name}" }},' for name in group.includes]
    if not included:
        return array
    return newline.join(["[", *included]) + (array.removeprefix("[") if group.requirements else f"{newline}]")


def _uv_lines(lacking: Addition, newline: str) -> list[str]:
    lines = ["package = false"] if lacking.is_application else []
    lines += _pairs(lacking.uv.settings)
    if lacking.uv.constraints:
        lines.append(f"constraint-dependencies = {new_array(lacking.uv.constraints, newline)}")
    return lines


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {inline(value)}" for key, value in values.items()]


def _new_or_extended(
    document: tomlkit.TOMLDocument, names: tuple[str, ...], lines: list[str], newline: str
) -> list[list[str]]:
    """Return the lines of a table to be added, or add them to the one that is there and return none."""
    if not lines:
        return []
    table = header(document, *names)
    if table is None:
        return [[f"[{'.'.join(names)}]", *lines]]
    put_last(table, "".join(line + newline for line in lines), newline)
    return []


def _with_block(text: str, block: str, newline: str) -> str:
    if not block:
        return text
    if text and not text.endswith("\n"):
        text += newline
    if text.strip() and not text.endswith(newline * 2):
        text += newline
    return text + block + newline
