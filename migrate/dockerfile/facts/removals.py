"""What `rm` removes that is not in the image any more: converted requirements files, and products of other stages."""

from collections.abc import Sequence

from migrate.dockerfile.facts import sources
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.shell.model import Word


def removed_for_nothing(facts: Facts, index: int, number: int) -> frozenset[int]:
    """Return which words of a command are paths that it removes and that nothing has put there."""
    run = facts.runs[index]
    words = run.commands[number].argv if run else ()
    if words[:1] != ("rm",):
        return frozenset()
    return frozenset(n for n, word in enumerate(words) if n and word and _is_gone(facts, index, number, word))


def words_left(facts: Facts, index: int, number: int) -> tuple[Word, ...]:
    """Return the words of a command of an understood RUN without paths that it removes for nothing."""
    run, gone = facts.runs[index], removed_for_nothing(facts, index, number)
    words = run.commands[number].words if run else ()
    return tuple(word for n, word in enumerate(words) if n not in gone) if gone else words


def removes_nothing(words: Sequence[Word]) -> bool:
    """Return whether a command is an `rm` that is told nothing but options."""
    return bool(words) and words[0].value == "rm" and all(word.text.startswith("-") for word in words[1:])


def _is_gone(facts: Facts, index: int, number: int, path: str) -> bool:
    if path.startswith("-"):
        return False
    place = facts.path_at(index, number, path)
    is_converted = facts.context_file(index, number, path) in facts.target.gone
    return is_converted or bool(place and (place in facts.exchange.places or _is_folder_of_gone(facts, index, place)))


def _is_folder_of_gone(facts: Facts, index: int, path: str) -> bool:
    """Return whether a path is that of a copied folder which has nothing but converted requirements files."""
    files = facts.target.repo.files
    placed = sources.places(facts.stage, index, files)
    found = [each for each in placed if f"{each.image}/".startswith(f"{path}/")]
    inside = {file for each in found for file in files if f"{file}/".startswith(f"{each.context}/")}
    return path != "/" and bool(inside) and inside <= facts.target.gone
