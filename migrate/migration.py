"""The whole story: read the repository, plan on values, lock in a scratch folder, and give the complete plan."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import join, normpath
from typing import TextIO

from migrate import surroundings
from migrate.basis import LOCK, PYPROJECT, Basis, basis, locked
from migrate.dockerfile.found import found
from migrate.dockerfile.installed import packages_named
from migrate.dockerfile.outside import outside
from migrate.dockerfile.project import migrated
from migrate.findings import Finding, Severity, discovery
from migrate.findings import lock as lock_kinds
from migrate.findings import requirements as requirements_kinds
from migrate.findings import surroundings as kinds
from migrate.legacy import Legacy
from migrate.lock.around import around
from migrate.lock.lacking import lacking
from migrate.lock.uv import Uv
from migrate.lockfile import Lockfile, Selection
from migrate.mentions import removable
from migrate.moved import Moves, Together, told
from migrate.nameless import understood
from migrate.options import Options
from migrate.plan import Account, Change, Plan
from migrate.projects import projects, without
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Line

# As uv blames a dependency group, behind the project's name; `[group:…]` only says which part of the lock it is at.
_GROUP = re.compile(r"(?<=[\w\]])(?<!\[group):([a-z0-9](?:[\w.-]*\w)?)")


@dataclass(frozen=True, slots=True)
class _Part:
    """The migration of one project: what becomes of files, the requirements files in them, and what there is to say."""

    after: Mapping[str, str | None] = field(default_factory=dict)
    converted: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[Line, ...] = ()

    def below(self, folder: str) -> "_Part":
        """Return the same for a project that lies in a folder of the repository."""
        if not folder:
            return self
        return _Part(
            {normpath(join(folder, path)): text for path, text in self.after.items()},
            tuple(normpath(join(folder, path)) for path in self.converted),
            tuple(replace(finding, path=normpath(join(folder, finding.path))) for finding in self.findings),
            tuple(replace(line, path=normpath(join(folder, line.path))) for line in self.lines),
        )


def migrate(root: Path, options: Options | None = None, *, show: TextIO | None = None) -> Plan:
    """Return the complete plan for all projects in the folder `root`; nothing of the folder is changed.

    uv's messages go to `show` while it locks. Where a requirement, pyproject.toml or the lock cannot be had with
    certainty, the plan has no changes for that project and says why.
    Raises MigrateError if `root` is no folder, uv cannot be started, or the options name what is not there.
    """
    options = options or Options()
    repo = Repo.read(root)
    folders = projects(repo, options)
    uv = Uv.found(options.uv)
    parts = {folder: _part(seen_from(repo, folder, folders), uv, options, show) for folder in folders}
    real = {folder: part.below(folder) for folder, part in parts.items() if part}
    if not real:
        return _plan((), _nothing_to_do(repo))
    after = {path: text for part in real.values() for path, text in part.after.items()}
    converted = [path for part in real.values() for path in part.converted]
    removed, stays = _removed(repo, converted, after, options)
    changed = after | dict.fromkeys(removed)
    listed = [kinds.PROJECT.at(join(folder, PYPROJECT), count=len(real)) for folder in real if len(real) > 1]
    said = [*listed, *(finding for part in real.values() for finding in part.findings)]
    migrated_ones = {folder: bool(part.after) for folder, part in real.items()}
    said += outside(repo, options, migrated_ones, changed.keys() | {finding.path for finding in said})
    return _plan(
        (Change(path, before, text) for path, text in changed.items() if (before := repo.get(path)) != text),
        [*said, *stays, *_ignored(repo, real)],
        [line for part in real.values() for line in part.lines],
    )


def seen_from(repo: Repo, folder: str, folders: Sequence[str]) -> Repo:
    """Return a repository as the project in one of the `folders` of its projects sees it: without the others."""
    return repo.below(folder) if folder else without(repo, tuple(other for other in folders if other))


def _part(repo: Repo, uv: Uv, options: Options, show: TextIO | None) -> _Part | None:
    """Return the migration of one project; None if it has no requirements files."""
    old = understood(repo, uv, options)
    if old.is_nothing:
        return None
    if old.production.blocked or not (old.given or old.groups):
        return _Part(findings=old.findings, lines=old.lines)

    while True:
        what, about_project = basis(repo, old.production, old.groups, old.pythons)
        if what is None:
            return _Part(findings=(*old.findings, *about_project), lines=old.lines)
        project, about_lock, together = _locked(old, what, uv, options, show)
        moves = together.by_groups() if together else {}
        leaving = _moving(together, moves) if together else _blocking(old, about_lock)
        if leaving is None:
            break
        old = old.without(*leaving)
    if moves:
        about_lock.append(lock_kinds.MOVED.at(PYPROJECT, moves=told(moves)))
    elif together and (apart := together.by_other_systems()):
        narrower = None if _names_pypy(repo) else _locked(old, replace(what, is_cpython=True), uv, options, show)
        if narrower and narrower[2] and not narrower[2].by_other_systems():
            project, about_lock, together = narrower
            about_lock.append(lock_kinds.ONLY_CPYTHON.at(PYPROJECT, moves=told(apart)))
        else:
            about_lock.append(lock_kinds.MOVED_BY_SYSTEMS.at(PYPROJECT, moves=told(apart)))
    about_lock += together.in_images_without_production() if together else ()
    findings = (*old.findings, *about_project, *about_lock)
    lines = tuple(_unkept(old.lines, findings))
    if project is None:
        return _Part(findings=findings, lines=lines)
    lock = Lockfile(project[LOCK], project[PYPROJECT]) if LOCK in project else None
    findings += tuple(_lacking(old, what, lock, uv)) if lock else ()
    changes, said = migrated(repo, replace(old.target, lock=lock))
    after = {change.path: change.after for change in changes} | project
    return _Part(after, old.files, (*findings, *said), lines)


def _lacking(old: Legacy, what: Basis, lock: Lockfile, uv: Uv) -> Iterator[Finding]:
    def resolved(wanted: list[str], limits: list[str]) -> str:
        return uv.resolved(lock.pyproject, wanted, limits, str(old.python), around(old.repo, what.wanted)[0])

    return lacking(lock, Selection(groups=tuple(sorted(old.groups_of_images))), old.python, resolved)


def _blocking(old: Legacy, about_lock: Iterable[Finding]) -> tuple[tuple[str, ...], str] | None:
    """Return the groups that uv names as the reason for no lock, and its words; None if an image installs them."""
    for finding in about_lock:
        named = {match[1] for match in _GROUP.finditer(finding.message)} - old.groups_of_images
        groups = tuple(group.name for group in old.groups if group.name in named)
        if groups and finding.severity is Severity.ERROR:
            return groups, f"there is no lock with it\n{finding.message}"
    return None


def _locked(
    old: Legacy, what: Basis, uv: Uv, options: Options, show: TextIO | None
) -> tuple[dict[str, str] | None, list[Finding], Together | None]:
    """Return the new pyproject.toml and uv.lock by path, what there is to say, and what can be asked of the lock."""
    project, about_lock = locked(what, uv, options, show)
    if not (project and LOCK in project):
        return project, about_lock, None
    return project, about_lock, Together(old, what, project[LOCK], lambda less: locked(less, uv, options, show)[0])


def _names_pypy(repo: Repo) -> bool:
    """Whether a file that says where the project runs names PyPy."""
    declaring = ("pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "noxfile.py", ".python-version", "runtime.txt")
    paths = (path for path in repo.files if path in declaring or path.startswith(".github/workflows/"))
    return any("pypy" in repo.readable(path).lower() for path in paths)


def _moving(together: Together, moves: Moves) -> tuple[tuple[str, ...], str] | None:
    """Return the groups that are to be left because they move versions of production, and what they would do."""
    groups = together.to_blame(moves) if moves else ()
    return (groups, f"with it, production would have other versions: {told(moves)}") if groups else None


def _unkept(lines: Iterable[Line], findings: Iterable[Finding]) -> Iterator[Line]:
    """Yield the account of lines, corrected for versions of compiled files that no lock keeps."""
    codes = {discovery.PIN_UNUSED.code, discovery.PIN_OF_OTHER.code}
    found = {(one.path, one.line): one for one in findings if one.code in codes}
    for line in lines:
        finding = found.get((line.path, line.number))
        yield replace(line, result="left out", finding=finding) if finding else line


def _ignored(repo: Repo, parts: Mapping[str, _Part]) -> list[Finding]:
    if not any(part.after for part in parts.values()):
        return []
    found = (
        replace(finding, path=normpath(join(folder, finding.path)))
        for folder in parts
        for finding in surroundings.ignored_by_git(repo.below(folder))
    )
    return list(dict.fromkeys(found))


def _removed(
    repo: Repo, files: Sequence[str], after: Mapping[str, str | None], options: Options
) -> tuple[frozenset[str], list[Finding]]:
    if options.keep_requirements:
        return frozenset(), []
    others = frozenset(path for path in files if not _is_utf8(repo, path))
    removed, named = removable(repo, after, [path for path in files if path not in others])
    return removed, [requirements_kinds.OTHER_ENCODING_KEPT.at(path) for path in sorted(others)] + [
        kinds.STILL_NAMED.at(path, place=f"{mention.path}:{mention.line}") for path, mention in named.items()
    ]


def _is_utf8(repo: Repo, path: str) -> bool:
    try:
        return repo.get(path) is not None
    except UnreadableText:
        return False


def _nothing_to_do(repo: Repo) -> Iterator[Finding]:
    kind = kinds.ALREADY_UV if LOCK in repo.files else kinds.NOTHING_TO_MIGRATE
    yield kind.at("requirements.txt")
    for path, line, packages in packages_named(found(repo)) if kind is kinds.NOTHING_TO_MIGRATE else ():
        yield kinds.NAMED_ONLY_THERE.at(path, line, packages=", ".join(packages))


def _plan(changes: Iterable[Change], findings: Iterable[Finding], lines: Iterable[Line] = ()) -> Plan:
    return Plan(
        tuple(sorted(changes, key=lambda change: change.path)),
        tuple(sorted(findings, key=lambda finding: (finding.path, finding.line or 0, finding.code))),
        tuple(Account(line.path, line.number, line.text, line.outcome.value, line.result) for line in lines),
    )
