"""The whole story: read the repository, plan on values, lock in a scratch folder, and give the complete plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from migrate import pyproject, requirements, surroundings
from migrate.as_of import as_of
from migrate.declared import declared
from migrate.dockerfile.project import migrated, pythons, target_of, with_inline
from migrate.findings import Finding
from migrate.findings import lock as lock_kinds
from migrate.findings import pyproject as pyproject_kinds
from migrate.findings import surroundings as kinds
from migrate.imports import imported
from migrate.lock.ladder import Locked, Rung, climb, rungs
from migrate.lock.pins import lost_pins
from migrate.lock.prune import is_flat_freeze, pruned, roots
from migrate.lock.uv import Uv
from migrate.mentions import removable
from migrate.options import Options
from migrate.plan import Change, Plan
from migrate.python_version import choose
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Requirement, Requirements

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
        return _plan((), wanted.findings)
    uv = Uv.found(options.uv)
    target = target_of(repo, wanted, uv.version)
    wanted = with_inline(wanted, target)
    project, findings = _project(repo, wanted, uv, options, show)
    if project is None:
        return _plan((), [*wanted.findings, *findings])
    changes, said = migrated(repo, target)
    after = {change.path: change.after for change in changes} | project
    removed, stays = _removed(repo, wanted, after, options)
    changed = after | dict.fromkeys(removed)
    return _plan(
        (Change(path, before, text) for path, text in changed.items() if (before := repo.get(path)) != text),
        [*wanted.findings, *findings, *said, *stays, *surroundings.ignored_by_git(repo)],
    )


def _project(
    repo: Repo, wanted: Requirements, uv: Uv, options: Options, show: TextIO | None
) -> tuple[dict[str, str] | None, list[Finding]]:
    """Return the new pyproject.toml and uv.lock by path, and what there is to say; None if there is no certain one."""
    python, said = choose(pythons(repo), declared(repo))
    findings = [*said]
    try:
        old, old_lock = repo.get(PYPROJECT), repo.get(LOCK)
    except UnreadableText as error:
        return None, [pyproject_kinds.UNREADABLE.at(PYPROJECT, reason=error)]
    if old is None and (setup := surroundings.setup_file(repo)):
        return None, [*findings, pyproject_kinds.SETUP_FILE.at(setup)]

    def written(rung: Rung, required: tuple[Requirement, ...] = wanted.requirements) -> pyproject.Written:
        project = pyproject.NewProject(repo.name, rung.requires_python, required, (python.major, python.minor))
        new = pyproject.write(old, project, is_locked=old_lock is not None)
        if new.text is None or rung.environment is None:
            return new
        return replace(new, text=pyproject.with_environment(new.text, rung.environment))

    def locked_by_uv(text: str) -> str:
        return uv.lock(text, old_lock, show, python=str(python), as_of=newest)

    widest = written(rungs(python)[0])
    findings += widest.findings
    if widest.text is None:
        return None, findings
    if not options.lock:
        return {PYPROJECT: widest.text}, [*findings, lock_kinds.NOT_LOCKED.at(LOCK)]
    newest = as_of(options.as_of, repo.root, wanted.files) if options.as_of else None
    locked = climb(
        locked_by_uv,
        lambda rung: written(rung).text,
        lambda lock: lost_pins(wanted.requirements, lock, python),
        python,
    )
    if not isinstance(locked, Locked):
        return None, [*findings, *locked]
    findings += locked.findings
    if old_lock is None and is_flat_freeze(wanted.requirements):
        kept = roots(wanted.requirements, locked.lock, imported(repo))
        smaller = written(locked.rung, kept).text if options.prune else None
        locked, said = pruned(locked, wanted.requirements, kept, smaller, uv, show)
        findings += said
    return {PYPROJECT: locked.pyproject, LOCK: locked.lock}, findings


def _removed(
    repo: Repo, wanted: Requirements, after: Mapping[str, str | None], options: Options
) -> tuple[frozenset[str], list[Finding]]:
    if options.keep_requirements:
        return frozenset(), []
    removed, named = removable(repo, after, wanted.files)
    return removed, [
        kinds.STILL_NAMED.at(path, place=f"{mention.path}:{mention.line}") for path, mention in named.items()
    ]


def _nothing_to_do(repo: Repo) -> Finding:
    kind = kinds.ALREADY_UV if LOCK in repo.files else kinds.NOTHING_TO_MIGRATE
    return kind.at(REQUIREMENTS)


def _plan(changes: Iterable[Change], findings: Iterable[Finding]) -> Plan:
    return Plan(
        tuple(sorted(changes, key=lambda change: change.path)),
        tuple(sorted(findings, key=lambda finding: (finding.path, finding.line or 0, finding.code))),
    )
