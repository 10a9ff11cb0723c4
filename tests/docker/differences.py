"""What may differ between an image and the image of the same program after the migration, and what may not.

Every function returns the differences that nothing explains, as sentences; none means that the images agree.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from images import Listing
from packaging.utils import canonicalize_name

SETTINGS = (
    "Cmd",
    "Entrypoint",
    "ExposedPorts",
    "Healthcheck",
    "Labels",
    "OnBuild",
    "Shell",
    "StopSignal",
    "User",
    "Volumes",
    "WorkingDir",
)
INSTALLERS = frozenset({"pip", "setuptools", "wheel"})
UV = frozenset({"uv", "uvx"})
COMPILERS = frozenset({"as", "c++", "cc", "cpp", "g++", "gcc", "ld", "make"})
CACHES = ("/.cache/pip", "/.cache/uv", "/uv/cache")

# Files that dpkg and its triggers write anew whenever any package comes or goes.
WRITTEN_BY_APT = (
    "/etc/alternatives/",
    "/etc/ld.so.cache",
    "/var/cache/",
    "/var/lib/apt/",
    "/var/lib/dpkg/",
    "/var/log/",
)


def in_configuration(before: Mapping[str, Any], after: Mapping[str, Any], environment: str) -> list[str]:
    """Compare the `Config` of two images; PATH must have gained the environment's programs in front, nothing else."""
    found = [
        f"{setting}: {before.get(setting)!r} became {after.get(setting)!r}"
        for setting in SETTINGS
        if (before.get(setting) or None) != (after.get(setting) or None)
    ]
    old, new = (dict(entry.split("=", 1) for entry in config["Env"]) for config in (before, after))
    expected = old | {"PATH": f"{environment}/bin:{old['PATH']}"}
    found += [
        f"{name}: {expected.get(name)!r} expected, {new.get(name)!r} found"
        for name in sorted(expected.keys() | new.keys())
        if expected.get(name) != new.get(name)
    ]
    return found


def in_packages(before: Mapping[str, str], after: Mapping[str, str], pinned: Collection[str]) -> list[str]:
    """Compare installed names and versions; pip's own tools only count if the requirements have `pinned` them."""
    ignored = INSTALLERS - set(pinned)
    old, new = (
        {canonicalize_name(name): version for name, version in packages.items() if name not in ignored}
        for packages in (before, after)
    )
    return [
        f"{name}: {old.get(name)} became {new.get(name)}"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def in_leftovers(after: Listing, base: Listing) -> list[str]:
    """Look for uv, compilers and the installers' caches in a runtime; what the base image has is its own affair."""
    return [path for path in sorted(after.files.keys() - base.files.keys()) if _is_leftover(path, after)]


def _is_leftover(path: str, image: Listing) -> bool:
    program = PurePosixPath(path).name in UV | COMPILERS and image.files[path].type in "-l"
    return program or _is_cached(path)


def _is_cached(path: str) -> bool:
    return any(cache in path for cache in CACHES)


def in_files(before: Listing, after: Listing, environment: str, migrated: Collection[str]) -> list[str]:
    """Compare paths, types, permissions, owners and contents.

    `environment` is the folder that is new; `migrated` are the files that the migration itself changes or removes,
    by their absolute path in the image. Explained as well: packages that pip had put into the base image's Python, the
    caches of the installers, and Debian packages that only the builder has now.
    """
    installed = before.pip | after.pip | _taken_out(before, after) | _below(environment, after)
    own = frozenset(migrated) | installed | frozenset(filter(_is_cached, before.files))
    folders = _folders(own)
    return [f"{path}: {change}" for path, change in _changes(before, after, folders) if path not in own]


def _changes(before: Listing, after: Listing, folders: Collection[str]) -> Iterator[tuple[str, str]]:
    for path in sorted(before.files.keys() | after.files.keys()):
        old, new = before.files.get(path), after.files.get(path)
        if old == new or path.startswith(WRITTEN_BY_APT):
            continue
        if old is None or new is None:
            if path not in folders:
                yield path, "is new" if old is None else "is gone"
        else:
            yield path, f"{old} became {new}"


def _taken_out(before: Listing, after: Listing) -> frozenset[str]:
    """Return what Debian packages of the old image only had brought, and the names that alternatives gave to it."""
    remaining = set(after.debian.values())
    files = {path for path, package in before.debian.items() if package not in remaining}
    names = {path for path, file in before.files.items() if file.content.startswith("/etc/alternatives/")}
    return frozenset((files | names) - after.files.keys())


def _below(folder: str, image: Listing) -> frozenset[str]:
    return frozenset(path for path in image.files if path == folder or path.startswith(f"{folder}/"))


def _folders(paths: Collection[str]) -> frozenset[str]:
    return frozenset(str(parent) for path in paths for parent in PurePosixPath(path).parents)
