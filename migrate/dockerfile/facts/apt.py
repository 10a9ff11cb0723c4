"""What an apt command installs, and which Debian packages only build."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrate.dockerfile.facts.distributions import Release
from migrate.python_version import Version

# Compilers and build tools: programs that turn source into binaries and that no installed package needs to run.
BUILD_TOOLS = frozenset(
    {
        "autoconf",
        "automake",
        "bison",
        "build-essential",
        "cargo",
        "clang",
        "cmake",
        "cython3",
        "dpkg-dev",
        "flex",
        "g++",
        "gcc",
        "gfortran",
        "libc-dev",
        "libtool",
        "llvm",
        "make",
        "meson",
        "musl-dev",
        "ninja-build",
        "patch",
        "patchelf",
        "pkg-config",
        "pkgconf",
        "rustc",
        "swig",
    }
)
_VERSIONED_BUILD_TOOL = re.compile(r"(?:gcc|g\+\+|clang|llvm|gfortran)-\d+")
_INSTALLER = re.compile(r"python3-(?:pip|setuptools|virtualenv|wheel)|(python3(?:\.\d+)?)-venv")
WITH_COMPILERS = frozenset({"python3-pip", "python3-virtualenv"})  # they recommend them
_WITHOUT_DISTUTILS = Version(3, 12)
REMOVING = frozenset({"purge", "remove"})
_OPTIONS = frozenset(
    {
        "--allow-downgrades",
        "--assume-yes",
        "--auto-remove",
        "--autoremove",
        "--fix-missing",
        "--no-install-recommends",
        "--no-install-suggests",
        "--no-upgrade",
        "--purge",
        "--quiet",
        "--yes",
        "-f",
        "-q",
        "-qq",
        "-qqy",
        "-qy",
        "-y",
        "-yq",
        "-yqq",
    }
)
_WITH_VALUE = re.compile(r"(?:--quiet|-q)=\d|(?:--option=|-o)[\w:-]+=[\w./:-]+")


@dataclass(frozen=True, slots=True)
class Apt:
    """An apt or apt-get command: `action` is its sub-command.

    `words` are the packages that each of the words after it stands for, by the word's index: several for a variable.
    """

    action: str
    words: Mapping[int, tuple[str, ...]]
    is_clear: bool
    """Whether every option is one that uvmigrate knows."""

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages in order."""
        return tuple(package for packages in self.words.values() for package in packages)


def read(argv: Sequence[str], lists: Mapping[int, tuple[str, ...]] | None = None) -> Apt | None:
    """Return what an apt command does, or None if the command is not apt's.

    `lists` are the packages of words that are variables, by the index of the word.
    """
    if not argv or argv[0] not in {"apt", "apt-get"}:
        return None
    words: list[tuple[int, str]] = []
    is_clear = True
    is_value = False
    for index, word in enumerate(argv[1:], start=1):
        if is_value:
            is_value = False
        elif word in {"--option", "-o", "-t"}:
            is_clear, is_value = is_clear and word != "-t", True
        elif word.startswith("-"):
            is_clear = is_clear and (word in _OPTIONS or _WITH_VALUE.fullmatch(word) is not None)
        else:
            words.append((index, word))
    packages = {index: (lists or {}).get(index, (word,)) for index, word in words[1:]}
    return Apt(words[0][1] if words else "", packages, is_clear)


def name_of(package: str) -> str:
    """Return the name in apt's `name[:architecture][=version][/release]`."""
    return re.split(r"[:=/]", package, maxsplit=1)[0]


def only_builds(package: str) -> bool:
    """Whether a package is a compiler or build tool, so that its place is the builder."""
    name = name_of(package)
    return name in BUILD_TOOLS or _VERSIONED_BUILD_TOOL.fullmatch(name) is not None


def is_header(package: str) -> bool:
    """Whether a package is one of headers by Debian's naming."""
    return name_of(package).endswith(("-dev", "-dev-is-python3"))


def left_by_installer(package: str, release: Release | None) -> tuple[str, ...]:
    """Return what a package of pip, or of what it works with, brings along that programs may need without it.

    That are the certificates of pip, and the part of Python's library that Debian's Python before 3.12 has apart.
    """
    has_distutils = release is not None and release.python < _WITHOUT_DISTUTILS
    certificates = ("ca-certificates",) if name_of(package) in WITH_COMPILERS else ()
    return (*(("python3-distutils",) if has_distutils else ()), *certificates)


def recommends(argv: Sequence[str | None]) -> bool:
    """Whether a command installs what packages recommend, too."""
    return not any(word == "--no-install-recommends" or "install-recommends" in (word or "").lower() for word in argv)


def python_of_installer(package: str) -> str | None:
    """Return the package of the Python that a package of pip, or of what it works with, brings along; else None."""
    match = _INSTALLER.fullmatch(name_of(package))
    return (match[1] or "python3") if match else None
