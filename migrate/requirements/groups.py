"""Requirements files for development → dependency groups (PEP 735)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import basename, dirname

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.repo import Repo
from migrate.requirements.compare import contradict, implies
from migrate.requirements.model import Line, Requirement, Requirements
from migrate.requirements.read import read

_NAMES = {
    "dev": ("dev", "devel", "develop", "development"),
    "docs": ("doc", "docs", "documentation"),
    "lint": ("format", "lint", "linting", "linters", "qa", "style"),
    "test": ("test", "testing", "tests"),
    "typing": ("mypy", "types", "typing"),
}
_GROUP_OF = {word: name for name, words in _NAMES.items() for word in words}
_FILE = re.compile(
    r"requirements?[-_.](?P<behind>[\w-]+)\.txt|(?P<before>[\w-]+)[-_.]requirements?\.txt", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Group:
    """A dependency group: what the file `path` adds to the project, and the groups that it includes.

    `files` are the file itself and those that it reads and nothing else does.
    """

    name: str
    path: str
    requirements: tuple[Requirement, ...]
    includes: tuple[str, ...]
    files: tuple[str, ...]


def groups(repo: Repo, production: Requirements) -> tuple[tuple[Group, ...], tuple[Finding, ...], tuple[Line, ...]]:
    """Return the groups of the requirements files for development, what there is to say, and what became of the lines.

    They lie at the root or in the folder `requirements`, and their names say what they are for. One with a line that is
    not converted is left as it is, and so is one whose purpose is not known.
    """
    paths, findings = _named(repo, production)
    found = {name: read(repo, path) for name, path in paths.items()}
    good: list[Group] = []
    for name, wanted in found.items():
        reasons = _reasons(paths[name], wanted, production)
        findings += reasons or [finding for finding in wanted.findings if finding.path not in production.files]
        if not reasons:
            good.append(_group(name, paths, wanted, production))
    names = {group.name for group in good}
    while lame := [group for group in good if not names.issuperset(group.includes)]:
        findings += (
            kinds.GROUP_LEFT.at(group.path, reason="it includes a file that is not converted") for group in lame
        )
        good = [group for group in good if group not in lame]
        names = {group.name for group in good}
    read_here = {file for group in good for file in group.files} | {group.path for group in good}
    lines = (
        line if line.path in read_here else replace(line, result=None)
        for wanted in found.values()
        for line in wanted.lines
        if line.path not in production.files
    )
    return tuple(good), tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(lines))


def _named(repo: Repo, production: Requirements) -> tuple[dict[str, str], list[Finding]]:
    paths: dict[str, str] = {}
    compiled = {f"{path.removesuffix('.txt')}.in": path for path in production.files if path.endswith(".txt")}
    findings = [kinds.COMPILED.at(path, file=compiled[path]) for path in sorted(repo.files & compiled.keys())]
    for path in sorted(repo.files - set(production.files)):
        word = _word(path)
        if word is None:
            continue
        name = _GROUP_OF.get(word)
        if name is None:
            findings.append(kinds.PURPOSE_UNKNOWN.at(path))
        elif name in paths:
            findings.append(kinds.GROUP_LEFT.at(path, reason=f"{paths[name]} is the group {name} already"))
        else:
            paths[name] = path
    return paths, findings


def _word(path: str) -> str | None:
    """Return what the name of a requirements file says it is for, or None if it is no requirements file."""
    folder, file = dirname(path), basename(path)
    if folder == "requirements" and file.endswith(".txt"):
        match = _FILE.fullmatch(file)
        return (match["behind"] or match["before"] if match else file.removesuffix(".txt")).lower()
    match = None if folder else _FILE.fullmatch(file)
    return (match["behind"] or match["before"]).lower() if match else None


def _reasons(path: str, wanted: Requirements, production: Requirements) -> list[Finding]:
    """Return why a file is left as it is."""
    blocked = [finding for finding in wanted.findings if finding.path in wanted.blocked]
    if blocked:
        return [*blocked, kinds.GROUP_LEFT.at(path, reason="a line of it or of what it includes is not converted")]
    if not (set(wanted.settings) <= set(production.settings) and set(wanted.indexes) <= set(production.indexes)):
        return [kinds.GROUP_LEFT.at(path, reason="it has options that the requirements of the project do not have")]
    if any(not _is_known(one, production) for one in wanted.constraints):
        return [kinds.GROUP_LEFT.at(path, reason="it has constraints that the requirements of the project do not have")]
    return [
        kinds.CONTRADICTION.at(one.path, one.line, name=one.spec.name, other=other.place)
        for one in wanted.requirements
        for other in production.requirements
        if other.package == one.package and (contradict(other.spec, one.spec) or other.source != one.source)
    ]


def _is_known(constraint: Requirement, production: Requirements) -> bool:
    return any(implies(one.spec, constraint.spec) for one in (*production.requirements, *production.constraints))


def _group(name: str, paths: dict[str, str], wanted: Requirements, production: Requirements) -> Group:
    includes = tuple(other for other, path in paths.items() if other != name and path in wanted.files)
    elsewhere = {*production.files, *(paths[other] for other in includes)}
    own = tuple(one for one in wanted.requirements if one.path not in elsewhere)
    return Group(
        name,
        paths[name],
        tuple(_added(own, production.requirements)),
        includes,
        tuple(file for file in wanted.files if file not in elsewhere),
    )


def _added(own: Sequence[Requirement], production: Sequence[Requirement]) -> Iterator[Requirement]:
    packages: dict[str, list[Requirement]] = {}
    for one in production:
        packages.setdefault(one.package, []).append(one)
    return (one for one in own if not any(implies(other.spec, one.spec) for other in packages.get(one.package, ())))
