"""Requirements as the text of a TOML array, one per line, with the comments that they had."""

import re
from collections.abc import Iterable

import tomlkit

from migrate.requirements import Requirement

INDENT = "    "
_CLOSE = re.compile(r"(?:\r?\n[ \t]*)?\]$")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # in a TOML comment
_INDENT_OF_ITEM = re.compile(r"\n([ \t]*)[\"']")
_TOKEN = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'|#[^\n]*|,', re.DOTALL)


def new_array(requirements: Iterable[Requirement], newline: str) -> str:
    """Return the text of a TOML array of PEP 508 strings."""
    return extended_array("[]", requirements, newline)


def extended_array(array: str, requirements: Iterable[Requirement], newline: str) -> str:
    """Return the text of a TOML array of strings with requirements added at its end.

    An array on several lines keeps every character, a comma is added where it is missing; one on a single line is
    spread over several.
    """
    indent = match[1] if (match := _INDENT_OF_ITEM.search(array)) else INDENT
    added = [indent + line for requirement in requirements for line in _lines(requirement)]
    tokens = [token for token in _TOKEN.finditer(array) if not token[0].startswith("#")]
    if not added:
        return array
    if "\n" not in array:
        items = [f"{indent}{token[0]}," for token in tokens if token[0] != ","]
        return newline.join(["[", *items, *added, "]"])
    close = _CLOSE.search(array)
    head, tail = (array[: close.start()], close[0]) if close else (array, "")
    if tokens and tokens[-1][0] != ",":
        end = tokens[-1].end()
        head = f"{head[:end]},{head[end:]}"
    return newline.join([head, *added]) + (tail if "\n" in tail else newline + tail)


def quoted(text: str) -> str:
    """Return a TOML string."""
    return tomlkit.item(text).as_string()


def quoted_key(name: str) -> str:
    """Return a TOML key: bare where that is possible."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else quoted(name)


def inline(value: object) -> str:
    """Return a TOML value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{quoted_key(key)} = {inline(item)}' for key, item in value.items())} }}"
    raise TypeError(f"{value!r} is not written into pyproject.toml")


def _lines(requirement: Requirement) -> list[str]:
    beside = f"  {_comment(requirement.comment)}" if requirement.comment else ""
    return [
        *map(_comment, requirement.comments_above),
        f"{quoted(requirement.text)},{beside}",
        *map(_comment, requirement.comments_below),
    ]


def _comment(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
