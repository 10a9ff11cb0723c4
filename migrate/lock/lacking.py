"""What a wheel for Linux requires and the lock lacks: uv reads the requirements of one wheel, and others may differ."""

import re
from collections.abc import Callable, Iterator

from migrate.findings import Finding
from migrate.findings import lock as kinds
from migrate.lock.markers import linux
from migrate.lock.uv import LockFailed
from migrate.lockfile import Lockfile, Package, Selection
from migrate.python_version import Version

_LARGE = 10_000_000  # bytes; wheels that differ between systems are those of large programs, which are packed for each
_RESOLVED = re.compile(r"(?m)^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>\S+)\s+# via (?P<via>.+)$")


def lacking(
    lock: Lockfile, selection: Selection, python: Version, resolved: Callable[[list[str], list[str]], str]
) -> Iterator[Finding]:
    """Yield a finding if packages that an image gets require more in their wheels for Linux than the lock has.

    `resolved` is uv's resolver for that system (`Uv.resolved`): it is given large packages with wheels for several
    systems, and the versions of the lock as limits. Nothing is yielded where it finds no solution.
    """
    installed = [
        package
        for package in lock.installed(selection, [linux(str(python))])
        if not package.is_project and "registry" in package.source and package.version
    ]
    pins = {package.name: f"{package.name}=={package.version}" for package in installed}
    wanted = [pins[package.name] for package in installed if _may_differ(package)]
    try:
        text = resolved(wanted, [*pins.values()]) if wanted else ""
    except LockFailed:
        return
    more = [found for found in _RESOLVED.finditer(text) if found["name"] not in pins]
    first = [
        f"{found['name']} {found['version']} (for {', '.join(by)})"
        for found in more
        if (by := [name for name in found["via"].split(", ") if name in pins])
    ]
    if first:
        yield kinds.LACKING.at("uv.lock", packages=", ".join(first), count=len(more))


def _may_differ(package: Package) -> bool:
    systems = {file.rpartition("-")[2] for file in package.wheels}
    return len(systems) > 1 and not 0 < package.least < _LARGE
