"""One logical line → what it asks pip to do, or why it is not converted."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from migrate.findings import requirements as kinds
from migrate.requirements.build_options import BuildOptions, build_options
from migrate.requirements.links import linked
from migrate.requirements.meaning import LeftOut, Local, Meaning, Refusal, Remark, Wanted
from migrate.requirements.plain import plain
from migrate.requirements.switches import Switches, read_switches, reason, settings

if TYPE_CHECKING:
    from packaging.markers import Marker
    from packaging.requirements import Requirement as Specification

_MEANT_OTHERWISE = frozenset(
    {"constraints", "install_options", "editables", "index_url", "extra_index_urls", "no_index", "find_links"}
)
LONGEST_REQUIREMENT = 4096  # characters; no file system has longer paths either
# Packages that only exist for Windows, so that a file that also runs elsewhere means them for there.
WINDOWS_ONLY = frozenset({"pypiwin32", "pywin32", "pywinpty", "windows-curses"})
_OPTIONS = re.compile(r"(?:^| )(?=-)")  # where pip starts to read options
_USER_OF_URL = re.compile(r"://[^/\s@]*@")
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
_TEMPLATE = re.compile(r"\{[{%#]")


def understand(text: str) -> Meaning:
    """Return what a logical line without its comment asks for: a package, an include, settings, or why it is refused.

    Options are read as pip reads them, a dependency as `packaging` does. Any text is understood or refused.
    """
    if _TEMPLATE.search(text):
        return Refusal(kinds.TEMPLATE)
    if variable := _VARIABLE.search(_USER_OF_URL.sub("", text)):
        return Refusal(kinds.VARIABLE, {"name": variable[1]})
    options = _OPTIONS.search(text)
    if not options:
        return _dependency(text, ())
    dependency, rest = text[: options.start()], text[options.end() :]
    if not dependency.strip():
        switches = read_switches(rest)
        return switches if isinstance(switches, Refusal) else settings(switches, longest=LONGEST_REQUIREMENT)
    return _with_options(dependency, build_options(rest))


def _with_options(dependency: str, options: BuildOptions) -> Meaning:
    """Return what a requirement with options asks for; pip passes over those that are not for one requirement."""
    switches = read_switches(options.rest) if options.rest else Switches("", {}, ())
    if isinstance(switches, Refusal):
        return switches
    if "requirements" in switches.values:
        return Refusal(kinds.INCLUDE_CROWDED)
    if switches.arguments:
        return Refusal(kinds.INVALID_OPTION, {"option": switches.name, "reason": "pip passes over what follows it"})
    if switches.values.keys() & _MEANT_OTHERWISE:
        return Refusal(kinds.OPTION, {"option": switches.name})
    found = _dependency(dependency, tuple(switches.values.get("hashes", ())))
    if not isinstance(found, Wanted):
        return (
            Refusal(kinds.OPTION, {"option": "--config-settings"})
            if options.settings and isinstance(found, Local)
            else found
        )
    ignored = switches.values.keys() - {"hashes"}
    note = Remark(kinds.OPTION_IGNORED, {"option": switches.name}) if ignored else found.note
    return replace(found, note=note, build=options.settings)


def _dependency(text: str, hashes: tuple[str, ...]) -> Meaning:
    if "://" in text:
        return linked(text, hashes, is_editable=False)
    if len(text) > LONGEST_REQUIREMENT:
        return Refusal(kinds.TOO_LONG)
    if "\\" in text:
        return Refusal(kinds.INVALID, {"reason": "it contains a backslash"})
    return _wanted(text, hashes)


def _wanted(text: str, hashes: tuple[str, ...]) -> Meaning:
    from pip_requirements_parser import PipError, is_url, parse_reqparts_from_string

    dependency, _, condition = text.partition(";")
    specification: Specification | None = plain(dependency)
    try:
        marker = _marker(condition.strip()) if condition.strip() else None
        if specification is None:
            parts = parse_reqparts_from_string(dependency)
            if is_url(dependency) or parts.link or (parts.requirement and parts.requirement.url):
                return linked(text, hashes, is_editable=False)
            specification = parts.requirement
    except (PipError, ValueError, RecursionError) as error:
        return Refusal(kinds.INVALID, {"reason": reason(error)})
    specification.marker = marker
    return _special(specification) or Wanted(specification, hashes=hashes)


def _special(specification: "Specification") -> Wanted | LeftOut | None:
    """Return what a line means that no tool but the one that wrote it can have wanted, or None."""
    from packaging.utils import canonicalize_name

    name = canonicalize_name(specification.name)
    if name == "pkg-resources" and str(specification.specifier) == "==0.0.0":
        return LeftOut(kinds.FOSSIL, {"name": specification.name})
    if name in WINDOWS_ONLY and specification.marker is None:
        specification.marker = _marker("sys_platform == 'win32'")
        return Wanted(specification, note=Remark(kinds.WINDOWS_ONLY, {"name": specification.name}))
    return None


@lru_cache
def _marker(text: str) -> "Marker":
    """Return a PEP 508 marker, which many lines of a file have in common. Raises ValueError and RecursionError."""
    from packaging.markers import Marker

    return Marker(text)
