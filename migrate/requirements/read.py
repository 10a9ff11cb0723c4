"""A requirements file and all that it includes → what pip would have been told."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.once import once
from migrate.repo import Repo
from migrate.requirements.collect import Collected, Role, Statement, collect
from migrate.requirements.compare import implies
from migrate.requirements.compiled import sources
from migrate.requirements.itself import ITSELF, Own, is_itself, own, parts
from migrate.requirements.local import found
from migrate.requirements.logical import LogicalLine, logical_lines
from migrate.requirements.meaning import Include, Itself, Local, Meaning, Refusal
from migrate.requirements.model import Line, Requirement, Requirements
from migrate.requirements.source import resolve, text_of
from migrate.requirements.understand import understand

_File = tuple[str, Role]


def read(repo: Repo, *paths: str, constraints: Collection[str] = ()) -> Requirements:
    """Return what requirements files of a repository say, with the files that they include in their places.

    "." and ".[extra]" are the project itself; `constraints` only limit versions. Each file is read once. One that was
    compiled from others stands for these: they say what is required, and it which versions to keep. Nothing is raised
    for what a file says, or for one that cannot be read: it is a finding.
    """
    texts: dict[_File, str | Finding] = {}
    starts = [(each, Role.REQUIRED) for path in paths for each in parts(path)]
    starts += ((path, _role_of_constraints(repo, path)) for path in constraints)
    collected = collect(each for start in starts if start not in texts for each in _statements(repo, start, texts))
    unreadable = dict.fromkeys(text for text in texts.values() if isinstance(text, Finding))
    has_itself = collected.has_itself or any(map(is_itself, paths))
    required, lines = _without_implied(own(repo) if has_itself else None, collected)
    return Requirements(
        files=tuple(
            dict.fromkeys(path for (path, _), text in texts.items() if isinstance(text, str) and not is_itself(path))
        ),
        lines=lines,
        requirements=required,
        findings=(*unreadable, *(line.finding for line in collected.lines if line.finding)),
        constraints=collected.constraints,
        settings=collected.settings,
        indexes=collected.indexes,
        pins=collected.pins,
        has_itself=has_itself,
    )


@once
def included(repo: Repo, path: str) -> tuple[tuple[str, str], ...]:
    """Return what a requirements file itself includes: as it is written there, and as a file of the repository."""
    text = text_of(repo, path) if path in repo.files else None
    options = (line for line in (logical_lines(text) if isinstance(text, str) else ()) if line.text.startswith("-"))
    return tuple(
        (meaning.target, file)
        for meaning in map(_meaning, options)
        if isinstance(meaning, Include) and isinstance(file := resolve(repo, path, meaning.target), str)
    )


def _without_implied(found: Own | None, collected: Collected) -> tuple[tuple[Requirement, ...], tuple[Line, ...]]:
    """Return requirements without those of the project itself that others imply, and the lines that say so."""
    if found is None:
        return collected.requirements, collected.lines
    others: dict[str, list[Requirement]] = {}
    for one in collected.requirements:
        if one.path != found.path:
            others.setdefault(one.package, []).append(one)
    instead: dict[tuple[int, str], str] = {}
    for one in collected.requirements:
        implying = (other for other in others.get(one.package, ()) if implies(other.spec, one.spec))
        if one.path == found.path and one.source is None and (other := next(implying, None)):
            instead[one.line, one.text] = other.text
    return (
        tuple(one for one in collected.requirements if one.path != found.path or (one.line, one.text) not in instead),
        tuple(
            replace(line, result=instead.get((line.number, line.result or ""), line.result))
            if line.path == found.path
            else line
            for line in collected.lines
        ),
    )


def _statements(repo: Repo, start: _File, texts: dict[_File, str | Finding]) -> Iterator[Statement]:
    """Yield the statements of a file and, after each include, those of the included file; fill `texts` by file.

    A stack of its own instead of recursion: a repository may nest its files as deeply as it likes.
    """
    stack = [*_readers(repo, start, texts)]
    while stack:
        (path, role), lines = stack[-1]
        line = next(lines, None)
        if line is None:
            stack.pop()
            continue
        meaning = _meaning(line)
        if isinstance(meaning, Include):
            open_files = [file for file, _ in stack if file in texts]
            meaning = _found(repo, (path, role), meaning, texts, open_files)
            if is_itself(path):
                stack += _readers(repo, (meaning.target, role), texts) if isinstance(meaning, Include) else ()
                continue
        elif isinstance(meaning, Local):
            meaning = found(repo, meaning)
        yield Statement(_place(repo, path), line, meaning, role)
        if isinstance(meaning, Include) and not meaning.is_again:
            stack += _readers(repo, (meaning.target, _role(repo, role, meaning)), texts)
        elif isinstance(meaning, Itself) and role is Role.REQUIRED:
            for part in reversed(parts(ITSELF, meaning.extras)):
                stack += _readers(repo, (part, role), texts) if (part, role) not in texts else ()


def _readers(
    repo: Repo, file: _File, texts: dict[_File, str | Finding]
) -> Iterator[tuple[_File, Iterator[LogicalLine]]]:
    return ((each, _lines(repo, each, texts)) for each in _opened(repo, file, texts))


def _place(repo: Repo, path: str) -> str:
    """Return where the lines of a file stand; those of the project stand in setup.py, setup.cfg or pyproject.toml."""
    found = own(repo) if is_itself(path) else None
    return found.path if found else path


def _opened(repo: Repo, file: _File, texts: dict[_File, str | Finding]) -> list[_File]:
    """Return the files to read for a file, the last one first: itself, and what it was compiled from or to."""
    path, role = file
    if role is not Role.REQUIRED or is_itself(path):
        return [file]
    origins = sources(repo, path)
    if origins:
        texts[file] = ""
        required = [(each, role) for each in origins if each.endswith((".in", ".txt")) and (each, role) not in texts]
        return [(path, Role.PIN), *(each for one in reversed(required) for each in _opened(repo, one, texts))]
    output = re.sub(r"\.in$", ".txt", path)
    has_output = output != path and (output, Role.PIN) not in texts and path in sources(repo, output)
    return [(output, Role.PIN), file] if has_output else [file]


def _lines(repo: Repo, file: _File, texts: dict[_File, str | Finding]) -> Iterator[LogicalLine]:
    """Yield the lines of a file when it is its turn, nothing if it was read before."""
    if texts.get(file):
        return
    if is_itself(file[0]):
        texts[file], found = "", own(repo)
        yield from found.part(file[0]) if found else ()
        return
    text = texts[file] = text_of(repo, file[0])
    if isinstance(text, str):
        yield from logical_lines(text)


def _role(repo: Repo, including: Role, include: Include) -> Role:
    if including is Role.REQUIRED and include.is_constraints:
        return _role_of_constraints(repo, include.target)
    return including


def _role_of_constraints(repo: Repo, path: str) -> Role:
    return Role.PIN if sources(repo, path) else Role.CONSTRAINT


def _meaning(line: LogicalLine) -> Meaning | None:
    if line.is_too_long:
        return Refusal(kinds.TOO_LONG)
    return understand(line.text) if line.text else None


def _found(
    repo: Repo, origin: _File, include: Include, texts: dict[_File, str | Finding], open_files: list[_File]
) -> Include | Refusal:
    path, role = origin
    target = resolve(repo, path, include.target)
    if isinstance(target, Refusal):
        return target
    file = (target, _role(repo, role, replace(include, target=target)))
    if file in open_files:
        return Refusal(kinds.INCLUDE_CYCLE, {"target": target})
    return replace(include, target=target, is_again=file in texts)
