"""The whole story: read the repository, plan on values, lock in a scratch folder, and give the complete plan."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from migrate import pyproject, requirements, surroundings
from migrate.dockerfile.project import migrated, pythons, target_of, with_inline
from migrate.findings import Finding
from migrate.findings import lock as lock_kinds
from migrate.findings import pyproject as pyproject_kinds
from migrate.findings import surroundings as kinds
from migrate.lock.ladder import Locked, climb, ranges
from migrate.lock.pins import lost_pins
from migrate.lock.uv import Uv
from migrate.mentions import removable
from migrate.options import Options
from migrate.plan import Change, Plan
from migrate.python_version import choose
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Requirements

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
    uv = Uv.bundled()
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
    python, said = choose(pythons(repo), repo)
    findings = [*said]
    try:
        old, old_lock = repo.get(PYPROJECT), repo.get(LOCK)
    except UnreadableText as error:
        return None, [pyproject_kinds.UNREADABLE.at(PYPROJECT, reason=error)]
    if old is None and (setup := surroundings.setup_file(repo)):
        return None, [*findings, pyproject_kinds.SETUP_FILE.at(setup)]

    def written(requires_python: str) -> pyproject.Written:
        project = pyproject.NewProject(repo.name, requires_python, wanted.requirements, (python.major, python.minor))
        return pyproject.write(old, project, is_locked=old_lock is not None)

    widest = written(ranges(python)[0])
    findings += widest.findings
    if widest.text is None:
        return None, findings
    if not options.lock:
        return {PYPROJECT: widest.text}, [*findings, lock_kinds.NOT_LOCKED.at(LOCK)]
    locked = climb(uv, lambda requires: written(requires).text or "", python, old_lock, show)
    if not isinstance(locked, Locked):
        return None, [*findings, locked]
    lost = list(lost_pins(wanted.requirements, locked.lock, python))
    texts = {PYPROJECT: locked.pyproject, LOCK: locked.lock}
    return (None if lost else texts), [*findings, *locked.findings, *lost]


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
