"""uv as a process: which one, and what it locks."""

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from migrate.errors import MigrateError
from migrate.lock.around import Around
from migrate.lock.scratch import NOTHING, cache_of_user, may_configure, scratch
from migrate.lock.withheld import Withheld
from migrate.process import Finished, TimedOut, run

OLDEST = (0, 13)  # the minor version that uvmigrate is tested with; uv's minor versions may break
LONGEST_LOCK = 1800.0  # seconds; a lock that builds a dozen old packages takes a few hundred
# Settings of the caller's own project or shell that would point uv away from the scratch folder.
MISLEADING = frozenset(
    {
        "UV_EXCLUDE_NEWER",
        "UV_FROZEN",
        "UV_LOCKED",
        "UV_NO_CONFIG",
        "UV_NO_PROJECT",
        "UV_NO_SYNC",
        "UV_OFFLINE_LOCK",
        "UV_PROJECT",
        "UV_PROJECT_ENVIRONMENT",
        "UV_PYTHON",
        "UV_WORKING_DIRECTORY",
        "UV_WORKING_DIR",
        "VIRTUAL_ENV",
    }
)
_VERSION = re.compile(r"uv (?P<version>(?P<major>\d+)\.(?P<minor>\d+)\.\d+)(?= |\n|$)")
_NO_INTERPRETER = re.compile(r"(?m)^error: (?:No interpreter found|Failed to (?:inspect|query) Python interpreter)")
_UNTRUSTED = "invalid peer certificate"
_USED = re.compile(r"\A(?:Using .+ interpreter at: .*\n)+")


class LockFailed(Exception):
    """`uv lock` found no lock; the text is uv's own explanation."""


class TookTooLong(LockFailed):
    """`uv lock` did not end in time; the text says how long that is."""


