"""Runs inside an image, as root, on Python 3.6 or newer: prints as JSON every file of it and which package brought it.

`files`: path -> [type, mode, user, group, digest or target, size]; `bytecode`: folder -> bytes of its `__pycache__`;
`pip`: paths that installed distributions record; `debian`: path -> name of the package that lists it or whose scripts
name it; `accounts`: file of users or groups -> digests of its lines.
"""

import csv
import hashlib
import json
import os
import re
import stat
import sys
from functools import lru_cache
from typing import Dict, Iterator, List, Set, Union

MADE_BY_THE_ENGINE = {
    "/.dockerenv",
    "/dev",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/mtab",
    "/etc/resolv.conf",
    "/proc",
    "/run/.containerenv",
    "/sys",
}


ACCOUNTS = ("/etc/group", "/etc/gshadow", "/etc/passwd", "/etc/shadow", "/etc/subgid", "/etc/subuid")
NAMED = re.compile(r"/(?:etc|usr|var)/[\w+./@-]*[\w+]")


def walk(folder: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)
        if path in MADE_BY_THE_ENGINE:
            continue
        yield path
        if name != "__pycache__" and os.path.isdir(path) and not os.path.islink(path):
            for below in walk(path):
                yield below


def size_of(folder: str) -> int:
    return sum(os.lstat(os.path.join(folder, name)).st_size for name in os.listdir(folder))


def digest(path: str) -> str:
    found = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                found.update(block)
    except OSError:
        return "unreadable"
    return found.hexdigest()


def describe(path: str) -> List[Union[str, int]]:
    status = os.lstat(path)
    content = ""
    size = 0
    if stat.S_ISLNK(status.st_mode):
        content = os.readlink(path)
    elif stat.S_ISREG(status.st_mode):
        content = digest(path)
        size = status.st_size if status.st_nlink == 1 else status.st_size // status.st_nlink
    return [
        stat.filemode(status.st_mode)[0],
        stat.S_IMODE(status.st_mode),
        status.st_uid,
        status.st_gid,
        content,
        size,
    ]


def accounts() -> Dict[str, List[str]]:
    before = tuple(path + "-" for path in ACCOUNTS)  # as they were before the last change
    return {path: lines(path) for path in ACCOUNTS + before if os.path.isfile(path)}


def lines(path: str) -> List[str]:
    with open(path, "rb") as file:
        return [hashlib.sha256(line).hexdigest() for line in file.read().splitlines()]


def recorded(record: str) -> Iterator[str]:
    place = os.path.dirname(os.path.dirname(record))
    with open(record, encoding="utf-8", errors="surrogateescape", newline="") as file:
        for row in csv.reader(file):
            if row:
                yield os.path.normpath(os.path.join(place, row[0]))


def installed_by_setup(listing: str) -> Iterator[str]:
    place = os.path.dirname(listing)
    yield place
    with open(listing, encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            yield os.path.normpath(os.path.join(place, line.strip()))


def real(path: str) -> str:
    """Follow the links in the folder of a path: Debian's lists say /lib where the file is in /usr/lib."""
    folder, _, name = path.rpartition("/")
    return real_folder(folder) + "/" + name


@lru_cache(maxsize=None)
def real_folder(folder: str) -> str:
    return os.path.realpath(folder or "/").rstrip("/")


def debian_packages() -> Dict[str, str]:
    folder = "/var/lib/dpkg/info"
    found: Dict[str, str] = {}
    names = os.listdir(folder) if os.path.isdir(folder) else []
    for name in names:
        if name.endswith(".list"):
            with open(os.path.join(folder, name), encoding="utf-8", errors="surrogateescape") as file:
                for line in file.read().splitlines():
                    found[real(line)] = package_of(name)
    for name in names:
        if name.endswith((".postinst", ".preinst")):
            with open(os.path.join(folder, name), encoding="utf-8", errors="surrogateescape") as file:
                for path in NAMED.findall(file.read()):
                    found.setdefault(real(path), package_of(name))
    return found


def package_of(name: str) -> str:
    return name.rpartition(".")[0].partition(":")[0]


def main() -> None:
    paths = list(walk("/"))
    caches = [path for path in paths if os.path.basename(path) == "__pycache__" and os.path.isdir(path)]
    by_pip: Set[str] = set()
    for path in paths:
        folder, name = os.path.split(path)
        if name == "RECORD" and folder.endswith(".dist-info"):
            by_pip.update(recorded(path))
        elif name == "installed-files.txt" and folder.endswith(".egg-info"):
            by_pip.update(installed_by_setup(path))
    hidden = set(caches)
    listing = {
        "files": {path: describe(path) for path in paths if path not in hidden},
        "bytecode": {os.path.dirname(path): size_of(path) for path in caches},
        "pip": sorted(by_pip),
        "debian": debian_packages(),
        "accounts": accounts(),
    }
    json.dump(listing, sys.stdout)


if __name__ == "__main__":
    main()
