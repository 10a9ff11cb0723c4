"""A project to apply changes to, and what it looks like before and after."""

import os
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from migrate.apply import apply
from migrate.plan import Change

State = dict[str, tuple[int, bytes | str | None]]

CHANGES = (
    Change("Dockerfile", "FROM a\r\n", "FROM b\r\n"),
    Change("pyproject.toml", None, "[project]\n"),
    Change("requirements.txt", "flask\n", None),
    Change("sub/.dockerignore", "\ufeffx", "\ufeffx\n.venv\n"),
)

OUTSIDE = [
    "../outside",
    "/etc/passwd",
    "sub/../../outside",
    "sub/../new",
    "",
    ".",
    "..",
    "sub/",
    "sub//x",
    "./new",
    "\0",
]
GENERATED = [".git/config", ".GIT/hooks/post-checkout", "sub/.venv/x", ".uvmigrate/journal.json", ".git", "a/.Hg/hgrc"]
BAD_PATHS = [*OUTSIDE, *GENERATED, "\ud800"]


def fill(root: Path) -> None:
    (root / "sub").mkdir(parents=True)
    (root / "other.txt").write_text("other")
    for change in CHANGES:
        if change.before is not None:
            (root / change.path).write_bytes(change.before.encode())
    (root / "Dockerfile").chmod(0o755)
    (root / "requirements.txt").chmod(0o600)


def state(folder: Path) -> State:
    """Return everything below a folder: mode, and content of a file or target of a link."""
    found: State = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content: bytes | str | None = None
        if stat.S_ISLNK(mode):
            content = str(path.readlink())
        elif stat.S_ISREG(mode):
            content = path.read_bytes()
        found[path.relative_to(folder).as_posix()] = (mode, content)
    return found


def after(before: State) -> State:
    """Return the state that `CHANGES` make of another."""
    expected = dict(before)
    for change in CHANGES:
        mode, _ = expected.pop(change.path, (stat.S_IFREG | 0o666 & ~umask(), None))
        if change.after is not None:
            expected[change.path] = (mode, change.after.encode())
    return expected


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write(root: Path) -> Callable[[], None]:
    return lambda: apply(root, CHANGES, force=True)


def made(folder: Path) -> Path:
    """Make a project below a folder, beside a file that nobody may touch."""
    fill(folder / "project")
    (folder / "outside").write_text("outside")
    return folder / "project"


def inverse() -> list[Change]:
    """Return the changes that take `CHANGES` back."""
    return [Change(change.path, change.after, change.before) for change in CHANGES]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