@dataclass(frozen=True, slots=True)
class Uv:
    """A uv executable and its version, for example "0.13.9"; it locks the same input once."""

    path: str
    version: str
    _made: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def found(cls, chosen: str | None = None) -> "Uv":
        """Return the uv to use: the chosen one, else the one on PATH if it is new enough, else the bundled one.

        Raises MigrateError if the chosen one is no uv or too old, or if there is none.
        """
        if chosen is not None:
            return _chosen(str(Path(chosen).absolute()))
        bundled = _bundled()
        folders = os.get_exec_path()
        on_path = shutil.which("uv", path=os.pathsep.join(folder for folder in folders if Path(folder).is_absolute()))
        if on_path is None or (bundled and Path(on_path).resolve() == Path(bundled.path).resolve()):
            on_path = None
        uv = (_asked(on_path) if on_path else None) or bundled
        if uv is None:
            raise MigrateError("the uv executable is missing; reinstall uvmigrate, or name one with --uv")
        return uv

    def lock(  # noqa: PLR0913 - what a lock depends on
        self,
        pyproject: str,
        old_lock: str | None,
        show: TextIO | None,
        around: Around = NOTHING,
        *,
        python: str | None = None,
        as_of: str | None = None,
        timeout: float | None = None,
    ) -> str:
        """Return the text of `uv.lock` for the text of a pyproject.toml, locked in a scratch folder.

        Versions of `old_lock` are preferred, as `uv lock` does. Packages that have to be built are built with the
        Python version `python`, such as "3.11", where it is installed; else with one that uv finds or downloads.
        `as_of` is a time (RFC 3339) after which nothing may have been published; the lock records it. `around` is what
        else uv needs: files beside pyproject.toml, and credentials. uv's messages go to `show` while it runs, for
        `timeout` seconds at most (LONGEST_LOCK).
        Raises LockFailed with uv's explanation, MigrateError if uv cannot be started.
        """
        needed = tuple(tuple(sorted(part.items())) for part in (around.files, around.environment))
        key = (pyproject, old_lock, python, as_of, *needed)
        if key not in self._made:
            self._made[key] = self._lock(pyproject, old_lock, show, around, python, as_of, timeout)
        return self._made[key]

    def _lock(  # noqa: PLR0913, PLR0917 - as lock
        self,
        pyproject: str,
        old_lock: str | None,
        show: TextIO | None,
        around: Around,
        python: str | None,
        as_of: str | None,
        timeout: float | None,
    ) -> str:
        files = {"pyproject.toml": pyproject} | ({"uv.lock": old_lock} if old_lock is not None else {})
        with scratch(files, around) as folder:
            command = ("lock", *(("--exclude-newer", as_of) if as_of else ()))
            secrets, timeout = around.environment, LONGEST_LOCK if timeout is None else timeout
            try:
                installed = ("--python", python, "--no-python-downloads") if python else ()
                finished = self.run(*command, *installed, folder=folder, show=show, timeout=timeout, secrets=secrets)
                if installed and _NO_INTERPRETER.search(finished.stderr):
                    finished = self.run(*command, folder=folder, show=show, timeout=timeout, secrets=secrets)
            except TimedOut as error:
                raise TookTooLong(str(error)) from error
            if finished.returncode:
                raise LockFailed(_USED.sub("", finished.stderr).strip())
            try:
                return (folder / "uv.lock").read_bytes().decode("utf-8")
            except FileNotFoundError:
                above = f"a pyproject.toml above {folder.parent.parent}"
                raise MigrateError(f"uv put the lock elsewhere: {above} makes a workspace; move it away") from None

    def hashes(self, pyproject: str, pins: list[str], around: Around) -> str:
        """Return a requirements file with the hashes of all files of some `name==version`, by the indexes of a project.

        Raises as `lock` does.
        """
        return self._compiled({"pyproject.toml": pyproject}, pins, around, "--no-deps", "--generate-hashes")

    def resolved(self, pyproject: str, wanted: list[str], limits: list[str], python: str, around: Around) -> str:
        """Return a requirements file of all that some requirements need on Linux on x86-64, and what needs it.

        `limits` are constraints, the indexes those of a project. Raises as `lock` does.
        """
        files = {"pyproject.toml": pyproject, "limits.txt": "\n".join(limits)}
        system = ("--python-version", python, "--python-platform", "x86_64-manylinux_2_28")
        return self._compiled(
            files, wanted, around, "--constraint", "limits.txt", *system, "--annotation-style", "line"
        )

    def _compiled(self, files: Mapping[str, str], wanted: list[str], around: Around, *options: str) -> str:
        with scratch({**files, "wanted.in": "\n".join(wanted)}, around) as folder:
            command = ("pip", "compile", "wanted.in", "--no-header", *options)
            finished = self.run(*command, folder=folder, secrets=around.environment)
            if finished.returncode:
                raise LockFailed(finished.stderr.strip())
            return finished.stdout

    def run(
        self,
        *arguments: str,
        folder: Path,
        show: TextIO | None = None,
        timeout: float | None = LONGEST_LOCK,
        secrets: Mapping[str, str] = MappingProxyType({}),
    ) -> Finished:
        """Run uv in a scratch folder to its end, free of settings that would lead it out of there.

        `secrets` are added to its environment. An index that uv does not trust is asked again with the certificates
        that this machine trusts, as pip has it; reading them for every lock would take longer than most locks.
        Raises MigrateError if uv cannot be started, TimedOut after `timeout` seconds.
        """
        environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
        # A uv that is killed leaves its temporary files; here they go with the scratch folder.
        # What it says is read by a program: COLUMNS must not break its lines.
        environment |= {"TMPDIR": str(folder.parent), "UV_NO_WRAP": "1", **secrets}
        if may_configure(folder) and "UV_CACHE_DIR" not in environment:
            environment |= {"UV_CACHE_DIR": cache_of_user(self.path)}
        command = (self.path, *arguments, "--no-progress", "--color", "never")
        said = None if show is None else Withheld(show)
        finished = run(command, cwd=folder, environment=environment, show=said, timeout=timeout)
        if finished.returncode and _UNTRUSTED in finished.stderr and "UV_SYSTEM_CERTS" not in environment:
            environment |= {"UV_SYSTEM_CERTS": "1"}
            return run(command, cwd=folder, environment=environment, show=show, timeout=timeout)
        if said:
            said.release()
        return finished


def _bundled() -> Uv | None:
    found = _path_and_version_of_bundled()
    return Uv(*found) if found else None


@cache
def _path_and_version_of_bundled() -> tuple[str, str] | None:
    from importlib.metadata import version

    from uv import find_uv_bin

    try:
        return find_uv_bin(), version("uv")
    except FileNotFoundError:
        return None


def _chosen(path: str) -> Uv:
    uv = _asked(path, newest_only=False)
    if uv is None:
        raise MigrateError(f"{path} is not a released uv")
    if tuple(map(int, uv.version.split(".")[:2])) < OLDEST:
        raise MigrateError(f"{path} is uv {uv.version}; uvmigrate needs {'.'.join(map(str, OLDEST))} or newer")
    return uv


def _asked(path: str, *, newest_only: bool = True) -> Uv | None:
    """Return the uv at a path, or None if it is no released uv or, if that matters, too old.

    Only for a release there is an image from which the Dockerfile can take the same uv.
    """
    try:
        file = Path(path).stat()
        said = _said(path, (file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns))
    except (MigrateError, OSError):
        return None
    match = _VERSION.match(said)
    if match is None or (newest_only and (int(match["major"]), int(match["minor"])) < OLDEST):
        return None
    return Uv(path, match["version"])


@lru_cache(maxsize=8)
def _said(path: str, _identity: tuple[int, ...]) -> str:
    """Return what a file says that it is; it is asked once, as a campaign needs it for each repository."""
    return run((path, "--version"), cwd=Path(path).parent, timeout=60).stdout
