"""What the new pyproject.toml and uv.lock are made of, and the two of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TextIO

from migrate import pyproject
from migrate.as_of import as_of
from migrate.findings import Finding, Severity
from migrate.findings import indexes as index_kinds
from migrate.findings import lock as kinds
from migrate.findings import pyproject as pyproject_kinds
from migrate.imports import imported
from migrate.lock.around import around
from migrate.lock.dynamic import lock_unbuilt
from migrate.lock.hashes import unknown_hashes
from migrate.lock.indexes import Served, additional, lock_as_pip
from migrate.lock.ladder import Locked, Rung, climb, for_cpython, rung_of_images, rungs
from migrate.lock.pins import lost_pins
from migrate.lock.preferences import lock_keeping, needed, only_froze, thawed, unused
from migrate.lock.prune import is_flat_freeze, pruned, roots
from migrate.lock.reasons import without_credentials
from migrate.lock.uv import LockFailed, Uv
from migrate.lockfile import agree
from migrate.options import Options
from migrate.packages import package_of
from migrate.python_version import Pythons, Version
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Group, Requirement, Requirements, conflicts

PYPROJECT, LOCK = "pyproject.toml", "uv.lock"


@dataclass(frozen=True)
class Basis:
    """What a new pyproject.toml is made of; `old` and `old_lock` are the texts that are there."""

    repo: Repo
    production: Requirements
    groups: tuple[Group, ...]
    pythons: Pythons
    old: str | None
    old_lock: str | None
    package: pyproject.Package | None = None
    is_of_images: bool = False
    """Whether nothing counts but CPython on Linux, in the project's own version."""
    is_cpython: bool = False
    """Whether other interpreters do not count."""

    @property
    def python(self) -> Version:
        """The Python version that the project runs on."""
        return self.pythons.chosen

    @property
    def of_images(self) -> "Basis":
        """The same without groups and for images only, as pip resolves it in each of them."""
        return replace(self, groups=(), is_of_images=True)

    @cached_property
    def wanted(self) -> Requirements:
        """All that the lock has to hold."""
        grouped = (one for group in self.groups for one in group.requirements)
        return replace(self.production, requirements=(*self.production.requirements, *grouped))

    @property
    def without_constraints(self) -> "Basis":
        """The same, where nothing limits versions but the dependencies themselves."""
        return replace(self, production=replace(self.production, constraints=()))

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but dependencies: no lock, group, index, setting or source of its own."""
        wanted = self.wanted
        has_sources = any(one.source for one in wanted.requirements)
        beside = self.groups or wanted.indexes or wanted.settings or wanted.pins
        return not (self.old_lock is not None or self.package or beside or has_sources)

    def written(self, rung: Rung, served: Served, required: tuple[Requirement, ...] | None = None) -> pyproject.Written:
        """Return the pyproject.toml of a rung; `required` are the dependencies, if not all of production."""
        if self.is_of_images:
            rung = rung_of_images(self.python)
        elif self.is_cpython:
            rung = for_cpython(rung)
        project = pyproject.NewProject(
            self.repo.name,
            rung.requires_python,
            self.production.requirements if required is None else required,
            (self.python.major, self.python.minor),
            uv=pyproject.uv_tables(self.wanted, served, conflicts(self.groups)),
            groups=self.groups,
            package=self.package,
        )
        new = pyproject.write(self.old, project, is_locked=self.old_lock is not None)
        if new.text is None or rung.environment is None:
            return new
        return replace(new, text=pyproject.with_environment(new.text, rung.environment))


def basis(
    repo: Repo, wanted: Requirements, groups: tuple[Group, ...], pythons: Pythons
) -> tuple[Basis | None, list[Finding]]:
    """Return what to lock, and what there is to say; None if the repository's own files forbid it."""
    try:
        old, old_lock = repo.get(PYPROJECT), repo.get(LOCK)
    except UnreadableText as error:
        return None, [pyproject_kinds.UNREADABLE.at(PYPROJECT, reason=error)]
    package = package_of(repo, wanted, old)
    if isinstance(package, Finding):
        return None, [package]
    return Basis(repo, wanted, groups, pythons, old, old_lock, package), []


def locked(what: Basis, uv: Uv, options: Options, show: TextIO | None) -> tuple[dict[str, str] | None, list[Finding]]:
    """Return the new pyproject.toml and uv.lock by path, and what there is to say; None if there is no certain one."""
    wanted, python = what.wanted, what.python
    widest = what.written(rungs(what.pythons)[0], {})
    findings = [*widest.findings]
    if widest.text is None:
        return None, findings
    if not options.lock:
        unasked = (index_kinds.INDEX_NOT_ASKED.at(PYPROJECT, name=index.name) for index in additional(wanted))
        return {PYPROJECT: widest.text}, [*findings, *unasked, kinds.NOT_LOCKED.at(LOCK)]
    context, said = around(what.repo, wanted)
    findings += said
    if _has_errors(findings):
        return None, findings
    newest = as_of(options.as_of, what.repo.root, wanted.files) if options.as_of else None

    def ask(text: str, old_lock: str | None, as_of: str | None) -> str:
        return lock_unbuilt(text, lambda each: uv.lock(each, old_lock, show, context, python=str(python), as_of=as_of))

    def lock(served: Served, known: Locked | None) -> Locked | tuple[Finding, ...]:
        return climb(
            lambda text: lock_keeping(wanted.pins, text, what.old_lock, ask, newest),
            lambda rung: what.written(rung, served).text,
            lambda text: lost_pins((*wanted.requirements, *needed(wanted.pins, text)), text, python),
            what.pythons,
            known,
        )

    found, served, told = lock_as_pip(wanted, lock)
    findings += told
    if not isinstance(found, Locked):
        return None, [*findings, *found]
    findings += [*found.findings, *unused(wanted.pins, found.lock, python)]
    if only_froze(wanted, found.lock, python):
        free = what.without_constraints
        found, thaw = thawed(found, wanted.constraints, free.written(found.rung, served).text, ask)
        findings.append(thaw)
        what = free if thaw.code == kinds.THAWED.code else what
    try:
        text, limits = found.pyproject, (*wanted.constraints, *wanted.pins)
        repeated = (one for group in what.groups for one in group.repeated)
        checked = (*wanted.requirements, *needed((*limits, *repeated), found.lock))
        findings += unknown_hashes(checked, found.lock, lambda pins: uv.hashes(text, pins, context))
    except LockFailed as error:
        findings.append(kinds.LOCK_FAILED.at(PYPROJECT, reason=without_credentials(str(error))))
    if what.is_plain and is_flat_freeze(wanted.requirements):
        kept = roots(wanted.requirements, found.lock, imported(what.repo))
        smaller = what.written(found.rung, {}, kept).text if options.prune else None
        found, said = pruned(found, wanted.requirements, kept, smaller, uv, show)
        findings += said
    lock_text = what.old_lock if what.old_lock is not None and agree(what.old_lock, found.lock) else found.lock
    return (None if _has_errors(findings) else {PYPROJECT: found.pyproject, LOCK: lock_text}), findings


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
