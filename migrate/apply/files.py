"""Single steps on the disk that neither leave the root, nor follow a link, nor are lost when the power goes."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from migrate.errors import MigrateError
from migrate.repo import GENERATED_FOLDERS


def locate(root: Path, path: str) -> Path:
    """Return where `path`, relative with `/`, lies below the folder `root`.

    Raises MigrateError unless every folder on the way is a real folder, no generated one, and the path itself a regular
    file or nothing. Raises OSError if that cannot be found out.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() in GENERATED_FOLDERS for part in parts) or not _is_name(path):
        raise MigrateError(f"{path!r} is not the path of a file that uvmigrate may change")
    place = root
    for part in parts[:-1]:
        place /= part
        if _type(place) != stat.S_IFDIR:
            raise MigrateError(f"{path} cannot be changed: {place} is missing, a link, or no folder")
    place /= parts[-1]
    if _type(place) not in (None, stat.S_IFREG):
        raise MigrateError(f"{path} cannot be changed: it is not a regular file")
    return place


def _is_name(path: str) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _type(path: Path) -> int | None:
    """Return the type bits of what lies at a path, links not followed; None: nothing."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except FileNotFoundError:
        return None


def read(path: Path) -> bytes | None:
    """Return the content of a file that is known to be no link, None if nothing is there. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write(path: Path, data: bytes, like: os.stat_result | None = None) -> None:
    """Write a new file to the disk, with mode and owner of `like`. Raises OSError, also if the path exists."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        if like is not None:
            with suppress(OSError):  # only root gives files away, and not everywhere
                os.fchown(file.fileno(), like.st_uid, like.st_gid)
            os.fchmod(file.fileno(), stat.S_IMODE(like.st_mode))
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Write the entries of a folder to the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot, and need not
            raise
    finally:
        os.close(descriptor)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which ends with the process at the latest. Raises MigrateError if another holds it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MigrateError(f"another uvmigrate is writing to {folder}; try again when it has finished") from None
        yield
    finally:
        os.close(descriptor)
