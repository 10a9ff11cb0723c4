"""The two build contexts: copies of the project in a scratch folder, the old one and the migrated one."""

import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from migrate import git
from migrate.dockerfile.decision.undeclared import SETUPTOOLS
from migrate.dockerfile.found import Found, found
from migrate.dockerfile.installed import installed
from migrate.errors import MigrateError
from migrate.findings import Severity
from migrate.images.differences import INSTALLERS
from migrate.images.engine import DiskFull
from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Plan
from migrate.repo import Repo
from migrate.requirements import reached

LOCK = "uv.lock"
_MADE = frozenset({LOCK, "pyproject.toml", ".dockerignore"})  # what a migration creates
_NAMED_INSTALLER = re.compile(r"""(?m)^\s*["']?(pip|setuptools|uv|wheel)\b""")
_LEFT_OUT = frozenset({".git", ".hg", ".svn"})


class Incomparable(MigrateError):
    """There are no two images to compare; the text says why."""


@dataclass(frozen=True, slots=True)
class Contexts:
    """The projects `old` and `new`, the Dockerfile that is built in both, and the files in which they differ.

    `legacy` is the old project, read once for all; `folder` is the one below them from which the image is built,
    "" for the project's own; `installed` are the requirements files that the old image installs.
    """

    legacy: Repo
    new: Path
    dockerfile: str
    migrated: frozenset[str]
    folder: str = ""
    installed: frozenset[str] = frozenset()

    @property
    def old(self) -> Path:
        """The folder of the old project."""
        return self.legacy.root

    def text(self, side: Path) -> str:
        """Return the text of the Dockerfile of one side."""
        return (side / self.dockerfile).read_text(encoding="utf-8", errors="surrogateescape")

    @property
    def contents(self) -> frozenset[tuple[str, str]]:
        """What each of the files in which they differ holds in both, as SHA-256; "" where it is not, or is empty.

        A requirements file that is installed may be gone from the image without being gone from the project.
        """
        differing = {(_digest(self.old / path), _digest(self.new / path)) for path in self.migrated}
        gone = {(_digest(self.old / path), "") for path in self.installed}
        return frozenset(differing | gone) - {("", "")}

    @property
    def required_installers(self) -> frozenset[str]:
        """The installers, pip and its helpers, as far as a requirements file or pyproject.toml names them.

        A setuptools that only takes the place of the image's own is no requirement of the project.
        """
        texts = [
            path.read_text(encoding="utf-8", errors="replace").replace(f'"{SETUPTOOLS}"', "")
            for path in (*self.old.rglob("*.txt"), self.new / "pyproject.toml")
            if path.is_file() and not path.is_symlink() and "site-packages" not in path.parts
        ]
        return frozenset(match[1] for text in texts for match in _NAMED_INSTALLER.finditer(text)) & INSTALLERS


def contexts(
    root: Path,
    scratch: Path,
    options: Options,
    before: str | None,
    *,
    plan: Plan | None = None,
) -> Contexts:
    """Make both contexts below the folder `scratch`.

    If the project has a uv.lock it is the new side, and the old one has the files of the git revision `before` ("HEAD"
    if that is None). Else the old side is the project, or that revision of it, and the new one has its plan's changes.
    With a `plan` the old side is the project, and the new one has the plan's changes.
    What git does not know is in both. Version control's own folders are in neither.
    Raises MigrateError if one side cannot be had, DiskFull if there is no room.
    """
    repo = Repo.read(root)
    is_migrated = plan is None and LOCK in repo.files
    old, new = scratch / "old", scratch / "new"
    try:
        copied(repo.root, old)
        if before or is_migrated:
            _restore(repo.root, old, before or "HEAD", scratch / "git")
        if is_migrated:
            copied(repo.root, new)
        else:
            copied(old, new)
            write(new, plan or migrate(new, options))
        changed = frozenset(_differing(old, new))
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(f"the disk is full: {error.filename or scratch} cannot be written") from error
        raise Incomparable(f"the project cannot be copied: {error.strerror}: {error.filename}") from error
    legacy = Repo.read(old)
    chosen = _dockerfile(legacy, options, changed, is_migrated=is_migrated)
    files = reached(legacy, *installed((chosen,), legacy).get(chosen.path, ()))
    return Contexts(legacy, new, chosen.path, changed, chosen.context or "", files)


