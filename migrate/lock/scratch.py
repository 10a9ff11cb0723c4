"""The scratch folders in which uv works, so that it finds nothing but what it is given."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from migrate.lock.around import Around
from migrate.process import run

NOTHING = Around()


def may_configure(folder: Path) -> bool:
    """Return whether the project in a folder may say where uv has its cache."""
    file = folder / "pyproject.toml"
    return file.exists() and any(part in file.read_bytes() for part in (b"cache", b"\\"))


@cache
def cache_of_user(uv: str) -> str:
    """Return where uv has its cache as the user wants it; a project must not have it write elsewhere."""
    with scratch({}) as folder:
        return run((uv, "cache", "dir", "--color", "never"), cwd=folder, timeout=60).stdout.strip()


@contextmanager
def scratch(files: Mapping[str, str], around: Around = NOTHING) -> Iterator[Path]:
    """Give a folder with files by relative path, which is removed with all around it at the end.

    It is as deep in a temporary folder as paths that start with "../" need it.
    """
    contents = dict(around.files) | {path: text.encode("utf-8") for path, text in files.items()}
    depth = max(path.split("/").count("..") for path in ("", *contents))
    with tempfile.TemporaryDirectory(prefix="uvmigrate-") as name:
        folder = Path(name).resolve().joinpath(*["above"] * depth, "project")
        folder.mkdir(parents=True)
        for path, data in contents.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        yield folder
