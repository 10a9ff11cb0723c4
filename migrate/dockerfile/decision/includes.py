"""What a requirements file includes in the image: a COPY may have put another file there than stands beside it here."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from migrate.dockerfile.facts.facts import Facts
from migrate.requirements import included


def other_includes(facts: Facts, index: int, number: int, written: str) -> Iterator[str]:
    """Yield, in words, what the file `written` of a pip command includes in the image otherwise than in the repository.

    That may be through files that it includes.
    """
    start = facts.path_at(index, number, facts.by_default(index, written))
    waiting, seen = [start], set[str]()
    while waiting:
        path = waiting.pop()
        file = facts.context_file_at(index, path) if path else None
        if path is None or file is None or path in seen:
            continue
        seen.add(path)
        for target, here in included(facts.target.repo, file):
            there = normpath(join(dirname(path), target))
            found = facts.context_file_at(index, there)
            if found != here:
                yield f"{here} is {found} in the image" if found else f"{here} is not in the image ({there})"
            waiting.append(there)
