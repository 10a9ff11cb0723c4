"""What pip is given: the old files as they are, apart from lines that only ever worked on another machine."""

import re
import tomllib
from collections.abc import Iterator, Mapping

from migrate import requirements
from migrate.basis import LOCK, PYPROJECT, Basis, basis, locked
from migrate.errors import MigrateError
from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.legacy import Installation, Legacy
from migrate.lock.preferences import unused
from migrate.lock.uv import Uv
from migrate.lockfile import parsed
from migrate.moved import Together
from migrate.options import Options
from migrate.requirements import Line, Requirement
from migrate.requirements.source import text_of

START = ".uvmigrate-start.txt"  # the file that pip is started with
_ELSEWHERE = {kinds.FOSSIL.code, kinds.CONDA.code, kinds.WINDOWS_ONLY.code}
_ITSELF = re.compile(r"(?:(?:-e|--editable)[ =]?\s*)?\.(?:\[[^\]]*\])?")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def texts(old: Legacy, installation: Installation) -> dict[str, str]:
    """Return all that pip reads by path: the requirements files, and one that adds what other files tell pip.

    Where a finding says that a line has no meaning on Linux, or on another machine, pip gets what became of it. The
    project itself is not built: its dependencies stand in its place. Raises MigrateError if a file cannot be read.
    """
    read = old.production.files if installation.has_production else old.constraints
    given = [path for path in old.given if path in read]
    added = [*map(_as_told, old.inline), *_of_project(old)] if installation.has_production else []
    for group in installation.groups:
        if group.files:
            given.append(group.path)
            read += requirements.read(old.repo, group.path).files
        else:
            added += map(_as_told, group.requirements)
    start = "\n".join(
        (*old.options, *(f"-c {path}" for path in old.constraints), *(f"-r {path}" for path in given), *added, "")
    )
    changed = {(line.path, line.number): _instead(line) for line in old.lines if _is_changed(line)}
    return {path: _with(_read(old, path), path, changed) for path in read} | {START: start}


def announced(old: Legacy, lock: str) -> dict[str, Finding]:
    """Return the packages that may differ, because a finding of the migration says so; by normalised name."""
    lines = old.production.lines
    found = {_package(line): line.finding for line in lines if line.finding and line.finding.code in _ELSEWHERE}
    left = {(one.path, one.line): one for one in unused(old.production.pins, lock, old.python)}
    found |= {pin.package: left[place] for pin in old.production.pins if (place := (pin.path, pin.line)) in left}
    binary = next(
        (line.finding for line in lines if line.finding and line.finding.code == kinds.PREFER_BINARY.code), None
    )
    if binary:
        found |= {one["name"]: binary for one in parsed(lock).get("package", ()) if not one.get("wheels")}
    return found


def moved(
    old: Legacy, pyproject: str, installation: Installation, uv: Uv, options: Options
) -> Mapping[str, tuple[str, str]]:
    """Return the packages of an image that have another version because a lock is for more than that image.

    Each has the code of the finding that says so, and both versions. The lock is made anew, with the groups that
    `pyproject` has, as one of an earlier day may have other versions for that reason alone.
    """
    groups = tomllib.loads(pyproject).get("dependency-groups", {})
    old = old.without([group.name for group in old.groups if group.name not in groups], "")
    what, _ = basis(old.repo, old.production, old.groups, old.pythons)

    def lock(less: Basis) -> Mapping[str, str] | None:
        return locked(less, uv, options, None)[0]

    whole = lock(what) if what else None
    return Together(old, what, whole[LOCK], lock).in_an_image(installation) if what and whole else {}


def _as_told(one: Requirement) -> str:
    """Return a requirement of a Dockerfile as pip was told it: with the folder or the address that it comes from."""
    keys = dict(one.source.keys) if one.source else {}
    extras = f"[{','.join(sorted(one.spec.extras))}]" if one.spec.extras else ""
    marker = f" ; {one.spec.marker}" if one.spec.marker else ""
    if one.source and one.source.local:
        return f"./{one.source.local}{extras}{marker}"
    address = keys.get("url")
    if git := keys.get("git"):
        version = next((f"@{keys[key]}" for key in ("rev", "tag", "branch") if key in keys), "")
        folder = f"#subdirectory={keys['subdirectory']}" if "subdirectory" in keys else ""
        address = f"git+{git}{version}{folder}"
    return f"{one.spec.name}{extras} @ {address}{marker}" if address else one.text


def _read(old: Legacy, path: str) -> str:
    text = text_of(old.repo, path)
    if isinstance(text, Finding):
        raise MigrateError(f"{text.path}: {text.message}")
    return text


def _is_changed(line: Line) -> bool:
    return bool(line.finding and line.finding.code in _ELSEWHERE) or _ITSELF.fullmatch(line.text.strip()) is not None


def _instead(line: Line) -> str:
    is_kept = line.finding and line.finding.code != kinds.FOSSIL.code and not _ITSELF.fullmatch(line.text.strip())
    return (line.result or "") if is_kept else ""


def _with(text: str, path: str, changed: Mapping[tuple[str, int], str]) -> str:
    """Return a file with other logical lines in the place of some, which begin at the physical lines that are given."""
    lines = text.splitlines()
    for number in (number for file, number in changed if file == path):
        index = number - 1
        while lines[index].endswith("\\") and index + 1 < len(lines):
            lines[index], index = "", index + 1
        lines[index] = changed[path, number]
    return "\n".join((*lines, ""))


def _package(line: Line) -> str:
    from packaging.utils import canonicalize_name

    match = _NAME.match(line.text)
    return canonicalize_name(match[0]) if match else ""


def _of_project(old: Legacy) -> Iterator[str]:
    """Yield the dependencies of the [project] table, which requirements of the project itself do not repeat."""
    match old.repo.toml(PYPROJECT) if old.production.has_itself else {}:
        case {"project": {"dependencies": [*dependencies]}}:
            yield from map(str, dependencies)
