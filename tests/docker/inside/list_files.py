"""Runs inside an image, as root: prints as JSON every file of it and which package brought it.

`files`: path -> [type, mode, user, group, digest or target]; `pip`: paths that installed distributions record;
`debian`: path -> name of the package.
"""

import csv
import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

MADE_BY_THE_ENGINE = {
    "/.dockerenv",
    "/dev",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/mtab",
    "/etc/resolv.conf",
    "/proc",
    "/sys",
}


def walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if str(path) in MADE_BY_THE_ENGINE or path.name == "__pycache__":
            continue
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from walk(path)


def describe(path: Path) -> list[str | int]:
    status = path.lstat()
    content = ""
    if stat.S_ISLNK(status.st_mode):
        content = str(path.readlink())
    elif stat.S_ISREG(status.st_mode):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
    return [stat.filemode(status.st_mode)[0], stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, content]


def recorded(record: Path) -> Iterator[str]:
    with record.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            yield os.path.normpath(record.parent.parent / row[0])


def real(path: str) -> str:
    """Follow the links in the folder of a path: Debian's lists say /lib where the file is in /usr/lib."""
    folder, _, name = path.rpartition("/")
    return f"{real_folder(folder)}/{name}"


@cache
def real_folder(folder: str) -> str:
    return os.path.realpath(folder or "/").rstrip("/")


def debian_packages() -> dict[str, str]:
    return {
        real(path): listing.stem.partition(":")[0]
        for listing in Path("/var/lib/dpkg/info").glob("*.list")
        for path in listing.read_text(encoding="utf-8").splitlines()
    }


if __name__ == "__main__":
    paths = list(walk(Path("/")))
    records = [path for path in paths if path.name == "RECORD" and path.parent.suffix == ".dist-info"]
    listing = {
        "files": {str(path): describe(path) for path in paths},
        "pip": sorted({path for record in records for path in recorded(record)}),
        "debian": debian_packages(),
    }
    json.dump(listing, sys.stdout)
