"""The old setup of a project, read once: what pip is told, by which files, and on which Python."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate import requirements
from migrate.declared import declared
from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.project import pythons, target_of, with_inline
from migrate.findings import Finding
from migrate.python_version import Version, choose
from migrate.repo import Repo
from migrate.requirements import Group, Line, Requirement, Requirements

REQUIREMENTS = "requirements.txt"


@dataclass(frozen=True, slots=True)
class Legacy:
    """What the old files of a repository say.

    `given` are the requirements files that pip is told to install, in order. `production` is what they and the
    Dockerfiles themselves ask for, `groups` what other files add for development, `target` what Dockerfiles become.
    `findings` and `lines` are what there is to say about all of it, and the account of every line.
    """

    repo: Repo
    given: tuple[str, ...]
    production: Requirements
    groups: tuple[Group, ...]
    target: Target
    python: Version
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]

    @property
    def inline(self) -> tuple[Requirement, ...]:
        """What the Dockerfiles name themselves."""
        return tuple(one for one in self.production.requirements if one.path not in self.production.files)

    @property
    def options(self) -> tuple[str, ...]:
        """The indexes that the Dockerfiles tell pip, as a requirements file says it."""
        lines = (line for line in self.production.lines if line.path not in self.production.files)
        return tuple(line.text for line in lines if line.text.startswith("--"))

    @property
    def files(self) -> tuple[str, ...]:
        """All requirements files, those of the groups included."""
        return (*self.production.files, *(file for group in self.groups for file in group.files))


def legacy(repo: Repo, uv_version: str) -> Legacy:
    """Return what the old files of a repository say; where a line is blocked, nothing but the files' own account.

    `uv_version` is the uv that the new Dockerfiles take.
    """
    given = (REQUIREMENTS,)
    wanted = requirements.read(repo, REQUIREMENTS)
    python, about_python = choose(pythons(repo), declared(repo))
    target = replace(
        target_of(repo, wanted, uv_version), unbuildable=tuple(_needs(wanted)), needs_git=_needs_git(wanted)
    )
    if wanted.blocked:
        return Legacy(repo, given, wanted, (), target, python, wanted.findings, wanted.lines)
    groups, about_groups, lines = requirements.groups(repo, wanted)
    findings = (*wanted.findings, *about_groups, *about_python)
    production = with_inline(wanted, target)
    target = replace(target, indexes=production.indexes)
    lines = (*production.lines, *lines)
    return Legacy(repo, given, production, groups, target, python, findings, lines)


def _needs(wanted: Requirements) -> Iterator[str]:
    """Yield what the build of an image needs beside pyproject.toml and uv.lock."""
    sources = [one.source for one in wanted.requirements if one.source]
    places = [source.local for source in sources if source.local]
    places += [str(setting.value) for setting in wanted.settings if setting.key == "find-links"]
    yield from (f"{place} of the repository" for place in places if "://" not in place)
    logins = (source.login for source in sources)
    yield from (f"credentials for {login.url}" for login in logins if login)


def _needs_git(wanted: Requirements) -> bool:
    return any(key == "git" for one in wanted.requirements if one.source for key, _ in one.source.keys)
