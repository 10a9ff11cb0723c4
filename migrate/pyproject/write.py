"""An old pyproject.toml, or none, and a project → the text that describes the project."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from migrate.findings import Finding
from migrate.findings import pyproject as kinds
from migrate.pyproject.merge import Addition, addition
from migrate.pyproject.obstacles import obstacles
from migrate.pyproject.project import PATH, NewProject, project_name
from migrate.text import line_at

_BYTE_ORDER_MARK = "\ufeff"
_POSITION = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of pyproject.toml; None if it must stay as it is, and `findings` say why."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def write(old: str | None, project: NewProject, *, is_locked: bool = False) -> Written:
    """Return the pyproject.toml of `project` (PEP 621), made from the old text or, if that is None, from nothing.

    Every character of the old text stays, only what is missing is added, so that its own result is not changed again.
    `is_locked` tells whether a uv.lock exists: then a project is only compared, and missing dependencies are a finding.
    """
    mark, text = (_BYTE_ORDER_MARK, old[1:]) if old and old.startswith(_BYTE_ORDER_MARK) else ("", old or "")
    data = _parsed(text)
    if isinstance(data, Finding):
        return Written(None, (data,))
    if findings := obstacles(text, data, project):
        return Written(None, findings)
    lacking = addition(data, project)
    if is_locked and "project" in data:
        is_less = lacking.requirements or lacking.uv or lacking.groups
        return Written(None, (kinds.ALREADY_UV.at(PATH),)) if is_less else Written(old)
    new = _checked(text, data, lacking) if lacking else text
    if new is None:
        return Written(None, (kinds.UNUSUAL_FORM.at(PATH),))
    return Written(mark + new, _note_on_name(lacking, project))


def _parsed(text: str) -> dict[str, Any] | Finding:
    try:
        return tomllib.loads(text, parse_float=str)  # floats are only compared, and one of them is unequal to itself
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        line = int(position[1]) if position and position[1] else line_at(text, len(text))
        return kinds.NOT_TOML.at(PATH, line, reason=_POSITION.sub("", str(error)))
    except (ValueError, RecursionError) as error:
        reason = "it has a number of too many digits" if isinstance(error, ValueError) else "it is nested too deeply"
        return kinds.NOT_TOML.at(PATH, reason=reason)


def _note_on_name(lacking: Addition, project: NewProject) -> tuple[Finding, ...]:
    folder, name = project_name(project.folder, ()), lacking.keys.get("name")
    is_chosen = project.package is None and name not in {None, folder}
    return () if not is_chosen else (kinds.NAME_TAKEN.at(PATH, name=name, folder=folder),)


def _checked(text: str, data: dict[str, Any], lacking: Addition) -> str | None:
    """Return the text with what is lacking; None if it would not read back as exactly that."""
    from tomlkit.exceptions import TOMLKitError

    from migrate.pyproject.edit import edited  # which needs tomlkit

    try:
        new = edited(text, lacking)
        return new if tomllib.loads(new, parse_float=str) == lacking.added_to(data) else None
    except (TOMLKitError, ValueError, RecursionError):
        return None
