"""One project: before its migration on the preview, after it against git."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import basename, dirname, join
from typing import TextIO

from migrate import git
from migrate.as_of import as_of
from migrate.basis import LOCK, PYPROJECT
from migrate.errors import MigrateError
from migrate.findings import Severity
from migrate.legacy import Installation, Legacy
from migrate.lock.around import around
from migrate.lock.uv import Uv
from migrate.migration import migrate, seen_from
from migrate.moved import move
from migrate.nameless import understood
from migrate.options import Options
from migrate.plan import Plan
from migrate.projects import projects
from migrate.proof.compare import Comparison, Package, compared
from migrate.proof.given import START, announced, moved, texts
from migrate.proof.installs import NewFiles, OldFiles, by_lock, by_pip, by_uv
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
    """Return what pip installs from the old requirements files against what uv installs from the lock.

    That is one comparison for the production of each project of the repository, and one for each choice of dependency
    groups that an image installs. Where a project has a uv.lock, or `before` names a git revision, its files of that
    revision ("HEAD") are compared, else the preview of its migration. `fast` asks uv's resolver what the old files
    install, instead of pip.
    Raises MigrateError if nothing can be compared; a comparison that has a reason could not be made.
    """
    options = replace(options or Options(), lock=True)
    repo = Repo.read(root)
    uv = Uv.found(options.uv)
    locked = {dirname(path) for path in repo.files if basename(path) == LOCK}
    sides: dict[str, tuple[Legacy, NewFiles | Unproven]] = {}
    with ExitStack() as stack:
        if locked or before:
            then = stack.enter_context(_checked_out(root, before or "HEAD"))
            sides |= {
                folder: (old, _written(repo, folder))
                for folder, old in _asked(then, uv, options).items()
                if before or folder in locked
            }
        if not before:
            asked = {folder: old for folder, old in _asked(repo, uv, options).items() if folder not in locked}
            sides |= _previewed(repo, asked, options, show)
        if not sides:
            raise Unproven(
                f"there are no requirements files in {before or 'HEAD'}; name an earlier revision with --before"
            )
        proof = _Proof(root, uv, options, by_uv if fast else by_pip, show)
        found = tuple(
            proof.tried(folder, *sides[folder], each)
            for folder in sorted(sides)
            for each in sides[folder][0].installations
        )
    if all(each.reason for each in found):
        raise Unproven(found[0].reason)
    return found


def verify_plan(root: Path, plan: Plan, options: Options | None = None) -> tuple[Comparison, ...]:
    """Return the same for each project whose lock is in a plan for `root`.

    uv's resolver tells what the old files install, and nothing is planned or locked again.
    Raises MigrateError if one of the two sides cannot be had.
    """
    options = options or Options()
    repo = Repo.read(root)
    uv = Uv.found(options.uv)
    after = {change.path: change.after for change in plan.changes}
    proof = _Proof(root, uv, options, by_uv)
    found: list[Comparison] = []
    for folder in (path.rpartition("/")[0] for path in after if path.rpartition("/")[2] == LOCK):
        seen = seen_from(repo, folder, projects(repo, options))
        new = NewFiles(*(after.get(join(folder, name)) or seen.text(name) for name in (PYPROJECT, LOCK)))
        old = understood(seen, uv, options)
        found += [proof.of(folder, old, new, each) for each in old.installations]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Who compares the two sides of the projects below a folder, and how."""

    root: Path
    uv: Uv
    options: Options
    resolved: Resolver
    show: TextIO | None = None

    def tried(self, folder: str, old: Legacy, new: NewFiles | Unproven, installation: Installation) -> Comparison:
        """Return the same, or a comparison with the reason why there is none."""
        try:
            if isinstance(new, Unproven):
                raise new
            return self.of(folder, old, new, installation)
        except MigrateError as error:
            return self._comparison(folder, old, installation, (), str(error))

    def of(self, folder: str, old: Legacy, new: NewFiles, installation: Installation) -> Comparison:
        """Return what the resolver makes of old files against what a lock installs, for the project in a folder."""
        python, date = str(old.python), self.options.as_of
        newest = as_of(date, self.root / folder, old.production.files) if date else None
        files = OldFiles(texts(old, installation), START, python, newest, around(old.repo, old.production)[0])
        installed, environment = self.resolved(self.uv, files, self.show)
        codes = {name: finding.code for name, finding in announced(old, new.lock).items()}
        packages = compared(installed, by_lock(self.uv, new, installation, environment), codes)
        if any(package.is_unannounced for package in packages):
            moves = moved(old, new.pyproject, installation, self.uv, replace(self.options, as_of=newest))
            packages = tuple(_with_reason(package, moves) for package in packages)
        return self._comparison(folder, old, installation, packages)

    def _comparison(
        self, folder: str, old: Legacy, installation: Installation, packages: tuple[Package, ...], reason: str = ""
    ) -> Comparison:
        return Comparison(
            packages,
            str(old.python),
            "pip" if self.resolved is by_pip else "uv",
            folder,
            tuple(group.name for group in installation.groups),
            installation.has_production,
            reason,
        )


