"""What may differ between an image and the image of the same program after the migration, and what may not.

Functions return the differences that nothing explains, as sentences, and those that are explained.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from migrate.images.accounts import same_accounts
from migrate.images.model import Listing

INSTALLERS = frozenset({"pip", "setuptools", "uv", "wheel"})
UV = frozenset({"uv", "uvx"})
COMPILERS = frozenset({"as", "c++", "cc", "cpp", "g++", "gcc", "ld", "make"})
CACHES = ("/.cache/pip", "/.cache/uv", "/uv/cache")
_LIBRARY = re.compile(r"/usr(?:/local)?/lib/python3[^/]*/(?!(?:site|dist)-packages/)")
_LOCK_OF_UV = re.compile(r"/tmp/uv-\w+\.lock")  # noqa: S108 - a path in an image
_PROGRAMS = ("/bin/", "/root/", "/usr/")

# Files that dpkg and its triggers write anew whenever any package comes or goes.
WRITTEN_BY_APT = (
    "/etc/alternatives/",
    "/etc/ld.so.cache",
    "/var/cache/",
    "/var/lib/apt/",
    "/var/lib/dpkg/",
    "/var/lib/systemd/deb-systemd-",
    "/var/log/",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What explains differences of files.

    `environment` is the folder that is new; `migrated` are the files that the migration itself changes or removes, by
    their absolute path in the image, and `contents` what such files hold before and after, as SHA-256, "" for none,
    wherever a COPY put them; `old_base` and `new_base` are the images on which both stand; `varies` are files that
    differ between two builds of the old image.
    """

    environment: str
    migrated: Collection[str] = ()
    contents: Collection[tuple[str, str]] = ()
    old_base: Listing = field(default_factory=lambda: Listing({}))
    new_base: Listing = field(default_factory=lambda: Listing({}))
    varies: Collection[str] = ()


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
    is_tool = PurePosixPath(path).name in UV | COMPILERS
    return (is_tool and image.files[path].type in "-l") or _is_cached(path)


def is_left_behind(path: str) -> bool:
    """Whether a path in some layer is that of an installed tool or of a cache."""
    is_tool = path.startswith(_PROGRAMS) and PurePosixPath(path).name in UV | COMPILERS
    return is_tool or _is_cached(path)


def _is_cached(path: str) -> bool:
    return any(cache in path for cache in CACHES)


def _is_of_uv(path: str) -> bool:
    """Whether a path is that of uv itself, or of a lock that its run had left."""
    return (PurePosixPath(path).name in UV and dirname(path).endswith("bin")) or _LOCK_OF_UV.fullmatch(path) is not None


def in_files(before: Listing, after: Listing, context: Context) -> tuple[list[str], list[str]]:
    """Compare paths, types, permissions, owners and contents; return what nothing explains, and what is explained.

    Explained are: the environment and the migrated files, packages that pip had put into the base image's Python, the
    wheels from which it had, the caches of the installers, uv, what setuptools left beside the sources, Debian packages
    that only the builder has now, the base image and its users if it is another one, and what differs in every build.
    """
    reasons = {
        "the virtual environment": _below(context.environment, after) | _environment(before, context.environment),
        "files of the migration": frozenset((*context.migrated, *_by_content(before, after, context.contents))),
        "packages that pip had put beside Python": before.pip | after.pip,
        "wheels of what the environment has": _unpacked(before, after, context.environment),
        "caches of pip": frozenset(filter(_is_cached, before.files)),
        "uv, which only the build called": frozenset(filter(_is_of_uv, before.files.keys() - after.files.keys())),
        "what setuptools left beside the sources": _built(before, after),
        "Debian packages that only the builder has": _taken_out(before, after),
        "the other base image": _of_the_base(before, after, context),
        "users and groups of the other base image": same_accounts(before, after, context.old_base, context.new_base),
        "other in every build": frozenset(context.varies),
    }
    own: frozenset[str] = frozenset().union(*reasons.values())
    changes = dict(_changes(before, after, _folders(own)))
    unexplained = [f"{path}: {change}" for path, change in changes.items() if path not in own]
    explained = [
        f"{reason}: {count} {'file' if count == 1 else 'files'}"
        for reason, paths in reasons.items()
        if (count := len(paths & changes.keys()))
    ]
    return unexplained, explained


def bytecode(before: Listing, after: Listing, context: Context) -> list[str]:
    """Say how much bytecode beside the image's own Python each image has that its base has not, if the new one has any.

    Its files are not compared: Python makes them from the sources, which are.
    """
    old, new = (
        sum(size for folder, size in listing.bytecode.items() if _LIBRARY.match(f"{folder}/"))
        - sum(size for folder, size in base.bytecode.items() if _LIBRARY.match(f"{folder}/"))
        for listing, base in ((before, context.old_base), (after, context.new_base))
    )
    return [f"bytecode of the standard library: {old / 1e6:.1f} MB became {new / 1e6:.1f} MB"] if new > 0 else []


