"""The whole story: read the repository, plan on values, lock in a scratch folder, and give the complete plan."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from migrate import surroundings
from migrate.basis import LOCK, basis, locked
from migrate.dockerfile.project import migrated
from migrate.findings import Finding
from migrate.findings import requirements as requirements_kinds
from migrate.findings import surroundings as kinds
from migrate.legacy import REQUIREMENTS, legacy
from migrate.lock.uv import Uv
from migrate.mentions import removable
from migrate.options import Options
from migrate.plan import Account, Change, Plan
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Line


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
    uv = Uv.found(options.uv)
    old = legacy(repo, uv.version)
    if old.production.blocked:
        return _plan((), old.findings, old.lines)
    what, about_project = basis(repo, old.production, old.groups, old.python)
    project, about_lock = locked(what, uv, options, show) if what else (None, [])
    findings = [*old.findings, *about_project, *about_lock]
    if project is None:
        return _plan((), findings, old.lines)
    changes, said = migrated(repo, old.target)
    after = {change.path: change.after for change in changes} | project
    removed, stays = _removed(repo, old.files, after, options)
    changed = after | dict.fromkeys(removed)
    return _plan(
        (Change(path, before, text) for path, text in changed.items() if (before := repo.get(path)) != text),
        [*findings, *said, *stays, *surroundings.ignored_by_git(repo)],
        old.lines,
    )


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


def _nothing_to_do(repo: Repo) -> Finding:
    kind = kinds.ALREADY_UV if LOCK in repo.files else kinds.NOTHING_TO_MIGRATE
    return kind.at(REQUIREMENTS)


def _plan(changes: Iterable[Change], findings: Iterable[Finding], lines: Iterable[Line] = ()) -> Plan:
    return Plan(
        tuple(sorted(changes, key=lambda change: change.path)),
        tuple(sorted(findings, key=lambda finding: (finding.path, finding.line or 0, finding.code))),
        tuple(Account(line.path, line.number, line.text, line.outcome.value, line.result) for line in lines),
    )
