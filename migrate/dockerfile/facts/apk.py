"""What an apk command of Alpine installs or removes, and whether it is there to compile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from migrate.dockerfile.facts.apt import BUILD_TOOLS

_BUILD_TOOLS = BUILD_TOOLS | {"build-base", "linux-headers", "rust"}
_OPTIONS = frozenset({"--no-cache", "--no-progress", "--purge", "--quiet", "--update", "--upgrade", "-U", "-q", "-u"})


@dataclass(frozen=True, slots=True)
class Apk:
    """An apk command: `packages` are the words after its sub-command, `virtual` is the name that they get together."""

    action: str
    packages: tuple[str, ...]
    virtual: str | None

    @property
    def building(self) -> tuple[str, ...]:
        """What it installs that is there to compile, by Alpine's naming."""
        names = self.packages if self.action == "add" else ()
        return tuple(name for name in names if name in _BUILD_TOOLS or name_of(name).endswith("-dev"))

    @property
    def builds(self) -> bool:
        """Whether it installs something that compiles."""
        return bool(self.building)


def read(argv: Sequence[str | None]) -> Apk | None:
    """Return what an apk command does; None if it is not apk's, or has a word or an option that is not certain."""
    if not argv or argv[0] != "apk" or None in argv:
        return None
    words: list[str] = []
    virtual: str | None = None
    rest = [word or "" for word in argv[1:]]
    while rest:
        word = rest.pop(0)
        if word in {"--virtual", "-t"} and rest:
            virtual = rest.pop(0)
        elif word.startswith("--virtual="):
            virtual = word.partition("=")[2]
        elif not word.startswith("-"):
            words.append(word)
        elif word not in _OPTIONS:
            return None
    return Apk(words[0], tuple(words[1:]), virtual) if words else None


def name_of(package: str) -> str:
    """Return the name in apk's `name[@repository][=~<>version]`."""
    return re.split(r"[=~<>@]", package, maxsplit=1)[0]
