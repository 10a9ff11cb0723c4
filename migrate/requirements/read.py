"""A requirements file and all that it includes → what pip would have been told."""

from collections.abc import Iterator
from dataclasses import replace

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.repo import Repo
from migrate.requirements.collect import Statement, collect
from migrate.requirements.local import found
from migrate.requirements.logical import LogicalLine, logical_lines
from migrate.requirements.meaning import Include, Local, Meaning, Refusal
from migrate.requirements.model import Requirements
from migrate.requirements.source import resolve, text_of
from migrate.requirements.understand import understand

_File = tuple[str, bool]  # its path, and whether it is read as constraints


def read(repo: Repo, path: str) -> Requirements:
    """Return what the requirements file `path` of a repository says, with the files that it includes in their places.

    Each file is read once. Nothing is raised for what a file says, or for one that cannot be read: it is a finding.
    """
    texts: dict[_File, str | Finding] = {}
    collected = collect(_statements(repo, (path, False), texts))
    unreadable = dict.fromkeys(text for text in texts.values() if isinstance(text, Finding))
    return Requirements(
        files=tuple(dict.fromkeys(path for (path, _), text in texts.items() if isinstance(text, str))),
        lines=collected.lines,
        requirements=collected.requirements,
        findings=(*unreadable, *(line.finding for line in collected.lines if line.finding)),
        constraints=collected.constraints,
        settings=collected.settings,
        indexes=collected.indexes,
    )


def _statements(repo: Repo, start: _File, texts: dict[_File, str | Finding]) -> Iterator[Statement]:
    """Yield the statements of a file and, after each include, those of the included file; fill `texts` by file.

    A stack of its own instead of recursion: a repository may nest its files as deeply as it likes.
    """
    stack = [(start, _lines(repo, start, texts))]
    while stack:
        (path, is_constraints), lines = stack[-1]
        line = next(lines, None)
        if line is None:
            stack.pop()
            continue
        meaning = _meaning(line)
        if isinstance(meaning, Include):
            meaning = replace(meaning, is_constraints=meaning.is_constraints or is_constraints)
            meaning = _found(repo, path, meaning, texts, open_files=[file for file, _ in stack])
        elif isinstance(meaning, Local):
            meaning = found(repo, meaning)
        yield Statement(path, line, meaning, is_constraints)
        if isinstance(meaning, Include) and not meaning.is_again:
            file = (meaning.target, meaning.is_constraints)
            stack.append((file, _lines(repo, file, texts)))


def _lines(repo: Repo, file: _File, texts: dict[_File, str | Finding]) -> Iterator[LogicalLine]:
    text = texts[file] = text_of(repo, file[0])
    return logical_lines(text) if isinstance(text, str) else iter(())


def _meaning(line: LogicalLine) -> Meaning | None:
    if line.is_too_long:
        return Refusal(kinds.TOO_LONG)
    return understand(line.text) if line.text else None


def _found(
    repo: Repo, path: str, include: Include, texts: dict[_File, str | Finding], open_files: list[_File]
) -> Include | Refusal:
    target = resolve(repo, path, include.target)
    if isinstance(target, Refusal):
        return target
    file = (target, include.is_constraints)
    if file in open_files:
        return Refusal(kinds.INCLUDE_CYCLE, {"target": target})
    return replace(include, target=target, is_again=file in texts)
