"""A project that setup.py or setup.cfg describes, and what pyproject.toml has to say so that it stays installable."""

import tomllib
from collections.abc import Iterator

from migrate import setup_files
from migrate.findings import Finding
from migrate.findings import pyproject as kinds
from migrate.pyproject import Package
from migrate.repo import Repo
from migrate.requirements import Requirement, Requirements, implies, requirement
from migrate.setup_files import Listed, SetupFiles, Unclear


class _Unusual(Exception):
    """A requirement of setup.py is not a name with versions; the text says which one."""


def package_of(repo: Repo, wanted: Requirements, old: str | None) -> Package | Finding | None:
    """Return the package that the setup files describe, or why it cannot be kept installable; None if there is none.

    `old` is the pyproject.toml that is there: with a [project] it describes the project, and the setup files do not.
    """
    found = None if _has_project(old) else setup_files.read(repo)
    if isinstance(found, Unclear):
        return kinds.SETUP_FILE.at(found.path, found.line, reason=found.reason)
    if found is None:
        return None
    try:
        extras = {name: _parsed(found, listed) for name, listed in found.extras.items()}
        reasons = [*_not_migrated(found, wanted)]
    except _Unusual as error:
        reasons, extras = [kinds.SETUP_FILE.at(found.path, reason=f"{error} is no name with versions")], {}
    if reasons:
        return reasons[0]
    backend = "setuptools.build_meta:__legacy__" if found.imports_itself else "setuptools.build_meta"
    return Package(
        found.name,
        tuple(sorted(found.fields, key=lambda field: (field != "version", field))),
        extras,
        backend,
        wanted.has_itself,
    )


def _has_project(old: str | None) -> bool:
    try:
        return "project" in tomllib.loads((old or "").removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return True  # which is said where the file is written


def _not_migrated(found: SetupFiles, wanted: Requirements) -> Iterator[Finding]:
    """Yield what the project would require from now on, and nothing that is migrated does."""
    for one in _parsed(found, found.dependencies):
        if not any(other.package == one.package and implies(other.spec, one.spec) for other in wanted.requirements):
            reason = f"it requires {one.text}, and nothing that is migrated installs it"
            yield kinds.SETUP_FILE.at(found.path, one.line, reason=reason)
    for file in found.files:
        if file not in wanted.files:
            reason = f"it reads its dependencies from {file}, and nothing that is migrated installs these"
            yield kinds.SETUP_FILE.at(found.path, reason=reason)


def _parsed(found: SetupFiles, listed: tuple[Listed, ...]) -> tuple[Requirement, ...]:
    parsed = [(each, requirement(each.text, found.path, each.line)) for each in listed]
    for each, one in parsed:
        if one is None or one.source:
            raise _Unusual(each.text)
    return tuple(one for _, one in parsed if one)
