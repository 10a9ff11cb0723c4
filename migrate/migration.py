"""The whole story: read the repository, plan on values, lock in a scratch folder, and give the complete plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TextIO

from migrate import pyproject, requirements, surroundings
from migrate.dockerfile.project import migrated, pythons, target_of, with_inline
from migrate.findings import Finding, Severity
from migrate.findings import lock as lock_kinds
from migrate.findings import pyproject as pyproject_kinds
from migrate.findings import requirements as kinds_of_lines
from migrate.findings import surroundings as kinds
from migrate.lock.around import around
from migrate.lock.hashes import unknown_hashes
from migrate.lock.indexes import Served, additional, lock_as_pip
from migrate.lock.ladder import Locked, climb, ranges
from migrate.lock.pins import lost_pins
from migrate.lock.uv import Uv
from migrate.mentions import removable
from migrate.options import Options
from migrate.plan import Account, Change, Plan
from migrate.python_version import Version, choose
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Group, Line, Requirements

REQUIREMENTS, PYPROJECT, LOCK = "requirements.txt", "pyproject.toml", "uv.lock"


def migrate(root: Path, options: Options | None = None, *, show: TextIO | None = None) -> Plan:
    """Return the complete plan for the project in the folder `root`; nothing of the folder is changed.

    uv's messages go to `show` while it locks. Where a requirement, pyproject.toml or the lock cannot be had with
    certainty, the plan has no changes and says why.
    Raises MigrateError if `root` is no folder or uv cannot be started.
    """
    options = options or Options()
    repo = Repo.read(root)
    if REQUIREMENTS not in repo.files | repo.links:
        return _plan((), [_nothing_to_do(repo)])
    wanted = requirements.read(repo, REQUIREMENTS)
    if wanted.blocked:
        return _plan((), wanted.findings, wanted.lines)
    groups, about_groups, lines = requirements.groups(repo, wanted)
    lines = wanted.lines + lines
    uv = Uv.bundled()
    target = replace(
        target_of(repo, wanted, uv.version), unbuildable=tuple(_needs(wanted)), needs_git=_needs_git(wanted)
    )
    wanted = with_inline(wanted, target)
    basis, about_project = _basis(repo, wanted, groups)
    project, about_lock = _locked(basis, uv, options, show) if basis else (None, [])
    findings = [*wanted.findings, *about_groups, *about_project, *about_lock]
    if project is None:
        return _plan((), findings, lines)
    changes, said = migrated(repo, target)
    after = {change.path: change.after for change in changes} | project
    files = [*wanted.files, *(file for group in groups for file in group.files)]
    removed, stays = _removed(repo, files, after, options)
    changed = after | dict.fromkeys(removed)
    return _plan(
        (Change(path, before, text) for path, text in changed.items() if (before := repo.get(path)) != text),
        [*findings, *said, *stays, *surroundings.ignored_by_git(repo)],
        lines,
    )


def _basis(repo: Repo, wanted: Requirements, groups: tuple[Group, ...]) -> tuple["_Basis | None", list[Finding]]:
    python, said = choose(pythons(repo), repo)
    try:
        old, old_lock = repo.get(PYPROJECT), repo.get(LOCK)
    except UnreadableText as error:
        return None, [pyproject_kinds.UNREADABLE.at(PYPROJECT, reason=error)]
    if old is None and (setup := surroundings.setup_file(repo)):
        return None, [*said, pyproject_kinds.SETUP_FILE.at(setup)]
    return _Basis(repo, wanted, groups, python, old, old_lock), [*said]


@dataclass(frozen=True)
class _Basis:
    """What a new pyproject.toml is made of."""

    repo: Repo
    production: Requirements
    groups: tuple[Group, ...]
    python: Version
    old: str | None
    old_lock: str | None

    @cached_property
    def wanted(self) -> Requirements:
        """All that the lock has to hold."""
        grouped = (one for group in self.groups for one in group.requirements)
        return replace(self.production, requirements=(*self.production.requirements, *grouped))

    def written(self, requires_python: str, served: Served) -> pyproject.Written:
        tables = pyproject.uv_tables(self.wanted, served)
        release = self.python.major, self.python.minor
        project = pyproject.NewProject(
            self.repo.name, requires_python, self.production.requirements, release, uv=tables, groups=self.groups
        )
        return pyproject.write(self.old, project, is_locked=self.old_lock is not None)


def _locked(
    basis: _Basis, uv: Uv, options: Options, show: TextIO | None
) -> tuple[dict[str, str] | None, list[Finding]]:
    """Return the new pyproject.toml and uv.lock by path, and what there is to say; None if there is no certain one."""
    wanted, python = basis.wanted, basis.python
    widest = basis.written(ranges(python)[0], {})
    findings = [*widest.findings]
    if widest.text is None:
        return None, findings
    if not options.lock:
        unasked = (kinds_of_lines.INDEX_NOT_ASKED.at(PYPROJECT, name=index.name) for index in additional(wanted))
        return {PYPROJECT: widest.text}, [*findings, *unasked, lock_kinds.NOT_LOCKED.at(LOCK)]
    context, said = around(basis.repo, wanted)
    if _has_errors(said):
        return None, [*findings, *said]

    def lock(served: Served) -> Locked | Finding:
        return climb(
            lambda text: uv.lock(text, basis.old_lock, show, context),
            lambda requires: basis.written(requires, served).text,
            python,
        )

    locked, told = lock_as_pip(wanted, lock)
    if isinstance(locked, Locked):
        told += locked.findings
        told += lost_pins(wanted.requirements, locked.lock, python)
        told += unknown_hashes(
            wanted.requirements, locked.lock, lambda pins: uv.hashes(locked.pyproject, pins, context)
        )
    else:
        told.append(locked)
    told = [*findings, *said, *told]
    if isinstance(locked, Finding) or _has_errors(told):
        return None, told
    return {PYPROJECT: locked.pyproject, LOCK: locked.lock}, told


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _needs(wanted: Requirements) -> Iterator[str]:
    """Yield what the build of an image needs beside pyproject.toml and uv.lock."""
    sources = [one.source for one in wanted.requirements if one.source]
    places = [source.local for source in sources if source.local]
    places += [str(setting.value) for setting in wanted.settings if setting.key == "find-links"]
    yield from (f"{place} of the repository" for place in places if "://" not in place)
    logins = [index.login for index in wanted.indexes] + [source.login for source in sources]
    yield from (f"credentials for {login.url}" for login in logins if login)


def _needs_git(wanted: Requirements) -> bool:
    return any(key == "git" for one in wanted.requirements if one.source for key, _ in one.source.keys)


def _removed(
    repo: Repo, files: Sequence[str], after: Mapping[str, str | None], options: Options
) -> tuple[frozenset[str], list[Finding]]:
    if options.keep_requirements:
        return frozenset(), []
    others = frozenset(path for path in files if not _is_utf8(repo, path))
    removed, named = removable(repo, after, [path for path in files if path not in others])
    return removed, [kinds_of_lines.OTHER_ENCODING_KEPT.at(path) for path in sorted(others)] + [
        kinds.STILL_NAMED.at(path, place=f"{mention.path}:{mention.line}") for path, mention in named.items()
    ]


def _is_utf8(repo: Repo, path: str) -> bool:
    try:
        return repo.get(path) is not None
    except UnreadableText:
        return False


def _nothing_to_do(repo: Repo) -> Finding:
    kind = kinds.ALREADY_UV if LOCK in repo.files else kinds.NOTHING_TO_MIGRATE
    return kind.at(REQUIREMENTS)


def _plan(changes: Iterable[Change], findings: Iterable[Finding], lines: Iterable[Line] = ()) -> Plan:
    return Plan(
        tuple(sorted(changes, key=lambda change: change.path)),
        tuple(sorted(findings, key=lambda finding: (finding.path, finding.line or 0, finding.code))),
        tuple(Account(line.path, line.number, line.text, line.outcome.value, line.result) for line in lines),
    )
