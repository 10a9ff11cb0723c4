"""The cheap proof: every exact version of the old files is in the lock."""

from collections.abc import Iterable, Iterator

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion
from packaging.version import Version as PackageVersion

from migrate.findings import Finding
from migrate.findings import lock as kinds
from migrate.lock.markers import holds, linux
from migrate.lockfile import parsed
from migrate.python_version import Version
from migrate.requirements import Requirement


def lost_pins(requirements: Iterable[Requirement], lock: str, python: Version) -> Iterator[Finding]:
    """Yield a finding for each `==` and `===` that holds on Linux under a Python version and is not in the lock."""
    locked: dict[str, set[str]] = {}
    for package in parsed(lock).get("package", ()):
        locked.setdefault(package["name"], set()).add(package.get("version", ""))
    environment = linux(str(python))
    for requirement in requirements:
        marker = requirement.spec.marker
        pins = [
            specifier.version
            for specifier in requirement.spec.specifier
            if specifier.operator in {"==", "==="} and not specifier.version.endswith(".*")
        ]
        if not pins or not holds(marker, environment):
            continue
        versions = locked.get(canonicalize_name(requirement.spec.name), set())
        if not any(_same(pins[0], version) for version in versions):
            yield kinds.PIN_LOST.at(
                requirement.path,
                requirement.line,
                name=requirement.spec.name,
                version=pins[0],
                locked=", ".join(sorted(versions)) or "no version of it",
            )


def is_pin(requirement: Requirement) -> bool:
    """Return whether a requirement admits one version only."""
    specifiers = list(requirement.spec.specifier)
    return len(specifiers) == 1 and specifiers[0].operator in {"==", "==="} and not specifiers[0].version.endswith(".*")


def _same(pin: str, version: str) -> bool:
    try:
        wanted, found = PackageVersion(pin), PackageVersion(version)
    except InvalidVersion:
        return pin == version
    return wanted == found or (not wanted.local and wanted.public == found.public)
