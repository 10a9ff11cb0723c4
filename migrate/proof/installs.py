"""What pip installs from requirements files, and what uv installs from a lock: versions by normalised name."""

import json
import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TextIO

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from migrate.basis import LOCK, PYPROJECT
from migrate.errors import MigrateError
from migrate.legacy import Installation
from migrate.lock.around import Around
from migrate.lock.markers import holds, linux
from migrate.lock.reasons import without_credentials
from migrate.lock.scratch import NOTHING, scratch
from migrate.lock.uv import Uv
from migrate.lockfile import parsed
from migrate.process import Finished, run

LONGEST = 1800.0  # seconds that pip or uv may take
_CONNECTION = frozenset({"PIP_CERT", "PIP_CLIENT_CERT", "PIP_DEFAULT_TIMEOUT", "PIP_PROXY", "PIP_RETRIES"})
_INDEX_LINE = re.compile(r"^(?:-(?!e )|#|\s|$)")
_EDITABLE = re.compile(r"^-e ")


@dataclass(frozen=True, slots=True)
class NewFiles:
    """The texts of pyproject.toml and of its uv.lock."""

    pyproject: str
    lock: str


@dataclass(frozen=True, slots=True)
class OldFiles:
    """Requirements files as texts by path, the one that pip is given, and the Python version such as "3.11".

    `as_of` is a time (RFC 3339) after which nothing may have been published, or None. `around` is what else they need.
    """

    texts: Mapping[str, str]
    start: str
    python: str
    as_of: str | None = None
    around: Around = NOTHING


def by_pip(uv: Uv, old: OldFiles, show: TextIO | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """Return what pip would install, and the environment that markers are judged by (PEP 508).

    pip runs with that Python version in a new environment and installs nothing.
    Raises MigrateError if that Python is missing or pip finds no solution.
    """
    with scratch(old.texts, old.around) as folder:
        environment = folder.parent / "environment"
        made = uv.run(
            "venv", "--quiet", "--seed", "--no-config", "--python", old.python, str(environment), folder=folder
        )
        _check(made, f"no environment for pip with Python {old.python}")
        report = folder.parent / "report.json"
        limit = ("--uploaded-prior-to", old.as_of) if old.as_of else ()
        command = ("install", "--quiet", "--dry-run", "--ignore-installed", "--report", str(report), *limit)
        interpreter = str(environment / "bin" / "python")
        asked = (interpreter, "-m", "pip", "--disable-pip-version-check", "--no-input", *command, "-r", old.start)
        finished = run(asked, cwd=folder, environment=_as_in_an_image(os.environ), show=show, timeout=LONGEST)
        _check(finished, "pip finds no solution for the old files")
        told = json.loads(report.read_text(encoding="utf-8"))
    metadata = (package["metadata"] for package in told["install"])
    return {canonicalize_name(data["name"]): data["version"] for data in metadata}, told["environment"]


def by_uv(uv: Uv, old: OldFiles, show: TextIO | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """Return the same as `by_pip`, with the resolver of uv in the place of pip's, for Linux on x86-64."""
    limit = ("--exclude-newer", old.as_of) if old.as_of else ()
    platform = ("--python-version", old.python, "--python-platform", "x86_64-manylinux_2_28")
    plain = ("--no-header", "--no-annotate", "--no-config", "--quiet", "--emit-build-options")
    with scratch(old.texts, old.around) as folder:
        command = ("pip", "compile", old.start, *platform, *plain, *limit)
        told = uv.run(*command, folder=folder, show=show)
    _check(told, "uv finds no solution for the old files")
    environment = linux(old.python)
    return _versions(told.stdout, environment), environment


def by_lock(uv: Uv, new: NewFiles, installation: Installation, environment: Mapping[str, str]) -> dict[str, str]:
    """Return what `uv sync` installs from a lock where markers are judged by `environment`, the project apart.

    The groups of the `installation` are installed, and no others. Raises MigrateError if uv cannot read the lock.
    """
    plain = ("--no-header", "--no-annotate", "--no-hashes", "--no-emit-project", "--quiet")
    flag = "--group" if installation.has_production else "--only-group"
    chosen = [f"{flag}={group.name}" for group in installation.groups]
    with scratch({PYPROJECT: new.pyproject, LOCK: new.lock}) as folder:
        told = uv.run("export", "--frozen", "--no-default-groups", *chosen, *plain, folder=folder)
    _check(told, "uv cannot read the lock")
    return _versions(told.stdout, environment, _unreleased(new.lock))


def _as_in_an_image(ours: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which pip finds no settings of this machine but those that it needs to reach an index.

    An image build does not see them either, and neither does uv; uv's default index stands in for PyPI.
    """
    kept = {name: value for name, value in ours.items() if not name.startswith("PIP_") or name in _CONNECTION}
    index = ours.get("UV_DEFAULT_INDEX") or ours.get("UV_INDEX_URL")
    return kept | {"PIP_CONFIG_FILE": os.devnull} | ({"PIP_INDEX_URL": index} if index else {})


def _versions(
    exported: str, environment: Mapping[str, str], unreleased: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> dict[str, str]:
    """Return the versions of a list of pinned requirements; one without a version has that of `unreleased`."""
    versions: dict[str, str] = {}
    for line in _lines(exported):
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            path = posixpath.normpath(_EDITABLE.sub("", line).partition(" ;")[0].strip())
            name, version = unreleased.get(path, (line, line))
            versions[name] = version
            continue
        if holds(requirement.marker, environment):
            pins = [specifier.version for specifier in requirement.specifier]
            name = canonicalize_name(requirement.name)
            versions[name] = pins[0] if pins else unreleased.get(name, (name, requirement.url or ""))[1]
    return versions


def _unreleased(lock: str) -> dict[str, tuple[str, str]]:
    """Return name and version of the packages that come from no index, by name and by path; "": it is not known."""
    found: dict[str, tuple[str, str]] = {}
    for package in parsed(lock).get("package", ()):
        if "registry" not in package["source"]:
            known = package["name"], package.get("version", "")
            found |= {package["name"]: known} | {
                posixpath.normpath(place): known for place in package["source"].values()
            }
    return found


def _lines(exported: str) -> Iterable[str]:
    return (line for line in exported.splitlines() if not _INDEX_LINE.match(line))


def _check(finished: Finished, failure: str) -> None:
    if finished.returncode:
        lines = [line for line in finished.stderr.splitlines() if re.match(r"ERROR|error|\s+cause", line)]
        reason = " ".join((lines or finished.stderr.splitlines() or ["no reason given"])[-1].split())
        raise MigrateError(f"{failure}: {without_credentials(reason)}")