def copied(source: Path, target: Path) -> Path:
    """Copy a folder as it is, links as links; return the copy. Pipes, sockets and devices are left out."""

    def ignored(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name in _LEFT_OUT or not _is_ordinary(Path(folder, name).lstat().st_mode)}

    try:
        shutil.copytree(source, target, symlinks=True, ignore=ignored)
    except shutil.Error as error:
        first = error.args[0][0]
        if "No space left" in str(first[2]) or "quota" in str(first[2]):
            raise DiskFull(f"the disk is full: {first[1]} cannot be written") from error
        raise Incomparable(f"the project cannot be copied: {first[2]}") from error
    return target


def replaced(folder: Path, path: str, text: str) -> None:
    """Give a file below a copy a new text; permissions stay, and a link is replaced, never followed."""
    _put(folder, path, text.encode("utf-8", "surrogateescape"))


def write(folder: Path, plan: Plan) -> None:
    """Carry a plan out in a copy. Raises Incomparable if the plan changes nothing."""
    if not plan.changes:
        worst = [finding for finding in plan.findings if finding.severity is Severity.ERROR] or plan.findings
        why = " ".join(f"{worst[0].code}: {worst[0].message}".split()) if worst else "nothing to migrate"
        raise Incomparable(f"there is no new image to compare with ({why})")
    for change in plan.changes:
        if change.after is None:
            (folder / change.path).unlink()
        else:
            replaced(folder, change.path, change.after)


def _is_ordinary(mode: int) -> bool:
    return stat.S_ISDIR(mode) or stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def _put(folder: Path, path: str, data: bytes) -> None:
    file = folder / path
    parent = file.parent.resolve()
    if not parent.is_relative_to(folder.resolve()):
        raise Incomparable(f"{path} leads out of the project through a link")
    parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(file.lstat().st_mode) if file.is_file() and not file.is_symlink() else None
    file.unlink(missing_ok=True)
    file.write_bytes(data)
    if mode is not None:
        file.chmod(mode)


def _restore(root: Path, folder: Path, revision: str, scratch: Path) -> None:
    """Give a copy of the project the files of a revision; git checks them out beside it."""
    tracked = git.git(root, "ls-files", "-z", "--cached").stdout.split("\0")[:-1]
    old = git.check_out(root, revision, scratch)
    wanted = set(_files(old))
    for path in {*tracked, *(path for path in _files(folder) if Path(path).name in _MADE)} - wanted:
        (folder / path).unlink(missing_ok=True)
    for path in wanted:
        _bring(old, folder, path)
    shutil.rmtree(scratch)


def _bring(source: Path, folder: Path, path: str) -> None:
    file, target = source / path, folder / path
    if file.is_symlink():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.symlink_to(file.readlink())
    elif not target.is_file() or target.is_symlink() or target.read_bytes() != file.read_bytes():
        existed = target.exists()
        _put(folder, path, file.read_bytes())
        if not existed:
            target.chmod(stat.S_IMODE(file.stat().st_mode))


def _digest(file: Path) -> str:
    data = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    return hashlib.sha256(data).hexdigest() if data else ""


def _files(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        for name in (*names, *(each for each in folders if Path(place, each).is_symlink())):
            yield Path(place, name).relative_to(folder).as_posix()


def _differing(old: Path, new: Path) -> Iterator[str]:
    for path in {*_files(old), *_files(new)}:
        files = (old / path, new / path)
        texts = [file.read_bytes() if file.is_file() and not file.is_symlink() else None for file in files]
        if texts[0] != texts[1]:
            yield path


def _dockerfile(old: Repo, options: Options, changed: frozenset[str], *, is_migrated: bool) -> Found:
    known = {each.path: each for each in found(old, options)}
    if options.dockerfiles and not known:
        raise Incomparable(f"{options.dockerfiles[0]} is not in the old project")
    candidates = [path for path in known if path in changed]
    if not candidates:
        hint = "name the old revision with --before" if is_migrated else "see `uvmigrate --dry-run` for the reason"
        raise Incomparable(f"no Dockerfile differs between the old project and the new one; {hint}")
    if len(candidates) > 1 and "Dockerfile" not in candidates:
        raise Incomparable(f"several Dockerfiles differ ({', '.join(candidates)}); name one with --dockerfile")
    return known["Dockerfile" if "Dockerfile" in candidates else candidates[0]]
