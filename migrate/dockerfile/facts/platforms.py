"""Which wheels an image takes: its Python, its C library, and the machines that it may be built for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from migrate.dockerfile.facts.distributions import release_of
from migrate.dockerfile.facts.images import Image, promised_python
from migrate.dockerfile.facts.stages import Stage
from migrate.python_version import Version

MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}  # as Docker and as Python call them
# The minor version of glibc 2 by release, and the least one of the images of a Python.
_GLIBC = {"jessie": 19, "stretch": 24, "buster": 28, "bullseye": 31, "bookworm": 36, "trixie": 41}
_LEAST = ((Version(3, 9), 28), (Version(3, 7), 24))
_MUSL = 2  # of musl 1, since Alpine 3.13
_LEGACY = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


@dataclass(frozen=True, slots=True)
class Platform:
    """A Python on a system: `musl` instead of glibc 2.`glibc`, and the `machines` that all have to be served."""

    python: Version
    machines: tuple[str, ...]
    glibc: int | None

    @classmethod
    def of(cls, stage: Stage) -> "Platform | None":
        """Return the platform of a stage; None if it is not known which Python it has."""
        image = stage.image
        release = release_of(image) if image else None
        python = release.python if release else promised_python(image) if image else None
        if image is None or python is None or python < _LEAST[-1][0]:
            return None
        first = (stage, *stage.ancestors)[-1].start
        platform = next((flag.value or "" for flag in first.flags if flag.name == "platform"), "")
        chosen = MACHINES.get(platform.removeprefix("linux/"))
        glibc = release.glibc if release else _glibc(image, python)
        return cls(python, (chosen,) if chosen else tuple(MACHINES.values()), glibc)

    @property
    def environments(self) -> Iterator[dict[str, str]]:
        """The environments of markers: of each machine, with the first and a late patch release of Python."""
        for machine in self.machines:
            for patch in ("0", "99"):
                yield {
                    "implementation_name": "cpython",
                    "implementation_version": f"{self.python}.{patch}",
                    "os_name": "posix",
                    "platform_machine": machine,
                    "platform_python_implementation": "CPython",
                    "platform_release": "",
                    "platform_system": "Linux",
                    "platform_version": "",
                    "python_full_version": f"{self.python}.{patch}",
                    "python_version": str(self.python),
                    "sys_platform": "linux",
                }

    def takes(self, wheels: tuple[str, ...]) -> bool:
        """Return whether each of the machines can install one of several wheels, by their file names."""
        tags = [tag for wheel in wheels for tag in _tags(wheel)]
        return all(not _supported(self.python, self.glibc, machine).isdisjoint(tags) for machine in self.machines)

    def __str__(self) -> str:
        return f"Python {self.python} on {'Alpine' if self.glibc is None else 'Debian'}"


def _glibc(image: Image, python: Version) -> int | None:
    if image.is_alpine:
        return None
    codename = re.search("|".join(_GLIBC), image.tag or "")
    return _GLIBC[codename[0]] if codename else next(minor for since, minor in _LEAST if python >= since)


@lru_cache(maxsize=4096)
def _tags(wheel: str) -> frozenset[str]:
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    try:
        return frozenset(map(str, parse_wheel_filename(wheel)[3]))
    except InvalidWheelFilename:
        return frozenset()


@lru_cache(maxsize=16)
def _supported(python: Version, glibc: int | None, machine: str) -> frozenset[str]:
    """Return the tags that CPython takes, by the platform tags of PEP 600 and PEP 656."""
    from packaging.tags import compatible_tags, cpython_tags

    version = (python.major, python.minor)
    name = f"cp{python.major}{python.minor}"
    platforms = [*_libc(glibc, machine), f"linux_{machine}"]
    abi = f"{name}m" if python < Version(3, 8) else name
    return frozenset(map(str, (*cpython_tags(version, [abi], platforms), *compatible_tags(version, name, platforms))))


def _libc(glibc: int | None, machine: str) -> Iterator[str]:
    if glibc is None:
        yield from (f"musllinux_1_{minor}_{machine}" for minor in range(_MUSL, -1, -1))
        return
    for minor in range(glibc, 4 if machine == "x86_64" else 16, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in _LEGACY:
            yield f"{_LEGACY[minor]}_{machine}"