def _with_reason(package: Package, moves: Mapping[str, tuple[str, str]]) -> Package:
    """Return a package with the code of the finding that tells of its very versions, if it has none yet."""
    code, versions = moves.get(package.name, ("", ""))
    is_told = package.is_unannounced and versions == move(package.before, package.after)
    return replace(package, announced=code) if is_told else package


def _asked(repo: Repo, uv: Uv, options: Options) -> dict[str, Legacy]:
    """Return the old setup of each project that installs anything, by its folder."""
    folders = projects(repo, options)
    seen = {folder: understood(seen_from(repo, folder, folders), uv, options) for folder in folders}
    return {folder: old for folder, old in seen.items() if old.installations}


@contextmanager
def _checked_out(root: Path, revision: str) -> Iterator[Repo]:
    """Give the repository as it was at a revision of git."""
    with tempfile.TemporaryDirectory(prefix="uvmigrate-") as name:
        yield Repo.read(git.check_out(root, revision, Path(name) / root.resolve().name))


def _written(repo: Repo, folder: str) -> NewFiles | Unproven:
    """Return the new files of a project that is migrated."""
    try:
        return NewFiles(*(repo.text(join(folder, name)) for name in (PYPROJECT, LOCK)))
    except UnreadableText as error:
        return Unproven(str(error))


def _previewed(
    repo: Repo, asked: Mapping[str, Legacy], options: Options, show: TextIO | None
) -> dict[str, tuple[Legacy, NewFiles | Unproven]]:
    """Return old projects with the new files that a migration would make of them."""
    plan = migrate(repo.root, options, show=show) if asked else Plan((), ())
    after = {change.path: change.after for change in plan.changes}
    found: dict[str, tuple[Legacy, NewFiles | Unproven]] = {}
    for folder, old in asked.items():
        path = join(folder, PYPROJECT)
        pyproject, lock = after.get(path, repo.get(path)), after.get(join(folder, LOCK))
        has_both = pyproject is not None and lock is not None
        found[folder] = old, NewFiles(pyproject or "", lock or "") if has_both else _why_not(folder, plan)
    return found


def _why_not(folder: str, plan: Plan) -> Unproven:
    """Return why a migration has no lock for a project."""
    own = [finding for finding in plan.findings if finding.path.startswith(f"{folder}/" if folder else "")]
    reasons = [finding for finding in own if finding.severity is Severity.ERROR] or own
    if not reasons:
        return Unproven("the migration has no lock to compare with (nothing is migrated)")
    first = reasons[0]
    place = f"{first.path}:{first.line}" if first.line else first.path
    return Unproven(
        f"the migration has no lock to compare with ({place}: {' '.join(first.message.split())}, {first.code})"
    )
