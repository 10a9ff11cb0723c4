"""What the lock tells about the packages of an image: which have to be built, which bring their libraries along."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join
from types import MappingProxyType

from migrate.dockerfile.decision.chosen_packages import chosen_packages
from migrate.dockerfile.decision.inline import inline_requirements
from migrate.dockerfile.decision.shape import Part
from migrate.dockerfile.decision.sync import selected
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.platforms import Platform
from migrate.lockfile import Package
from migrate.once import once

_COMPILED_SOURCES = (".c", ".cc", ".cpp", ".cu", ".cxx", ".f", ".f90", ".pyx", ".rs")
_MOST_NAMES = 3
_LARGE = 5_000_000  # bytes of wheels; installed and compiled they are about 30 MB
# By package of headers: which packages use its library, each with the one whose wheels bring the library along.
_BUNDLED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "libfreetype-dev": {"pillow": "pillow"},
        "libfreetype6-dev": {"pillow": "pillow"},
        "libjpeg-dev": {"pillow": "pillow"},
        "libjpeg62-turbo-dev": {"pillow": "pillow"},
        "libpq-dev": {"psycopg": "psycopg-binary", "psycopg2": "psycopg2-binary"},
        "libxml2-dev": {"lxml": "lxml", "xmlsec": "xmlsec"},
        "libxslt-dev": {"lxml": "lxml", "xmlsec": "xmlsec"},
        "libxslt1-dev": {"lxml": "lxml", "xmlsec": "xmlsec"},
    }
)
# Packages that call a compiler while the program runs, and those that call git.
_COMPILING = frozenset({"aesara", "cmdstanpy", "pycuda", "pystan", "pytensor", "scipy-weave", "theano", "triton"})
_CALLING_GIT = frozenset(
    {
        "commitizen", "cookiecutter", "copier", "dvc", "gitpython", "kedro",
        "pre-commit", "setuptools-scm", "towncrier", "versioneer",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wheels:
    """The names of all packages of an image, and of those that have no wheel for its platform.

    `least`: the bytes of all wheels, each package with its smallest one.
    """

    names: frozenset[str]
    built: tuple[str, ...]
    platform: Platform
    least: int

    @property
    def is_large(self) -> bool:
        """Whether the environment is so large that a few megabytes do not count."""
        return self.least >= _LARGE

    @property
    def reason(self) -> str:
        """Why there is something to build, or nothing, in words."""
        if not self.built:
            return f"every package has a wheel for {self.platform}"
        more = f" and {len(self.built) - _MOST_NAMES} more" if len(self.built) > _MOST_NAMES else ""
        verb = "has" if len(self.built) == 1 else "have"
        return f"{', '.join(self.built[:_MOST_NAMES])}{more} {verb} no wheel for {self.platform}"

    @property
    def compiling(self) -> str | None:
        """The first package that calls a compiler while the program runs."""
        return min(self.names & _COMPILING, default=None)

    @property
    def calls_git(self) -> bool:
        """Whether a package calls git while the program runs."""
        return bool(self.names & _CALLING_GIT)

    def bundle(self, headers: str) -> bool:
        """Return whether surely no package needs the library of headers to be installed: their wheels bring it."""
        uses = _BUNDLED.get(headers, {})
        users = [package for package, bundle in uses.items() if {package, bundle} & self.names]
        return bool(users) and not self.built and all(uses[package] in self.names for package in users)


@once
def wheels(part: Part) -> Wheels | None:
    """Return what the lock tells about a part; None without a lock, or if the Python of the image is not known."""
    facts = part.facts
    platform = Platform.of(facts.stage)
    if facts.target.lock is None or platform is None:
        return None
    installed = facts.target.lock.installed(selected(part), tuple(platform.environments))
    own = [one.name for one in installed if one.is_project and selected(part).is_project and _compiles_itself(facts)]
    others = [one for one in installed if not one.is_project]
    plain = {one.name for one in others if _is_plain_folder(facts, one)}
    built = sorted({*own, *(one.name for one in others if one.name not in plain and not platform.takes(one.wheels))})
    least = sum(one.least for one in others)
    return Wheels(frozenset(one.name for one in others), tuple(built), platform, least)


def needs_git(facts: Facts) -> bool:
    """Return whether uv needs git to fetch a package."""
    chosen = (one for each in chosen_packages(facts) for one in each.requirements)
    own = (key for one in (*inline_requirements(facts), *chosen) if one.source for key, _ in one.source.keys)
    return facts.target.needs_git or "git" in own


def _is_plain_folder(facts: Facts, package: Package) -> bool:
    """Whether a package is a folder of the repository without sources that are compiled."""
    place = package.source.get("editable") or package.source.get("directory")
    inside = f"{join(facts.target.project, str(place))}/"
    return bool(place) and not any(
        path.startswith(inside) and path.endswith(_COMPILED_SOURCES) for path in facts.target.repo.files
    )


def _compiles_itself(facts: Facts) -> bool:
    return any(path.endswith(_COMPILED_SOURCES) for path in facts.target.repo.files)
