"""Distributions, by the tags of images: what their package manager brings as python3, and which C library they have."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from migrate.dockerfile.facts.images import Image
from migrate.python_version import Version


class Manager(StrEnum):
    """A package manager, as it is called."""

    APT = "apt"
    APK = "apk"


@dataclass(frozen=True, slots=True)
class Release:
    """A release of a distribution: the version of its python3, and its glibc 2.`glibc`; None: it has musl.

    `is_with_python`: the image brings python3 already.
    """

    manager: Manager
    python: Version
    glibc: int | None = None
    is_with_python: bool = False


# By the package lists of the distributions: the minor versions of python3 and of glibc 2.
_APT = {
    "stretch": (5, 24), "buster": (7, 28), "bullseye": (9, 31), "bookworm": (11, 36), "trixie": (13, 41),
    "xenial": (5, 23), "bionic": (6, 27), "focal": (8, 31), "jammy": (10, 35), "noble": (12, 39), "resolute": (14, 42),
}  # fmt: skip
_DEBIAN = {"9": "stretch", "10": "buster", "11": "bullseye", "12": "bookworm", "13": "trixie"}
_UBUNTU = {
    "16.04": "xenial", "18.04": "bionic", "20.04": "focal", "22.04": "jammy", "24.04": "noble", "26.04": "resolute",
}  # fmt: skip
# By `main` of each release; 3.12 and older have a musl for which few wheels are made.
_ALPINE = {
    "3.13": 8, "3.14": 9, "3.15": 9, "3.16": 10, "3.17": 10, "3.18": 11, "3.19": 11,
    "3.20": 12, "3.21": 12, "3.22": 12, "3.23": 12, "3.24": 14,
}  # fmt: skip
_CUDA = re.compile(r"(?:docker\.io/|nvcr\.io/)?nvidia/cuda")
# Images whose tags name the release of Debian, Ubuntu or Alpine that they stand on, and that bring no other Python.
_ON_DISTRIBUTIONS = frozenset(
    {
        "buildpack-deps", "eclipse-temurin", "elixir", "erlang", "golang", "haproxy", "httpd", "memcached", "nginx",
        "node", "openjdk", "php", "postgres", "redis", "ruby", "rust",
    }
)  # fmt: skip
# Playwright's image brings browsers and python3 of Ubuntu; the package itself is for its users to install.
_WITH_PYTHON = re.compile(r"mcr\.microsoft\.com/playwright/python")
_PART = re.compile(r"[-_]")
_ALPINE_PART = re.compile(r"alpine(3\.\d+)(?:\.\d+)?")
_NUMBER = re.compile(r"(?:ubuntu)?(\d+(?:\.\d\d)?)(?:\.\d+)?")


def release_of(image: Image) -> Release | None:
    """Return the release that an image of a distribution, of CUDA or upon one of them has, if its tag tells."""
    name = image.official or ""
    parts = _PART.split(image.tag or "")
    if name == "alpine":
        match = re.fullmatch(r"(3\.\d+)(?:\.\d+)?", image.tag or "")
        return _of_alpine(match[1]) if match else None
    numbers = {"debian": _DEBIAN, "ubuntu": _UBUNTU}.get("ubuntu" if _CUDA.fullmatch(image.name) else name)
    is_with_python = _WITH_PYTHON.fullmatch(image.name) is not None
    if numbers is None and name not in _ON_DISTRIBUTIONS and not is_with_python:
        return None
    if alpine := next(
        (match[1] for part in parts if numbers is None and (match := _ALPINE_PART.fullmatch(part))), None
    ):
        return _of_alpine(alpine)
    named = {part for part in parts if part in _APT}
    named |= {
        numbers[match[1]] for part in parts if numbers and (match := _NUMBER.fullmatch(part)) and match[1] in numbers
    }
    return replace(_of_apt(named.pop()), is_with_python=is_with_python) if len(named) == 1 else None


def _of_alpine(release: str) -> Release | None:
    return Release(Manager.APK, Version(3, _ALPINE[release])) if release in _ALPINE else None


def _of_apt(codename: str) -> Release:
    python, glibc = _APT[codename]
    return Release(Manager.APT, Version(3, python), glibc)
