"""What a lock installs."""

from migrate.lock.markers import linux
from migrate.lockfile import Lockfile, Selection, parsed
from migrate.python_version import Version

_PRODUCTION = Selection()


def installed(lock: str, python: Version, selection: Selection = _PRODUCTION) -> dict[str, str]:
    """Return the packages that an image gets from a lock, the project apart: their versions by name."""
    found = Lockfile(lock).installed(selection, [linux(str(python))])
    return {package.name: package.version for package in found if not package.is_project}


def versions(lock: str) -> frozenset[tuple[str, str, str]]:
    """Return all packages of a lock: name, version and where it comes from."""
    return frozenset(
        (package["name"], package.get("version", ""), str(sorted(package["source"].items())))
        for package in parsed(lock).get("package", ())
    )
