"""What a change of a uv.lock means, told in packages instead of lines."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from migrate.lockfile import parsed
from migrate.plan import Change
from migrate.report.escape import one_line


class _Locked(NamedTuple):
    version: str
    source: object


_Packages = Mapping[str, list[_Locked]]

_ADDED, _REMOVED, _CHANGED = "+", "-", "~"
_VERBS = {_ADDED: "added", _REMOVED: "removed", _CHANGED: "changed"}


def summary(change: Change) -> str:
    """Return the packages that a change of a uv.lock adds, removes and changes: a line of counts, then one for each.

    The project itself (source `virtual` or `editable` at `.`) is not counted. A package that is locked in several
    versions is one package. A side that is not a lock counts as empty, and the first line says so.
    """
    sides = {"old": change.before, "new": change.after}
    packages = {side: {} if text is None else _packages(text) for side, text in sides.items()}
    old, new = packages["old"] or {}, packages["new"] or {}
    differences = list(_differences(old, new))
    heading = _counts([mark for mark, _ in differences])
    if None not in sides.values():
        heading += f"; {len(new)} in all"
    for side, read in packages.items():
        if read is None:
            heading += f"; the {side} file is not a lock file"
    lines = [f"{one_line(change.path)}: {heading}", *(f"  {mark} {one_line(text)}" for mark, text in differences)]
    return "\n".join(lines) + "\n"


def _packages(text: str) -> _Packages | None:
    try:
        entries = parsed(text).get("package", [])
    except (ValueError, RecursionError):
        return None
    packages: dict[str, list[_Locked]] = {}
    for entry in entries if isinstance(entries, list) else [None]:
        match entry:
            case {"source": {"virtual": "."} | {"editable": "."}}:
                continue
            case {"name": str(name), "version": str(version), **rest}:
                packages.setdefault(name, []).append(_Locked(version, rest.get("source")))
            case {"name": str(name), **rest} if "version" not in rest:
                packages.setdefault(name, []).append(_Locked("without version", rest.get("source")))
            case _:
                return None
    return packages


def _differences(old: _Packages, new: _Packages) -> Iterator[tuple[str, str]]:
    """Yield a mark and the text of a line for each package that differs, by name."""
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, []), new.get(name, [])
        if not before:
            yield _ADDED, f"{name} {_versions(after)}"
        elif not after:
            yield _REMOVED, f"{name} {_versions(before)}"
        elif _versions(before) != _versions(after):
            yield _CHANGED, f"{name} {_versions(before)} → {_versions(after)}"
        elif before != after:
            yield _CHANGED, f"{name} {_versions(after)} from another source"


def _versions(locked: list[_Locked]) -> str:
    return ", ".join(package.version for package in locked)


def _counts(marks: list[str]) -> str:
    counts = [(marks.count(mark), verb) for mark, verb in _VERBS.items() if mark in marks]
    if not counts:
        return "no package changes"
    (first, verb), *others = counts
    noun = "package" if first == 1 else "packages"
    return ", ".join((f"{first} {noun} {verb}", *(f"{count} {verb}" for count, verb in others)))
