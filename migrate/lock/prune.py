"""A flat freeze and its roots: which pinned requirements only stand there because others need them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from migrate.findings import Finding
from migrate.findings import lock as kinds
from migrate.lock.ladder import Locked
from migrate.lock.pins import is_pin
from migrate.lock.uv import LockFailed, Uv
from migrate.lockfile import parsed
from migrate.requirements import Requirement

# Packages whose modules have another name altogether.
MODULES: Mapping[str, tuple[str, ...]] = {
    "attrs": ("attr",),
    "beautifulsoup4": ("bs4",),
    "djangorestframework": ("rest-framework",),
    "opencv-python": ("cv2",),
    "opencv-python-headless": ("cv2",),
    "pillow": ("pil",),
    "protobuf": ("google",),
    "psycopg2-binary": ("psycopg2",),
    "pycryptodome": ("crypto",),
    "scikit-learn": ("sklearn",),
    "setuptools": ("pkg-resources",),
}


def is_flat_freeze(requirements: Collection[Requirement]) -> bool:
    """Return whether every requirement is pinned to one version, as `pip freeze` and pip-compile write them."""
    return bool(requirements) and all(is_pin(requirement) for requirement in requirements)


def roots(requirements: Iterable[Requirement], lock: str, imported: Collection[str] = ()) -> tuple[Requirement, ...]:
    """Return the requirements that have to stay, in their order: the others come with them anyway.

    Those stay that no other package of the lock requires, that have extras or a marker of their own, or that the code
    imports (`imported` are normalised names of modules); and one of each circle.
    """
    graph = _graph(lock)
    wanted = tuple(requirements)
    needed = {name for package, names in graph.items() for name in names if name != package}
    kept = {
        requirement.package
        for requirement in wanted
        if requirement.package not in needed
        or not _modules(requirement.package).isdisjoint(imported)
        or requirement.spec.extras
        or requirement.spec.marker
    }
    reached = _reached(kept, graph)
    for requirement in wanted:
        if requirement.package not in reached:
            kept.add(requirement.package)
            reached |= _reached({requirement.package}, graph)
    return tuple(requirement for requirement in wanted if requirement.package in kept)


def pruned(  # noqa: PLR0913, PLR0917 - what is there, what it becomes, and the means
    locked: Locked,
    requirements: tuple[Requirement, ...],
    kept: tuple[Requirement, ...],
    smaller: str | None,
    uv: Uv,
    show: TextIO | None,
) -> tuple[Locked, tuple[Finding, ...]]:
    """Return the lock of a smaller pyproject.toml, and what there is to say; the old one if it is not wholly the same.

    `smaller` requires only the `kept` ones of the requirements; None: pruning is not asked for.
    """
    dropped = [requirement.spec.name for requirement in requirements if requirement not in kept]
    if not dropped:
        return locked, ()
    result, kind = locked, kinds.PRUNABLE
    if smaller is not None:
        lock = _relocked(smaller, locked.lock, uv, show)
        result = replace(locked, pyproject=smaller, lock=lock) if lock else locked
        kind = kinds.PRUNED if lock else kinds.NOT_PRUNED
    said = kind.at(requirements[0].path, number=len(dropped), all=len(requirements), names=", ".join(dropped))
    return result, (said,)


def _relocked(pyproject: str, lock: str, uv: Uv, show: TextIO | None) -> str | None:
    try:
        new = uv.lock(pyproject, lock, show)
    except LockFailed:
        return None
    same = list(map(_identity, _packages(new))) == list(map(_identity, _packages(lock)))
    return new if same else None


def _identity(package: Mapping[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return what a package is without its files, and the hashes of its files: the rest of a file's entry may vary."""
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    others = {key: value for key, value in package.items() if key not in {"sdist", "wheels"}}
    return others, {file.get("hash", "") for file in files}


def _modules(package: str) -> set[str]:
    """Return the names that the modules of a package may have."""
    shorter = {package.removeprefix("python-"), package.removesuffix("-python"), package.removeprefix("py")}
    return {package, *shorter, *MODULES.get(package, ())}


def _packages(lock: str) -> Iterator[Mapping[str, Any]]:
    """Yield the packages of a lock without the project itself."""
    for package in parsed(lock).get("package", ()):
        if not {"virtual", "editable"} & package.get("source", {}).keys():
            yield package


def _graph(lock: str) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for package in _packages(lock):
        extras = package.get("optional-dependencies", {}).values()
        groups = [package.get("dependencies", []), *extras]
        graph.setdefault(package["name"], set()).update(needed["name"] for group in groups for needed in group)
    return graph


def _reached(names: Iterable[str], graph: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += graph.get(name, ())
    return reached