def _changes(before: Listing, after: Listing, folders: Collection[str]) -> Iterator[tuple[str, str]]:
    for path in sorted(before.files.keys() | after.files.keys()):
        old, new = before.files.get(path), after.files.get(path)
        if old == new or path.startswith(WRITTEN_BY_APT):
            continue
        if old is None or new is None:
            if path not in folders:
                yield path, "is new" if old is None else "is gone"
        else:
            what = ", ".join(
                f"{name} {getattr(old, name)!r} became {getattr(new, name)!r}"
                for name in ("type", "mode", "user", "group")
                if getattr(old, name) != getattr(new, name)
            )
            yield path, what or "other content"


def _by_content(before: Listing, after: Listing, contents: Collection[tuple[str, str]]) -> Iterator[str]:
    """Yield the files whose content on both sides is that of one file of the migration, if nothing else differs."""
    for path in before.files.keys() | after.files.keys():
        old, new = before.files.get(path), after.files.get(path)
        is_alike = old is None or new is None or replace(old, content=new.content) == new
        if is_alike and (old.content if old else "", new.content if new else "") in contents:
            yield path


def _taken_out(before: Listing, after: Listing) -> frozenset[str]:
    """Return what Debian packages of the old image only had brought, and the links to it."""
    remaining = set(after.debian.values())
    files = {path for path, package in before.debian.items() if package not in remaining}
    links = {
        path
        for path, file in before.files.items()
        if file.type == "l"
        if (target := _target(before, path)) in files or target.startswith("/etc/alternatives/")
    }
    return frozenset((files | links) - after.files.keys())


def _target(image: Listing, path: str) -> str:
    """Return what a link points to; where /lib is a link to /usr/lib, the file below the latter."""
    target = normpath(join(dirname(path), image.files[path].content))
    top = f"/{target.split('/')[1]}"
    moved = image.files.get(top)
    return normpath(join("/", moved.content)) + target[len(top) :] if moved and moved.type == "l" else target


def _unpacked(before: Listing, after: Listing, environment: str) -> frozenset[str]:
    """Return the wheels of the old image whose very version the environment has installed."""
    installed = {
        (canonicalize_name(name), version)
        for path in after.files
        if path.startswith(f"{environment}/") and path.endswith(".dist-info")
        for name, _, version in [PurePosixPath(path).stem.partition("-")]
    }
    return frozenset(path for path in before.files.keys() - after.files.keys() if _wheel(path) in installed)


def _wheel(path: str) -> tuple[str, str] | None:
    """Return the name and the version of the distribution that a path is a wheel of, if it is one."""
    try:
        name, version, *_ = parse_wheel_filename(PurePosixPath(path).name)
    except InvalidWheelFilename:
        return None
    return name, str(version)


def _built(before: Listing, after: Listing) -> frozenset[str]:
    """Return what a build of a project had put beside its sources: its metadata, and setuptools' own folders."""
    metadata = (PurePosixPath(path).parent for path in before.files if path.endswith(".egg-info/SOURCES.txt"))
    projects = {str(folder.parent).rstrip("/") for folder in metadata}
    own = re.compile(r"/(?:build(?:/(?:lib|bdist|temp)\b.*)?|[^/]+\.egg-info(?:/.*)?)")
    gone = before.files.keys() - after.files.keys()
    return frozenset(
        path
        for path in gone
        for project in projects
        if path.startswith(project) and own.fullmatch(path[len(project) :])
    )


def _of_the_base(before: Listing, after: Listing, context: Context) -> frozenset[str]:
    """Return what both images have as their own base image has it."""
    return frozenset(
        path
        for path in before.files.keys() | after.files.keys()
        if before.files.get(path) == context.old_base.files.get(path)
        and after.files.get(path) == context.new_base.files.get(path)
    )


def _environment(before: Listing, folder: str) -> frozenset[str]:
    """Return the files of the old image's own virtual environment, if it had one in the same place."""
    return _below(folder, before) if f"{folder}/pyvenv.cfg" in before.files else frozenset()


def _below(folder: str, image: Listing) -> frozenset[str]:
    return frozenset(path for path in image.files if path == folder or path.startswith(f"{folder}/"))


def _folders(paths: Collection[str]) -> frozenset[str]:
    return frozenset(str(parent) for path in paths for parent in PurePosixPath(path).parents)
