"""uv as a process: which one, and what it locks."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from migrate.errors import MigrateError
from migrate.lock.around import Around
from migrate.process import run

# Settings of the caller's own project or shell that would point uv away from the scratch folder.
MISLEADING = frozenset(
    {
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


class LockFailed(Exception):
    """`uv lock` found no lock; the text is uv's own explanation."""


@dataclass(frozen=True, slots=True)
class Uv:
    """A uv executable and its version, for example "0.13.9"."""

    path: str
    version: str

    @classmethod
    def bundled(cls) -> "Uv":
        """Return the uv that is installed with uvmigrate. Raises MigrateError if it is missing."""
        from importlib.metadata import version

        from uv import find_uv_bin

        try:
            return cls(find_uv_bin(), version("uv"))
        except FileNotFoundError as error:
            raise MigrateError("the uv executable is missing; reinstall uvmigrate") from error

    def lock(self, pyproject: str, old_lock: str | None, show: TextIO | None, around: Around | None = None) -> str:
        """Return the text of `uv.lock` for the text of a pyproject.toml, locked in a scratch folder.

        Versions of `old_lock` are preferred, as `uv lock` does. uv's messages go to `show` while it runs; `around` is
        what else it needs. Raises LockFailed with uv's explanation, MigrateError if uv cannot be started.
        """
        files = {"pyproject.toml": pyproject} | ({"uv.lock": old_lock} if old_lock is not None else {})
        with _scratch(files, around or Around()) as folder:
            self._run(folder, around or Around(), show, "lock")
            return (folder / "uv.lock").read_bytes().decode("utf-8")

    def hashes(self, pyproject: str, pins: list[str], around: Around) -> str:
        """Return a requirements file with the hashes of all files of some `name==version`, by the indexes of a project.

        Raises as `lock` does.
        """
        with _scratch({"pyproject.toml": pyproject, "pins.in": "\n".join(pins)}, around) as folder:
            options = ("--no-deps", "--generate-hashes", "--no-header", "--output-file", "pins.txt")
            self._run(folder, around, None, "pip", "compile", "pins.in", *options)
            return (folder / "pins.txt").read_text(encoding="utf-8")

    def _run(self, folder: Path, around: Around, show: TextIO | None, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
        # A uv that is killed leaves its temporary files; here they go with the scratch folder.
        environment |= {"TMPDIR": str(folder.parent), **around.environment}
        if _has_system_certificates():
            environment.setdefault("UV_SYSTEM_CERTS", "1")  # whom this machine trusts, as pip has it
        command = (self.path, *arguments, "--no-progress", "--color", "never")
        finished = run(command, cwd=folder, environment=environment, show=show)
        if finished.returncode:
            raise LockFailed(finished.stderr.strip())


def _has_system_certificates() -> bool:
    import ssl

    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or paths.capath)


@contextmanager
def _scratch(files: Mapping[str, str], around: Around) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="uvmigrate-") as name:
        folder = Path(name).resolve() / "project"
        folder.mkdir()
        contents = dict(around.files) | {path: text.encode("utf-8") for path, text in files.items()}
        for path, data in contents.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        yield folder
