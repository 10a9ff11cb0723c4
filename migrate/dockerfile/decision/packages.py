"""What becomes of the system's packages: what only builds moves to the builder, what runs stays."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from posixpath import basename

from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.decision.wheels import Wheels, needs_git, wheels
from migrate.dockerfile.facts import apt, debian
from migrate.dockerfile.facts.apt import REMOVING
from migrate.dockerfile.facts.commands import is_plain
from migrate.dockerfile.facts.distributions import release_of
from migrate.dockerfile.facts.facts import START, Facts
from migrate.dockerfile.facts.pip import removes_installers
from migrate.dockerfile.facts.runs import Run
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.names import is_dockerfile
from migrate.repo import UnreadableText

_PROGRAMS = {"build-essential": frozenset({"gcc", "g++", "cc", "c++", "make"}), "gcc": frozenset({"gcc", "cc"})}
# Files that may call git: code, scripts and what configures them.
_CODE = re.compile(r"(?:.*/)?(?:[^/.]+|[^/]+\.(?:bash|cfg|conf|ini|py|sh|toml|ya?ml))")
_GIT = re.compile(r"(?<![\w./+-])git(?![\w./+:-])")


@dataclass(frozen=True, slots=True)
class SystemPackages:
    """What becomes of one apt command: the words that change in the runtime, and what takes their place, if anything.

    `builder` are the packages that the builder installs, in order.
    """

    builder: tuple[str, ...]
    replaced: Mapping[int, str | None]  # index of the word in the command → what it becomes


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a package: whether the builder has it, what the runtime has, None if it stays there, and why.

    `brought`: what it brings along that builds, which the builder has in its place.
    """

    is_built_with: bool
    runtime: tuple[str, ...] | None
    reason: str | None = None
    brought: tuple[str, ...] = ()


def system_packages(
    part: Part, installed: Collection[str] = ()
) -> tuple[dict[tuple[int, int], SystemPackages], tuple[Finding, ...]]:
    """Return what becomes of apt's installs up to the last step that installs requirements, and what to say.

    Removals of what is not installed any more go with it, and so do libraries that the stage has `installed` before.
    """
    found: dict[tuple[int, int], SystemPackages] = {}
    if part.role is not Role.SPLIT:
        return found, ()
    facts, known = part.facts, wheels(part) if any(run.apt for _, run in part.facts.understood) else None
    findings: list[Finding] = []
    moved: set[str] = set()
    for index, run in facts.understood:
        is_before = index <= max(facts.dependency_steps, default=-1)
        for number, command in run.apt.items():
            if run.commands[number].depth:
                continue
            if command.action in REMOVING:
                gone = {i: tuple(n for n in names if n not in moved) for i, names in command.words.items()}
                found[index, number] = _change(command, gone)
            if command.action != "install" or not is_before:
                continue
            recommends = apt.recommends(run.commands[number].argv)
            fates = {name: _fate(facts, known, name, index, recommends=recommends) for name in command.packages}
            moved |= {name for name, fate in fates.items() if fate.runtime is not None}
            own = [name for name, fate in fates.items() if fate.is_built_with]
            builder = tuple(dict.fromkeys((*own, *(each for fate in fates.values() for each in fate.brought))))
            if builder or any(fate.runtime is not None for fate in fates.values()):
                found[index, number] = _change(command, _words(command, fates, installed), builder)
            findings += _spoken(facts.path, facts.line(index), fates, known)
    return {place: change for place, change in found.items() if change.builder or change.replaced}, tuple(findings)


def may_move(facts: Facts, package: str) -> bool:
    """Return whether a package is one that leaves the runtime, if nothing there needs it."""
    return apt.only_builds(package) or _libraries(facts, package) is not None


def _fate(facts: Facts, known: Wheels | None, package: str, index: int, *, recommends: bool) -> _Fate:
    builds = known is None or bool(known.built)
    compiling = known.compiling if known else None
    if (python := apt.python_of_installer(package)) and not _is_needed(facts, index):
        brings = recommends and apt.name_of(package) in apt.WITH_COMPILERS
        if brings and compiling:
            return _Fate(is_built_with=False, runtime=None)
        left = apt.left_by_installer(package, release_of(facts.stage.image) if facts.stage.image else None)
        compilers = ("build-essential", "python3-dev") if brings else ()
        brought = (*compilers, *(each for each in left if each != "ca-certificates")) if builds else ()
        return _Fate(is_built_with=False, runtime=(python, *left), brought=brought)
    if apt.name_of(package) == "git" and needs_git(facts):
        return _Fate(is_built_with=True, runtime=None if _may_call_git(facts, known) else ())
    if apt.only_builds(package):
        reason = _needed_by(facts, package, index) or (compiling and f"{compiling} compiles while the program runs")
        return _Fate(builds, None if reason else (), reason)
    if not apt.is_header(package):
        return _Fate(is_built_with=False, runtime=None)
    libraries = _libraries(facts, package)
    if known and known.bundle(apt.name_of(package)):
        libraries = ()
    return _Fate(builds, libraries)


