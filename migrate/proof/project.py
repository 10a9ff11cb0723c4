"""One project: before its migration on the preview, after it against git."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from posixpath import join
from typing import TextIO

from migrate import git
from migrate.as_of import as_of
from migrate.basis import LOCK, PYPROJECT
from migrate.errors import MigrateError
from migrate.findings import Severity
from migrate.legacy import Legacy, legacy
from migrate.lock.uv import Uv
from migrate.migration import migrate, seen_from
from migrate.options import Options
from migrate.plan import Plan
from migrate.projects import projects
from migrate.proof.compare import Comparison, compared
from migrate.proof.installs import OldFiles, by_lock, by_pip, by_uv
from migrate.repo import Repo, UnreadableText

Resolver = Callable[[Uv, OldFiles, TextIO | None], tuple[dict[str, str], dict[str, str]]]
_START = ".uvmigrate-start.txt"


class Unproven(MigrateError):
    """There is nothing to compare; the text says why."""


def verify(
    root: Path,
    options: Options | None = None,
    *,
    before: str | None = None,
    fast: bool = False,
    show: TextIO | None = None,
) -> Comparison:
    """Return what pip installs from the old requirements files against what `uv sync --no-dev` installs from the lock.

    A project with a uv.lock is compared with the files of the git revision `before` ("HEAD" if that is None), another
    one with the preview of its migration. `fast` asks uv's resolver what the old files install, instead of pip.
    Raises MigrateError if one of the two sides cannot be had.
    """
    options = options or Options()
    repo = Repo.read(root)
    uv = Uv.found(options.uv)
    is_migrated = LOCK in repo.files
    old = _committed(repo, before or "HEAD") if is_migrated or before else repo
    wanted = legacy(old, uv.version, options)
    if not wanted.given:
        raise Unproven(f"there are no requirements files in {before or 'HEAD'}; name an earlier revision with --before")
    if wanted.production.blocked:
        first = next(finding for finding in wanted.findings if finding.severity is Severity.ERROR)
        raise Unproven(f"{first.path}:{first.line or 1}: {first.message}")
    new = _texts(repo) if is_migrated else _preview(repo, replace(options, lock=True), show)
    return _comparison(wanted, new, uv, options, by_uv if fast else by_pip, show)


def verify_plan(root: Path, plan: Plan, options: Options | None = None) -> Mapping[str, Comparison]:
    """Return the same for each project whose lock is in a plan for `root`, by its folder ("" is `root` itself).

    uv's resolver tells what the old files install, and nothing is planned or locked again.
    Raises MigrateError if one of the two sides cannot be had.
    """
    options = options or Options()
    repo = Repo.read(root)
    uv = Uv.found(options.uv)
    after = {change.path: change.after for change in plan.changes}
    folders = [path.rpartition("/")[0] for path in after if path.rpartition("/")[2] == LOCK]
    proofs: dict[str, Comparison] = {}
    for folder in folders:
        old = seen_from(repo, folder, projects(repo, options))
        pyproject, lock = (after.get(join(folder, name)) or old.text(name) for name in (PYPROJECT, LOCK))
        proofs[folder] = _comparison(legacy(old, uv.version, options), (pyproject, lock), uv, options, by_uv)
    return proofs


def _comparison(  # noqa: PLR0913, PLR0917 - two sides and who compares them
    wanted: Legacy, new: tuple[str, str], uv: Uv, options: Options, resolved: Resolver, show: TextIO | None = None
) -> Comparison:
    """Return what a resolver makes of the old files against what the new pyproject.toml and uv.lock install."""
    python = str(wanted.python)
    newest = as_of(options.as_of, wanted.repo.root, wanted.production.files) if options.as_of else None
    files = OldFiles(_old_texts(wanted), _START, python, newest)
    installed, environment = resolved(uv, files, show)
    packages = compared(installed, by_lock(uv, *new, environment))
    return Comparison(packages, python, "pip" if resolved is by_pip else "uv")


def _old_texts(old: Legacy) -> dict[str, str]:
    """Return all that pip reads by path: the requirements files, and one that adds what the Dockerfiles name."""
    start = "\n".join((*old.options, *(f"-r {path}" for path in old.given), *(one.text for one in old.inline), ""))
    return {path: old.repo.text(path) for path in old.production.files} | {_START: start}


def _committed(repo: Repo, revision: str) -> Repo:
    files = git.committed_files(repo.root, revision)
    return Repo(repo.root, frozenset(files), frozenset(), _data=files)


def _texts(repo: Repo) -> tuple[str, str]:
    try:
        return repo.text(PYPROJECT), repo.text(LOCK)
    except UnreadableText as error:
        raise Unproven(str(error)) from error


def _preview(repo: Repo, options: Options, show: TextIO | None) -> tuple[str, str]:
    plan = migrate(repo.root, options, show=show)
    after = {change.path: change.after for change in plan.changes}
    pyproject, lock = after.get(PYPROJECT, repo.get(PYPROJECT)), after.get(LOCK)
    if pyproject is None or lock is None:
        reasons = [finding for finding in plan.findings if finding.severity is Severity.ERROR] or plan.findings
        why = " ".join(f"{reasons[0].code}: {reasons[0].message}".split()) if reasons else "nothing is migrated"
        raise Unproven(f"the migration has no lock to compare with ({why})")
    return pyproject, lock
