"""The text of a uv.lock as data, and which of its packages an installation needs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tomli


@lru_cache(maxsize=4)
def parsed(text: str) -> dict[str, Any]:
    """Return the data of a uv.lock, which nobody may change: it is read once, however many ask.

    The compiled twin of the standard library's parser reads it, as a lock is by far the longest text of a project.

    Raises ValueError or RecursionError for what is not TOML.
    """
    return tomli.loads(text)


def agree(one: str, other: str) -> bool:
    """Return whether two texts of a uv.lock lock the same: they may list the forks of the resolution in another order.

    The first `uv lock` lists them in the order in which it met them, the next one does not always keep it.
    """
    try:
        return one == other or _settled(one) == _settled(other)
    except (ValueError, RecursionError):
        return False


def _settled(text: str) -> dict[str, Any]:
    data = dict(parsed(text))
    packages = [_sorted_forks(each) for each in data.get("package", ())]
    return _sorted_forks(data) | {"package": packages}


def _sorted_forks(table: Mapping[str, Any]) -> dict[str, Any]:
    return {**table, "resolution-markers": sorted(table.get("resolution-markers", ()))}


@dataclass(frozen=True, slots=True)
class Selection:
    """What an installation takes: the project's dependencies, some of its groups, the project itself with extras."""

    is_production: bool = True
    groups: tuple[str, ...] = ()
    is_project: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a lock: how it is written there, and whether it is the project itself."""

    name: str
    version: str
    """Its version; "" if only a build tells."""
    source: Mapping[str, Any]
    offered: Sequence[Mapping[str, Any]]
    """Its wheels that uv may take, as the lock lists them."""

    @property
    def wheels(self) -> tuple[str, ...]:
        """The file names of its wheels that uv may take."""
        return tuple(map(_file_name, self.offered))

    @property
    def least(self) -> int:
        """The bytes of its smallest wheel; 0 if none is known."""
        return min((wheel.get("size", 0) for wheel in self.offered), default=0)

    @property
    def is_project(self) -> bool:
        """Whether it is the project that the lock belongs to."""
        return "." in (self.source.get("virtual"), self.source.get("editable"))


@dataclass(frozen=True)
class Lockfile:
    """A uv.lock together with the pyproject.toml that says of which packages uv takes no wheel."""

    lock: str
    pyproject: str = ""

    def admits(self, python: str | None) -> bool:
        """Return whether packages can be installed from it for a version "X.Y" of Python; None: for all to come."""
        from packaging.specifiers import SpecifierSet

        wanted = SpecifierSet(self.requires_python)
        patches = ("0", "99") if python else ("99.0",)
        return any(wanted.contains(f"{python or 3}.{patch}", prereleases=True) for patch in patches)

    @property
    def requires_python(self) -> str:
        """The versions of Python that it is for, as it says it."""
        return str(parsed(self.lock).get("requires-python", ""))

    @property
    def edges(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What packages depend on, each with the name of the package that does, which is "" for the project."""
        for package in parsed(self.lock).get("package", ()):
            for edges in (package.get("dependencies", ()), *package.get("optional-dependencies", {}).values()):
                yield from (("" if _is_project(package) else package["name"], edge) for edge in edges)

    def installed(self, selection: Selection, environments: Iterable[Mapping[str, str]]) -> tuple[Package, ...]:
        """Return the packages that a selection needs in one of several environments of markers, the project first."""
        data, known = parsed(self.lock), tuple(environments)
        packages: list[dict[str, Any]] = data.get("package", [])
        by_name: dict[str, list[dict[str, Any]]] = {}
        for package in packages:
            by_name.setdefault(package["name"], []).append(package)
        waiting = [(each, _roots(each, selection)) for each in packages if _is_project(each)]
        seen: dict[int, tuple[dict[str, Any], set[str]]] = {}
        while waiting:
            package, edges = waiting.pop()
            seen.setdefault(id(package), (package, set()))
            for edge in edges:
                if not _holds(edge.get("marker"), known):
                    continue
                for found in _meant(edge, by_name):
                    extras = {"", *edge.get("extra", ())} - seen.setdefault(id(found), (found, set()))[1]
                    seen[id(found)][1].update(extras)
                    waiting += [(found, _edges(found, extra)) for extra in extras]
        return tuple(self._package(package) for package, _ in seen.values())

    def _package(self, package: Mapping[str, Any]) -> Package:
        wheels = () if self._is_never_a_wheel(package["name"]) else package.get("wheels", ())
        return Package(package["name"], package.get("version", ""), package.get("source", {}), wheels)

    def _is_never_a_wheel(self, name: str) -> bool:
        settings = parsed(self.pyproject).get("tool", {}).get("uv", {})
        return settings.get("no-binary") is True or name in settings.get("no-binary-package", ())


def _is_project(package: Mapping[str, Any]) -> bool:
    source = package.get("source", {})
    return "." in (source.get("virtual"), source.get("editable"))


def _roots(package: Mapping[str, Any], selection: Selection) -> list[Mapping[str, Any]]:
    groups = package.get("dev-dependencies", {})
    found = [*(package.get("dependencies", ()) if selection.is_production else ())]
    found += [edge for name in selection.groups for edge in groups.get(name, ())]
    extras = package.get("optional-dependencies", {}).values() if selection.is_project else ()
    return [*found, *(edge for extra in extras for edge in extra)]


def _edges(package: Mapping[str, Any], extra: str) -> list[Mapping[str, Any]]:
    found = package.get("optional-dependencies", {}).get(extra, ()) if extra else package.get("dependencies", ())
    return list(found)


def _meant(edge: Mapping[str, Any], by_name: Mapping[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Yield the packages that a dependency may mean: it tells version and source where the name alone is not enough."""
    for package in by_name.get(edge["name"], ()):
        if all(key not in edge or edge[key] == package.get(key) for key in ("version", "source")):
            yield package


def _holds(marker: str | None, environments: tuple[Mapping[str, str], ...]) -> bool:
    """Return whether a marker may be true in one of the environments; those of extras may always be."""
    return marker is None or "extra" in marker or any(_evaluated(marker, tuple(one.items())) for one in environments)


@lru_cache(maxsize=4096)
def _evaluated(marker: str, environment: tuple[tuple[str, str], ...]) -> bool:
    from packaging.markers import Marker

    return Marker(marker).evaluate(dict(environment))


def _file_name(wheel: Mapping[str, Any]) -> str:
    from urllib.parse import unquote

    place = wheel.get("filename") or wheel.get("path") or wheel.get("url", "")
    return unquote(re.split(r"[?#]", place)[0].rpartition("/")[2])