def _is_needed(facts: Facts, index: int) -> bool:
    """Return whether the stage may need apt's pip, or the compilers that it recommends, behind a step."""
    image = facts.stage.image
    calls = (told or () for _, run in facts.understood for told in run.pip.values())
    is_beside = image is None or image.is_official_python  # it is not the Python of the packages
    return is_beside or any(map(removes_installers, calls)) or _needed_by(facts, "build-essential", index) is not None


def _libraries(facts: Facts, package: str) -> tuple[str, ...] | None:
    return debian.libraries(apt.name_of(package), facts.stage.image) if apt.is_header(package) else None


def _words(command: apt.Apt, fates: Mapping[str, _Fate], installed: Collection[str]) -> dict[int, tuple[str, ...]]:
    """Return the packages that the runtime installs, by the word in whose place they stand."""
    present = {*installed, *(apt.name_of(name) for name, fate in fates.items() if fate.runtime is None)}
    staying: dict[int, tuple[str, ...]] = {}
    for i, names in command.words.items():
        words: list[str] = []
        for name in names:
            runtime = fates[name].runtime
            words += [name] if runtime is None else [library for library in runtime if library not in present]
            present.update(runtime or ())
        staying[i] = tuple(words)
    return staying


def _change(command: apt.Apt, staying: Mapping[int, tuple[str, ...]], builder: Iterable[str] = ()) -> SystemPackages:
    replaced = {i: " ".join(words) or None for i, words in staying.items() if words != command.words[i]}
    return SystemPackages(tuple(builder), replaced)


def _spoken(path: str, line: int, fates: Mapping[str, _Fate], known: Wheels | None) -> Iterable[Finding]:
    """Yield what there is to say; nothing about a package that only stays where it is."""
    reason = f", because {known.reason}" if known else ""
    moved = [name for name, fate in fates.items() if fate.runtime is not None and fate.is_built_with]
    if "git" in moved:
        moved.remove("git")
        yield kinds.BUILD_PACKAGES_MOVED.at(path, line, packages="git, because nothing but uv calls it")
    unneeded = [name for name, fate in fates.items() if fate.runtime is not None and not fate.is_built_with]
    if installers := [name for name in unneeded if apt.python_of_installer(name)]:
        unneeded = [name for name in unneeded if name not in installers]
        yield kinds.BUILD_PACKAGES_UNNEEDED.at(path, line, packages=f"{', '.join(installers)}, because uv needs no pip")
    if moved:
        yield kinds.BUILD_PACKAGES_MOVED.at(path, line, packages=", ".join(moved) + reason)
    if unneeded:
        yield kinds.BUILD_PACKAGES_UNNEEDED.at(path, line, packages=", ".join(unneeded) + reason)
    for name, fate in fates.items():
        if fate.runtime is None and fate.is_built_with and fate.reason:
            yield kinds.BUILD_PACKAGES_KEPT.at(path, line, packages=name, reason=fate.reason)
        elif fate.runtime is None and fate.is_built_with and apt.is_header(name):
            yield kinds.HEADERS_KEPT.at(path, line, packages=name)


def _needed_by(facts: Facts, package: str, since: int) -> str | None:
    """Return which step of the runtime may need a build tool, or None if surely none does, or it was removed again."""
    programs = _PROGRAMS.get(apt.name_of(package), frozenset({apt.name_of(package)}))
    until, last = _removal(facts, package, since)
    for index, step in enumerate(facts.stage.steps):
        if not since <= index <= until:
            continue
        if step.instruction.keyword in START and programs & set(re.findall(r"[\w+.-]+", step.instruction.arguments)):
            return f"line {facts.line(index)} calls it"
        run = facts.runs.get(index)
        if index in facts.runs and run is None:
            return f"line {facts.line(index)} is not understood"
        for number, command in enumerate(run.commands[: last if index == until else None] if run else ()):
            words = command.argv
            if run and number not in run.pip and number not in run.apt and words and not is_plain(words):
                return f"line {facts.line(index)} runs {basename(command.words[0].text)}"
    return None


def _removal(facts: Facts, package: str, since: int) -> tuple[int, int]:
    """Return the step and the command that remove a package again, or what is behind the last one."""
    for index, run in facts.understood:
        for number, call in run.apt.items() if index >= since else ():
            if call.action in REMOVING and package in call.packages and not run.commands[number].depth:
                return index, number
    return len(facts.stage.steps), 0


def _may_call_git(facts: Facts, known: Wheels | None) -> bool:
    """Return whether anything else than uv may need git in the image."""
    if known is None or known.calls_git:
        return True
    return any(_calls_git(run) for run in facts.runs.values()) or any(map(_GIT.search, _code(facts)))


def _calls_git(run: Run | None) -> bool:
    """Whether a RUN may call git otherwise than through apt and pip."""
    return run is None or any(
        _GIT.search(word.text)
        for number, command in enumerate(run.commands)
        if number not in run.apt and number not in run.pip
        for word in command.words
    )


def _code(facts: Facts) -> Iterable[str]:
    """Yield the texts that start programs in the container."""
    yield from (step.instruction.arguments for _, step in facts.starts)
    for path in facts.target.repo.files:
        if _CODE.fullmatch(path) and path != facts.path and not is_dockerfile(path):
            try:
                yield facts.target.repo.text(path)
            except UnreadableText:
                yield "git"
