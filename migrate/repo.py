"""The snapshot of a repository that every later step reads. Nothing else reads the disk."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from migrate.errors import MigrateError
from migrate.once import once

# Folders that hold installed packages, caches or a version control system's own data: nobody wrote them by hand.
GENERATED_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".venv", ".tox", ".nox", "__pycache__", "node_modules", "site-packages", ".uvmigrate"}
)
MAXIMUM_SIZE = 2**23  # bytes; only a lock comes near it


class UnreadableText(Exception):
    """A file of the repository is not text that uvmigrate reads; the message says why."""


@dataclass(frozen=True)
class Repo:
    """The regular files below `root` by relative path with `/`, each read at most once.

    Symbolic links are not followed: what they name may lie outside of the repository. `outer` is the whole of which
    this is a part, and `folder` where in it ("": at its root). `answers` is what `once` remembers.
    """

    root: Path
    files: frozenset[str]
    links: frozenset[str] = frozenset()
    outer: "Repo | None" = field(default=None, repr=False, compare=False)
    folder: str = field(default="", compare=False)
    _data: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    answers: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, root: Path) -> "Repo":
        """Return the snapshot of the folder `root`. Raises MigrateError if it is not a readable folder."""
        root = root.resolve()
        if not root.is_dir():
            raise MigrateError(f"{root} is not a folder; name the project's folder with --project")
        if not os.access(root, os.R_OK | os.X_OK):
            raise MigrateError(f"{root} cannot be read: you have no permission to")
        files: set[str] = set()
        links: set[str] = set()
        for entry in _walk(root):
            (links if entry.is_symlink() else files).add(Path(entry.path).relative_to(root).as_posix())
        return cls(root, frozenset(files), frozenset(links))

    @cached_property
    def name(self) -> str:
        """The name of the project's folder."""
        return self.root.name

    @once
    def below(self, folder: str) -> "Repo":
        """Return the same snapshot as seen from a folder of it; "" is the root."""
        if not folder:
            return self
        start = f"{folder}/"
        files, links = (
            frozenset(path.removeprefix(start) for path in paths if path.startswith(start))
            for paths in (self.files, self.links)
        )
        whole, place = self.whole
        return Repo(self.root / folder, files, links, whole, join(place, folder))

    def with_texts(self, texts: Mapping[str, str]) -> "Repo":
        """Return the same snapshot with other texts for some of its files."""
        return replace(self, _data={**self._data, **{path: text.encode("utf-8") for path, text in texts.items()}})

    @property
    def whole(self) -> tuple["Repo", str]:
        """The whole repository, and the folder of it that this one is seen from."""
        return (self.outer, self.folder) if self.outer else (self, "")

    def data(self, path: str) -> bytes:
        """Return the bytes of a file of the snapshot. Raises UnreadableText if they cannot be read or are too many."""
        if path not in self._data:
            is_above = self.outer is not None and path.startswith("../")
            if path not in self.files and not is_above:
                kind = "a symbolic link" if path in self.links else "missing"
                raise UnreadableText(f"{path} is {kind}")
            if self.outer:
                return self.outer.data(normpath(join(self.folder, path)))
            try:
                with (self.root / path).open("rb") as file:
                    self._data[path] = file.read(MAXIMUM_SIZE + 1)
            except OSError as error:
                raise UnreadableText(f"{path} cannot be read: {error.strerror}") from error
        if len(self._data[path]) > MAXIMUM_SIZE:
            raise UnreadableText(f"{path} is larger than {MAXIMUM_SIZE // 1024} KiB")
        return self._data[path]

    def text(self, path: str) -> str:
        """Return a file as text, line endings and byte order mark kept. Raises UnreadableText if it is not UTF-8."""
        try:
            return self.data(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableText(f"{path} is not UTF-8 text (byte {error.start})") from error

    def readable(self, path: str) -> str:
        """Return a file as text; nothing if there is none, or it cannot be read."""
        try:
            return self.get(path) or ""
        except UnreadableText:
            return ""

    @once
    def toml(self, path: str) -> dict[str, Any]:
        """Return the data of a TOML file, which nobody may change; nothing if there is none, or it cannot be read."""
        try:
            return tomllib.loads(self.readable(path))
        except (ValueError, RecursionError):
            return {}

    def get(self, path: str) -> str | None:
        """Return a file as text, or None if the repository has no such file. Raises UnreadableText as `text` does."""
        return self.text(path) if path in self.files or path in self.links else None


def _walk(root: Path) -> Iterator[os.DirEntry[str]]:
    """Yield every file and symbolic link below a folder, generated folders and unreadable ones left out."""
    folders = [root]
    while folders:
        try:
            entries = sorted(os.scandir(folders.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below = Path(entry.path)
                if entry.name not in GENERATED_FOLDERS and not os.path.lexists(below / "pyvenv.cfg"):
                    folders.append(below)
            elif entry.is_symlink() or entry.is_file(follow_symlinks=False):
                yield entry
