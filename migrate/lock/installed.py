"""What a lock installs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrate.lock.markers import holds, linux
from migrate.lockfile import parsed
from migrate.python_version import Version


def installed(lock: str, python: Version) -> frozenset[str]:
    """Return the names of the packages that a lock installs in an image without groups, the project apart."""
    environment = linux(str(python))
    packages: dict[str, list[Mapping[str, Any]]] = {}
    for package in parsed(lock).get("package", ()):
        packages.setdefault(package["name"], []).append(package)
    roots = [package for same in packages.values() for package in same if _is_project(package)]
    waiting = [needed for root in roots for needed in root.get("dependencies", ())]
    seen: set[tuple[str, str]] = set()
    while waiting:
        needed = waiting.pop()
        if not holds(needed.get("marker"), environment):
            continue
        for extra in ("", *needed.get("extra", ())):
            if (needed["name"], extra) not in seen:
                seen.add((needed["name"], extra))
                waiting += _needed(packages.get(needed["name"], ()), extra)
    return frozenset(name for name, _ in seen)


def _needed(packages: Iterable[Mapping[str, Any]], extra: str) -> Iterator[Mapping[str, Any]]:
    for package in packages:
        yield from package.get("optional-dependencies", {}).get(extra, ()) if extra else package.get("dependencies", ())


def _is_project(package: Mapping[str, Any]) -> bool:
    source: Mapping[str, str] = package["source"]
    return "." in {source.get("virtual"), source.get("editable")}


def versions(lock: str) -> frozenset[tuple[str, str, str]]:
    """Return all packages of a lock: name, version and where it comes from."""
    return frozenset(
        (package["name"], package.get("version", ""), str(sorted(package["source"].items())))
        for package in parsed(lock).get("package", ())
    )
