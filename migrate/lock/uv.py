"""uv as a process: which one, and what it locks."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from migrate.errors import MigrateError
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

    def lock(self, pyproject: str, old_lock: str | None, show: TextIO | None) -> str:
        """Return the text of `uv.lock` for the text of a pyproject.toml, locked in a scratch folder.

        Versions of `old_lock` are preferred, as `uv lock` does. uv's messages go to `show` while it runs.
        Raises LockFailed with uv's explanation, MigrateError if uv cannot be started.
        """
        files = {"pyproject.toml": pyproject} | ({"uv.lock": old_lock} if old_lock is not None else {})
        with _scratch(files) as folder:
            arguments = (self.path, "lock", "--no-progress", "--color", "never")
            environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
            # A uv that is killed leaves its temporary files; here they go with the scratch folder.
            environment["TMPDIR"] = str(folder.parent)
            if _has_system_certificates():
                environment.setdefault("UV_SYSTEM_CERTS", "1")  # whom this machine trusts, as pip has it
            finished = run(arguments, cwd=folder, environment=environment, show=show)
            if finished.returncode:
                raise LockFailed(finished.stderr.strip())
            return (folder / "uv.lock").read_bytes().decode("utf-8")


def _has_system_certificates() -> bool:
    import ssl

    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or paths.capath)


@contextmanager
def _scratch(files: Mapping[str, str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="uvmigrate-") as name:
        folder = Path(name).resolve() / "project"
        folder.mkdir()
        for path, text in files.items():
            (folder / path).write_bytes(text.encode("utf-8"))
        yield folder
