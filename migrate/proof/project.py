"""One project: before its migration on the preview, after it against git."""

from collections.abc import Callable, Iterable, Mapping
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
from migrate.lock.around import around
from migrate.lock.uv import Uv
from migrate.migration import migrate, seen_from
from migrate.options import Options
from migrate.plan import Plan
from migrate.projects import projects
from migrate.proof.compare import Comparison, compared
from migrate.proof.given import START, announced, texts
from migrate.proof.installs import OldFiles, by_lock, by_pip, by_uv
from migrate.repo import Repo, UnreadableText

Resolver = Callable[[Uv, OldFiles, TextIO | None], tuple[dict[str, str], dict[str, str]]]


class Unproven(MigrateError):
    """There is nothing to compare; the text says why."""


def verify(
    root: Path,
    options: Options | None = None,
    *,
    before: str | None = None,
    fast: bool = False,
    show: TextIO | None = None,
) -> tuple[Comparison, ...]:
    """Return what pip installs from the old requirements files against what `uv sync --no-dev` installs from the lock.

    That is one comparison for each project of the repository. Where there is a uv.lock, the files of the git revision
    `before` ("HEAD" if that is None) are compared, else the preview of the migration. `fast` asks uv's resolver what
    the old files install, instead of pip.
    Raises MigrateError if one of the two sides cannot be had.
    """
    options = replace(options or Options(), lock=True)
    repo = Repo.read(root)
    uv = Uv.found(options.uv)
    is_migrated = any(path == LOCK or path.endswith(f"/{LOCK}") for path in repo.files)
    old = _committed(repo, before or "HEAD") if is_migrated or before else repo
    folders = projects(old, options)
    asked = {folder: legacy(seen_from(old, folder, folders), uv.version, options) for folder in folders}
    asked = {folder: one for folder, one in asked.items() if one.given}
    if not asked:
        raise Unproven(f"there are no requirements files in {before or 'HEAD'}; name an earlier revision with --before")
    for folder, one in asked.items():
        if one.production.blocked:
            first = next(finding for finding in one.findings if finding.severity is Severity.ERROR)
            raise Unproven(f"{join(folder, first.path)}:{first.line or 1}: {first.message}")
    new = _texts(repo, asked) if is_migrated else _preview(repo, asked, options, show)
    resolved = by_uv if fast else by_pip
    return tuple(_comparison(one, new[folder], uv, options, resolved, folder, show) for folder, one in asked.items())


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
        proofs[folder] = _comparison(legacy(old, uv.version, options), (pyproject, lock), uv, options, by_uv, folder)
    return proofs


def _comparison(  # noqa: PLR0913, PLR0917 - two sides and who compares them
    old: Legacy,
    new: tuple[str, str],
    uv: Uv,
    options: Options,
    resolved: Resolver,
    folder: str,
    show: TextIO | None = None,
) -> Comparison:
    """Return what a resolver makes of the old files against what the new pyproject.toml and uv.lock install."""
    python = str(old.python)
    newest = as_of(options.as_of, old.repo.root, old.production.files) if options.as_of else None
    files = OldFiles(texts(old), START, python, newest, around(old.repo, old.production)[0])
    installed, environment = resolved(uv, files, show)
    codes = {name: finding.code for name, finding in announced(old, new[1]).items()}
    packages = compared(installed, by_lock(uv, *new, environment), codes)
    return Comparison(packages, python, "pip" if resolved is by_pip else "uv", folder)


def _committed(repo: Repo, revision: str) -> Repo:
    files = git.committed_files(repo.root, revision)
    return Repo(repo.root, frozenset(files), frozenset(), _data=files)


def _texts(repo: Repo, folders: Iterable[str]) -> dict[str, tuple[str, str]]:
    try:
        return {folder: (repo.text(join(folder, PYPROJECT)), repo.text(join(folder, LOCK))) for folder in folders}
    except UnreadableText as error:
        raise Unproven(str(error)) from error


def _preview(repo: Repo, folders: Iterable[str], options: Options, show: TextIO | None) -> dict[str, tuple[str, str]]:
    plan = migrate(repo.root, options, show=show)
    after = {change.path: change.after for change in plan.changes}
    found: dict[str, tuple[str, str]] = {}
    for folder in folders:
        path = join(folder, PYPROJECT)
        pyproject, lock = after.get(path, repo.get(path)), after.get(join(folder, LOCK))
        if pyproject is None or lock is None:
            reasons = [finding for finding in plan.findings if finding.severity is Severity.ERROR] or plan.findings
            why = " ".join(f"{reasons[0].code}: {reasons[0].message}".split()) if reasons else "nothing is migrated"
            raise Unproven(f"the migration has no lock to compare with ({why})")
        found[folder] = pyproject, lock
    return found
