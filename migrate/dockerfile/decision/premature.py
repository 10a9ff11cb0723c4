"""Commands that name the place of the packages where there is nothing: uv has not made it yet, or makes another one."""

import re
from collections.abc import Iterator
from posixpath import join, normpath

from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.products import Form, Product, product, takes
from migrate.dockerfile.facts.runs import Run, value
from migrate.dockerfile.shell.model import Command, Word

# Commands that name a place without a look into it; an environment that is activated goes with the step of pip.
_WITHOUT_IT = frozenset({(".",), ("echo",), ("export",), ("mkdir",), ("printf",), ("source",)})
_FORCED_REMOVAL = re.compile(r"rm (?:-\w+ )*-(?:\w*f\w*|-force) ")
_HOME_MADE = re.compile(r"useradd\b.* (?:-\w*m\w*|--create-home)\b|adduser (?!.*(?:--no-create-home|-\w*H))")
_OF_FILES = frozenset({"chgrp", "chmod", "chown", "cp", "du", "find", "ls", "mv", "rm", "stat", "tar"})
_OF_THE_IMAGE = frozenset({"/root", "/usr/local", "/usr/local/bin", "/usr/local/lib"})
_IDLE = frozenset({(), (":",), (".",), ("cd",), ("export",), ("set",), ("source",)})


def premature(facts: Facts, anchor: int, *, in_place: bool) -> Iterator[tuple[int, str]]:
    """Yield the steps that name the environment before uv makes it at the step `anchor`.

    What stands behind pip in its RUN may do so if nothing else is left there, as uv comes in front of it then.
    """
    for index, run in facts.understood:
        first = min(run.pip, default=len(run.commands))
        for number, command in enumerate(run.commands if index <= anchor else ()):
            if (index, number) in facts.environments.made or number in run.pip:
                continue
            comes_behind = index == anchor and number > first and not (in_place and _does_more(facts, index, run))
            if names_environment(facts, index, command) and not comes_behind:
                yield index, f"{command.words[0].text} names the virtual environment before uv has made it"


def names_environment(facts: Facts, index: int, command: Command) -> bool:
    """Whether a command names the virtual environment that the stage makes itself, or what is in it."""
    path = facts.environments.path
    if path is None or command.argv[:1] in _WITHOUT_IT:
        return False
    named = re.compile(rf"(?<![\w./-]){re.escape(path)}(?![\w.-])")
    texts = [_text(facts, index, word) for word in command.words]
    return any(map(named.search, texts)) or any(_lies_in(each, path) for each in _paths(facts, index, command))


def names_of_products(facts: Facts) -> Iterator[tuple[int, str]]:
    """Yield the steps that name what pip makes for another stage, which uv puts into an environment elsewhere."""
    made = [each for each in _products(facts) if each.form is not Form.IMAGE]
    for index, run in facts.understood:
        for number, command in enumerate(run.commands):
            is_harmless = command.argv[:1] in _WITHOUT_IT or _FORCED_REMOVAL.match(command.text) is not None
            paths = _paths(facts, index, command)
            if number not in run.pip and not is_harmless and any(takes(each, path) for each in made for path in paths):
                yield index, f"{command.words[0].text} names what pip has made for another stage"


def names_of_places(facts: Facts) -> Iterator[tuple[int, str]]:
    """Yield the steps that name where the packages of another stage were copied, or a folder that came with them."""
    places = facts.exchange.places
    for index, run in facts.understood:
        for number, command in enumerate(run.commands):
            if number in run.pip or command.argv[:1] in {*_WITHOUT_IT, ("rm",)}:
                continue
            for path in _paths(facts, index, command):
                is_above = any(_lies_in(place, path) for place in places) and not _is_there(facts, index, path)
                if is_above or any(_lies_in(path, place) for place in places - _OF_THE_IMAGE):
                    yield index, f"{command.words[0].text} names {path}, where packages of another stage were copied"


def _is_there(facts: Facts, end: int, folder: str) -> bool:
    """Whether a folder surely is in the image, or in what the steps before `end` put there but packages."""
    if folder.count("/") < len(("home", "name")) or folder in _OF_THE_IMAGE:
        return True
    for index, step in enumerate(facts.stage.steps[:end]):
        into = step.path(step.copied.destination.text) if step.copied else None
        if index not in facts.exchange.taken and any(_lies_in(path, folder) for path in (step.workdir, into or "")):
            return True
    made = (each for index, run in facts.understood if index <= end for each in run.commands)
    return any(
        (each.argv[:1] == ("mkdir",) and folder in each.text) or _HOME_MADE.match(each.text) is not None
        for each in made
    )


def _paths(facts: Facts, index: int, command: Command) -> Iterator[str]:
    """Yield the absolute paths that a command is told."""
    for word in command.words[1:]:
        text = _text(facts, index, word)
        if "/" in text or command.argv[0] in _OF_FILES:
            yield normpath(join(facts.stage.steps[index].workdir, text))


def _lies_in(path: str, folder: str) -> bool:
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


def _products(facts: Facts) -> Iterator[Product]:
    """Yield what pip makes by its own words, which do not count where another stage takes it."""
    for index, step in enumerate(facts.stage.steps):
        run = runs.read(step) if step.instruction.keyword == "RUN" else None
        for number, arguments in run.pip.items() if run else ():
            folder = facts.path_at(index, number, ".") or step.workdir
            if (index, number) in facts.exchange.meant and arguments and (one := product(arguments, step.user, folder)):
                yield one


def _text(facts: Facts, index: int, word: Word) -> str:
    """Return a word with the values of variables, as far as they are certain."""
    step = facts.stage.steps[index]
    return value(step, word) or (step.expand(word.text) or word.text).strip("\"'")


def _does_more(facts: Facts, index: int, run: Run) -> bool:
    """Whether a RUN does anything before it calls pip but to make the environment and to activate it."""
    before = enumerate(run.commands[: min(run.pip, default=0)])
    return any((index, n) not in facts.environments.made and each.argv[:1] not in _IDLE for n, each in before)
