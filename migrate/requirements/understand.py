"""One logical line → what it asks pip to do, or why it is not converted."""

import re
import shlex
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from migrate.findings import Finding, Kind
from migrate.findings import requirements as kinds

if TYPE_CHECKING:
    from optparse import OptionParser

    from packaging.markers import Marker
    from packaging.requirements import Requirement as Specification

LONGEST_REQUIREMENT = 4096  # characters; no file system has longer paths either
_OPTIONS = re.compile(r"(?:^| )(?=-)")  # where pip starts to read options
_OPTION_VALUE = re.compile(r"^(--[\w-]{0,40}|-\w?).*", re.DOTALL)  # may be a secret: it is never repeated
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
_TEMPLATE = re.compile(r"\{[{%#]")
_REFUSED_OPTIONS = {"hashes": kinds.HASHES, "constraints": kinds.CONSTRAINTS, "editables": kinds.EDITABLE}


@dataclass(frozen=True, slots=True)
class Include:
    """The line reads another requirements file: `target` as it is written there, or the path that was found for it.

    `is_again` tells whether that file was read before.
    """

    target: str
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """The line is not converted, and why."""

    kind: Kind
    details: dict[str, object] = field(default_factory=dict)

    def at(self, path: str, line: int) -> Finding:
        """Return the finding that says so."""
        return self.kind.at(path, line, **self.details)


def understand(text: str) -> "Specification | Include | Refusal":
    """Return what a logical line without its comment asks for: a PEP 508 dependency, an include, or neither.

    Options are read as pip reads them, a dependency as `packaging` does. Any text is understood or refused.
    """
    if _TEMPLATE.search(text):
        return Refusal(kinds.TEMPLATE)
    if variable := _VARIABLE.search(text):
        return Refusal(kinds.VARIABLE, {"name": variable[1]})
    if options := _OPTIONS.search(text):
        return _option(text[options.end() :], is_alone=options.start() == 0)
    return _refused_unread(text) or _specification(text)


def _option(text: str, *, is_alone: bool) -> Include | Refusal:
    from optparse import Values

    from pip_requirements_parser import get_options_by_dest

    name, parser = _OPTION_VALUE.sub(r"\1", text), _option_parser()
    try:
        values, arguments = parser.parse_args(shlex.split(text), Values(dict.fromkeys(parser.defaults)))
    except Exception as error:  # noqa: BLE001  # optparse and shlex have no common error, and a bad option is no crash
        return _bad_option(name, _reason(error))
    options: dict[str, Any] = get_options_by_dest(values)  # those that have a value
    if not options:
        return Refusal(kinds.INVALID, {"reason": "pip passes over what follows the dash"})
    if "requirements" in options:
        return _include(name, options, is_alone=is_alone and not arguments)
    kind = next((kind for option, kind in _REFUSED_OPTIONS.items() if option in options), kinds.OPTION)
    return Refusal(kind, {"option": name})


@cache
def _option_parser() -> "OptionParser":
    """Return the parser of pip's options. It appends to the values it is given, so each line must bring its own."""
    from pip_requirements_parser import build_parser

    parser: OptionParser = build_parser()
    return parser


def _include(name: str, options: dict[str, Any], *, is_alone: bool) -> Include | Refusal:
    if name == "--requirements":  # the parser knows it, pip does not
        return _bad_option(name, "its name is --requirement")
    if not is_alone or len(options) > 1 or len(options["requirements"]) > 1:
        return Refusal(kinds.INCLUDE_CROWDED)
    target = options["requirements"][0]
    return Include(target) if len(target) <= LONGEST_REQUIREMENT else Refusal(kinds.TOO_LONG)


def _bad_option(name: str, reason: str) -> Refusal:
    if reason.startswith("no such option"):  # pip has options that the parser does not know
        return Refusal(kinds.OPTION, {"option": name})
    return Refusal(kinds.INVALID_OPTION, {"option": name, "reason": reason})


def _refused_unread(text: str) -> Refusal | None:
    if "://" in text:
        return Refusal(kinds.URL)
    if len(text) > LONGEST_REQUIREMENT:
        return Refusal(kinds.TOO_LONG)
    if "\\" in text:
        return Refusal(kinds.INVALID, {"reason": "it contains a backslash"})
    return None


def _specification(text: str) -> "Specification | Refusal":
    from pip_requirements_parser import PipError, is_url, parse_reqparts_from_string

    dependency, _, condition = text.partition(";")
    try:
        parts = parse_reqparts_from_string(dependency)
        marker = _marker(condition.strip()) if condition.strip() else None
    except (PipError, ValueError, RecursionError) as error:
        return Refusal(kinds.INVALID, {"reason": _reason(error)})
    if is_url(dependency) or (parts.requirement and parts.requirement.url):
        return Refusal(kinds.URL)
    if parts.link:
        return Refusal(kinds.LOCAL)
    specification: Specification = parts.requirement
    specification.marker = marker
    return specification


@lru_cache
def _marker(text: str) -> "Marker":
    """Return a PEP 508 marker, which many lines of a file have in common. Raises ValueError and RecursionError."""
    from packaging.markers import Marker

    return Marker(text)


def _reason(error: Exception) -> str:
    """Return the first line of the innermost error's text, to stand inside a sentence; the others repeat the source."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    reason = str(error.__context__ or error).partition("\n")[0].removeprefix("pip_requirements_parser: error: ")
    return reason[:1].lower() + reason[1:]
