"""What becomes of the system's packages: what only builds moves to the builder, what runs stays."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename

from migrate.dockerfile.decision.start import START
from migrate.dockerfile.facts import apt, debian
from migrate.dockerfile.facts.commands import is_plain
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import argv
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds

_PROGRAMS = {"build-essential": frozenset({"gcc", "g++", "cc", "c++", "make"}), "gcc": frozenset({"gcc", "cc"})}


@dataclass(frozen=True, slots=True)
class SystemPackages:
    """What becomes of one `apt-get install`: the words that leave the runtime, and what takes their place, if anything.

    `builder` are the words that the builder installs, in order.
    """

    builder: tuple[str, ...]
    replaced: Mapping[int, str | None]  # index of the word in the command → the packages of its libraries


def system_packages(facts: Facts) -> tuple[dict[tuple[int, int], SystemPackages], tuple[Finding, ...]]:
    """Return what becomes of each `apt-get install` up to the last step that installs requirements, and what to say."""
    found: dict[tuple[int, int], SystemPackages] = {}
    findings: list[Finding] = []
    for index, run in facts.understood:
        if index > max(facts.dependency_steps, default=-1):
            continue
        for number, command in run.apt.items():
            if command.action != "install" or run.commands[number].depth:
                continue
            words = run.commands[number].words
            packages = {i: word.value for i, word in enumerate(words) if word.value in command.packages}
            libraries = {name: libraries_of(facts, name) for name in filter(None, packages.values())}
            build = {i: name for i, name in packages.items() if name and libraries[name] is not None}
            headers = {i: name for i, name in packages.items() if name and apt.is_header(name) and i not in build}
            needs = {name: reason for name in build.values() if (reason := _needed_by(facts, name, index))}
            moved = {i: libraries[name] or () for i, name in build.items() if name not in needs}
            replaced = _replaced(moved, packages.values())
            if build or headers:
                names = sorted(build.items() | headers.items())
                found[index, number] = SystemPackages(tuple(name for _, name in names), replaced)
            findings += _spoken(facts, index, build, headers, needs)
    return found, tuple(findings)


def libraries_of(facts: Facts, package: str) -> tuple[str, ...] | None:
    """Return the libraries that a package leaves behind when it moves to the builder; None if it does not move."""
    if apt.only_builds(package):
        return ()
    return debian.libraries(apt.name_of(package), facts.stage.image) if apt.is_header(package) else None


def _replaced(moved: Mapping[int, tuple[str, ...]], listed: Iterable[str | None]) -> dict[int, str | None]:
    present = {apt.name_of(name) for name in listed if name}
    replaced: dict[int, str | None] = {}
    for index, libraries in moved.items():
        replaced[index] = " ".join(library for library in libraries if library not in present) or None
        present.update(libraries)
    return replaced


def _spoken(
    facts: Facts, index: int, build: Mapping[int, str], headers: Mapping[int, str], needs: Mapping[str, str]
) -> Iterator[Finding]:
    line = facts.line(index)
    moved = [name for name in build.values() if name not in needs]
    if moved:
        yield kinds.BUILD_PACKAGES_MOVED.at(facts.path, line, packages=", ".join(moved))
    for name in headers.values():
        yield kinds.HEADERS_KEPT.at(facts.path, line, packages=name)
    for name, reason in needs.items():
        yield kinds.BUILD_PACKAGES_KEPT.at(facts.path, line, packages=name, reason=reason)


def _needed_by(facts: Facts, package: str, since: int) -> str | None:
    """Return which step of the runtime may need a build tool, or None if surely none does."""
    if apt.is_header(package):
        return None
    programs = _PROGRAMS.get(apt.name_of(package), frozenset({apt.name_of(package)}))
    for index, step in enumerate(facts.stage.steps):
        if index < since:
            continue
        if step.instruction.keyword in START and programs & set(re.findall(r"[\w+.-]+", step.instruction.arguments)):
            return f"line {facts.line(index)} calls it"
        if index not in facts.runs:
            continue
        run = facts.runs[index]
        if run is None:
            return f"line {facts.line(index)} is not understood"
        for number, command in enumerate(run.commands):
            words = argv(command)
            if number not in run.pip and not is_plain(words):
                return f"line {facts.line(index)} runs {basename(command.words[0].text) if command.words else 'it'}"
    return None
