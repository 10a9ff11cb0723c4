"""What an apt command installs, and which Debian packages only build."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
# Headers whose library is needed at run time: the name of the library's package in the Debian release of the image.
RUNTIME_OF = {
    "default-libmysqlclient-dev": "libmariadb3",
    "libffi-dev": None,  # the interpreter of the image brings its own dependency on libffi
    "libjpeg-dev": "libjpeg62-turbo",
    "libjpeg62-turbo-dev": "libjpeg62-turbo",
    "libmariadb-dev": "libmariadb3",
    "libpq-dev": "libpq5",
    "libsqlite3-dev": None,  # as libffi: the image's interpreter is linked against libsqlite3
    "libssl-dev": None,  # as libffi: the image's interpreter is linked against libssl
    "libxml2-dev": "libxml2",
    "libxslt1-dev": "libxslt1.1",
    "libyaml-dev": "libyaml-0-2",
    "linux-libc-dev": None,  # headers only
    "libc6-dev": None,  # headers of the C library that every image has
    "python3-dev": None,  # headers of Debian's Python, which the official python image does not use
    "zlib1g-dev": None,  # the image's interpreter is linked against zlib
}
_VERSIONED_BUILD_TOOL = re.compile(r"(?:gcc|g\+\+|clang|llvm|gfortran)-\d+")
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


@dataclass(frozen=True, slots=True)
class Apt:
    """An apt or apt-get command: `action` is its sub-command, `packages` the words after it, in order."""

    action: str
    packages: tuple[str, ...]
    is_clear: bool
    """Whether every option is one that uvmigrate knows."""


def read(argv: Sequence[str]) -> Apt | None:
    """Return what an apt command does, or None if the command is not apt's."""
    if not argv or argv[0] not in {"apt", "apt-get"}:
        return None
    rest = list(argv[1:])
    words: list[str] = []
    is_clear = True
    while rest:
        word = rest.pop(0)
        if word in {"-o", "-t"}:
            is_clear = is_clear and word == "-o"
            rest[:1] = []
        elif word.startswith("-"):
            is_clear = is_clear and word in _OPTIONS
        else:
            words.append(word)
    return Apt(words[0] if words else "", tuple(words[1:]), is_clear)


def name_of(package: str) -> str:
    """Return the name in apt's `name[:architecture][=version][/release]`."""
    return re.split(r"[:=/]", package, maxsplit=1)[0]


def only_builds(package: str) -> bool:
    """Whether a package only serves to compile, so that its place is the builder."""
    name = name_of(package)
    return name in BUILD_TOOLS or _VERSIONED_BUILD_TOOL.fullmatch(name) is not None or name in RUNTIME_OF


def is_header(package: str) -> bool:
    """Whether a package is one of headers by Debian's naming, known or not."""
    return name_of(package).endswith("-dev")


def runtime_of(package: str) -> str | None:
    """Return the package whose library stays behind when headers go; None if there is none to name."""
    return RUNTIME_OF.get(name_of(package))
