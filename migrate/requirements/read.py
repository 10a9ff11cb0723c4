"""A requirements file and all that it includes → what pip would have been told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.repo import Repo
from migrate.requirements.collect import Statement, collect
from migrate.requirements.logical import LogicalLine, logical_lines
from migrate.requirements.model import Requirements
from migrate.requirements.source import resolve, text_of
from migrate.requirements.understand import Include, Refusal, understand

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification


def read(repo: Repo, path: str) -> Requirements:
    """Return what the requirements file `path` of a repository says, with the files that it includes in their places.

    Each file is read once. Nothing is raised for what a file says, or for one that cannot be read: it is a finding.
    """
    texts: dict[str, str | Finding] = {}
    lines, requirements = collect(_statements(repo, path, texts))
    unreadable = (text for text in texts.values() if isinstance(text, Finding))
    return Requirements(
        files=tuple(path for path, text in texts.items() if isinstance(text, str)),
        lines=lines,
        requirements=requirements,
        findings=(*unreadable, *(line.finding for line in lines if line.finding)),
    )


def _statements(repo: Repo, start: str, texts: dict[str, str | Finding]) -> Iterator[Statement]:
    """Yield the statements of a file and, after each include, those of the included file; fill `texts` by path.

    A stack of its own instead of recursion: a repository may nest its files as deeply as it likes.
    """
    stack = [(start, _lines(repo, start, texts))]
    while stack:
        path, lines = stack[-1]
        line = next(lines, None)
        if line is None:
            stack.pop()
            continue
        meaning = _meaning(line)
        if isinstance(meaning, Include):
            meaning = _found(repo, path, meaning, texts, open_files=[path for path, _ in stack])
        yield Statement(path, line, meaning)
        if isinstance(meaning, Include) and not meaning.is_again:
            stack.append((meaning.target, _lines(repo, meaning.target, texts)))


def _lines(repo: Repo, path: str, texts: dict[str, str | Finding]) -> Iterator[LogicalLine]:
    text = texts[path] = text_of(repo, path)
    return logical_lines(text) if isinstance(text, str) else iter(())


def _meaning(line: LogicalLine) -> "Specification | Include | Refusal | None":
    if line.is_too_long:
        return Refusal(kinds.TOO_LONG)
    return understand(line.text) if line.text else None


def _found(
    repo: Repo, path: str, include: Include, texts: dict[str, str | Finding], open_files: list[str]
) -> Include | Refusal:
    target = resolve(repo, path, include.target)
    if isinstance(target, Refusal):
        return target
    if target in open_files:
        return Refusal(kinds.INCLUDE_CYCLE, {"target": target})
    return Include(target, is_again=target in texts)
