"""A built image as a value; what it says of itself, and what our questions find inside of it, is asked once."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from migrate.errors import MigrateError
from migrate.images.engine import Engine
from migrate.images.model import Config, File, Imports, Listing, Packages
from migrate.process import TimedOut

_INSIDE = Path(__file__).parent / "inside"
_PYTHONS = ("python", "python3")
_IMPORTS = 240.0  # seconds for all imports of one question
_SH = "/bin/sh"


class Silent(MigrateError):
    """An image cannot be asked, for example because it has no Python; the text says why."""


@dataclass(frozen=True)
class Image:
    """A local image."""

    engine: Engine
    tag: str

    @cached_property
    def inspected(self) -> Any:
        """What the engine says of the image."""
        return self.engine.inspected(self.tag)

    @property
    def config(self) -> Config:
        """How the image starts."""
        return dict(self.inspected["Config"])

    @property
    def size(self) -> int:
        """The bytes of all layers, not compressed."""
        return int(self.inspected["Size"])

    @property
    def layers(self) -> tuple[str, ...]:
        """The digests of the layers, the base image's first."""
        return tuple(self.inspected["RootFS"]["Layers"])

    @cached_property
    def python(self) -> str:
        """The name by which the image has Python. Raises Silent if it has none."""
        for name in _PYTHONS:
            finished = self.engine.executed(self.tag, (name, "-IBc", "print(1)"))
            if finished.returncode == 0:
                return name
        raise Silent("the image has no Python that starts")

    @cached_property
    def files(self) -> Listing:
        """What the file system holds; only the kernel's and the engine's own files are left out."""
        listed = self._asked("list_files.py", user="0")
        return Listing(
            {path: File(*entry) for path, entry in listed["files"].items()},
            frozenset(listed["pip"]),
            listed["debian"],
            listed["bytecode"],
            {path: frozenset(lines) for path, lines in listed["accounts"].items()},
        )

    @cached_property
    def packages(self) -> Packages:
        """What the image's own `python` has."""
        found = self._asked("list_packages.py")
        return Packages(found["prefix"], found["versions"], tuple(found["scripts"]), tuple(found["modules"]))

    @cached_property
    def libraries(self) -> Any:
        """Which shared libraries the binaries of Python's packages lack: `missing`, `count`, `why`."""
        return self._asked("list_libraries.py", user="0")

    def imported(self, modules: Iterable[str], how: Literal["own", "these", "alone"] = "these") -> Imports:
        """Import modules, each in a process of its own; return for each None, or why it cannot be imported.

        With "own" those of the working folder are added. With "alone" one follows the other and may take a minute;
        else several are imported at once, and one that waits for something is given up after seconds.
        """
        found = self._asked("import_modules.py", str(_IMPORTS), how, *modules, options="-B")
        return Imports(found["modules"], found["left_out"])

    def programs_missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those names that `command -v` does not find in the image. Raises Silent if it has no shell."""
        finished = self.engine.executed(self.tag, (_SH, "-c", _source("find_programs.sh"), "sh", *names))
        if finished.returncode not in {0, 1}:
            raise Silent("the image has no shell")
        return tuple(finished.stdout.split())

    def _asked(self, script: str, *arguments: str, user: str | None = None, options: str = "-IB") -> Any:
        program = (self.python, options, "-c", _source(script), *arguments)
        try:
            finished = self.engine.executed(self.tag, program, user=user)
        except TimedOut as error:
            raise Silent(f"a question inside the image did not end ({error})") from error
        if finished.returncode:
            reason = (finished.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Silent(f"Python inside the image cannot answer ({reason})")
        try:
            return json.loads(finished.stdout)
        except ValueError:
            raise Silent("Python inside the image gives no answer") from None


def _source(script: str) -> str:
    return (_INSIDE / script).read_text(encoding="utf-8")
