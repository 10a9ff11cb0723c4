"""The environment in which pip built packages: the builder has its variables too, and cannot have all that it had."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.decision.wheels import wheels
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import USED, Run
from migrate.dockerfile.shell.model import Word
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds

# What pip, Python, the shell, the loader or the program read, and no build of a package; PATH has its own way.
_OF_OTHERS = re.compile(
    r"(?:APP|CELERY|DB|DJANGO|FLASK|GUNICORN|LC|NODE|NPM|PIP|POETRY|POSTGRES|PYTHON|UV|UVICORN|XDG|YARN)_?\w*"
    r"|(?:\w+_)?(?:DATABASE|DEBUG|ENV|ENVIRONMENT|HOST|HOSTNAME|KEY|LEVEL|LOGGING|PASSWORD|PORT|SECRET|SETTINGS|TOKEN|URL|USER)"
    r"|CURL_CA_BUNDLE|DEBIAN_FRONTEND|GID|HOME|LANG|LANGUAGE|LD_PRELOAD|PATH|PS1|REQUESTS_CA_BUNDLE|SSL_\w+|TERM|TMPDIR|TZ"
    r"|UID|VERSION|VIRTUAL_ENV"
)
# What a compiler and its helpers are meant to read, and what uv itself does.
_OF_COMPILERS = re.compile(r"(?:\w+_)?(?:C|CC|CPP|CXX|F|FC|LD|MAKE)FLAGS|AR|CC|CPATH|CXX|FC|LD|\w+_INCLUDE_PATH")
_OF_DOWNLOADS = re.compile(r"(?:all|https?|no)_proxy", re.IGNORECASE)
# Commands that build and install libraries and compilers.
_BRINGS = re.compile(
    r"(?:^|[\s;&|(/])(?:autogen\.sh|cargo|cmake|configure|ldconfig|make|meson|ninja|rustup[\w-]*)(?=$|[\s;&|)])|rustup\.rs"
)


@dataclass(frozen=True, slots=True)
class BuildVariables:
    """What the builder sets: `instructions`, each a keyword with its arguments, and `NAME=value` for the command."""

    instructions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    of_command: tuple[str, ...] = ()


def build_variables(part: Part) -> BuildVariables:
    """Return what builds of packages may read, as pip had it; only what downloads need if every package has a wheel.

    Of what ENV sets, that is what compilers read if it is not known whether anything is built.
    """
    known, facts = wheels(part), part.facts
    if part.role is not Role.SPLIT or not facts.dependency_steps:
        instructions: Iterator[tuple[str, tuple[str, ...]]] = iter(())
    elif known and known.built:
        spoken = frozenset(_spoken(facts))
        instructions = _instructions(facts, lambda name: name not in spoken and not _OF_OTHERS.fullmatch(name))
    else:
        instructions = _instructions(facts, lambda name: known is None and _OF_COMPILERS.fullmatch(name) is not None)
    places = () if known and not known.built else facts.installs
    words = (word for index, number in places for word in _of_install(facts, index, number))
    return BuildVariables(tuple(instructions), tuple(dict.fromkeys(word.text for word in words)))


def build_obstacles(part: Part) -> Iterator[Finding]:
    """Yield the steps that may bring what a package is built with, which the builder would not have."""
    known, facts = wheels(part), part.facts
    if part.role is not Role.SPLIT or not (known and known.built):
        return
    for index, step in enumerate(facts.stage.steps[: facts.dependency_steps[-1] + 1]):
        run, text = facts.runs.get(index), step.instruction.arguments
        own = [each.text for number, each in enumerate(run.commands) if number not in run.apt] if run else [text]
        if index in facts.runs and any(map(_BRINGS.search, own)):
            reason = f"this may bring what the build of {known.built[0]} needs, and the builder would not have it"
            yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)


def variable_obstacles(facts: Facts, run: Run, index: int, number: int) -> Iterator[str]:
    """Yield why variables that the shell sets for a call of pip cannot be set for uv."""
    words = set_for(run, number)
    own = {word.text for word in _of_install(facts, index, number)}
    brings = {place for place, install in facts.installs.items() if install.brings}
    others = [{word.text for word in _of_install(facts, *place)} for place in brings]
    if None in [word.value for word in words] or ((index, number) in brings and any(own != each for each in others)):
        yield "pip with variables set for it alone"


def set_for(run: Run, number: int) -> tuple[Word, ...]:
    """Return the variables that a shell sets for a command, in front of it or by `export`, and builds may read."""
    return tuple(word for word in run.set_for(number) if not _OF_OTHERS.fullmatch(word.text.partition("=")[0]))


def _of_install(facts: Facts, index: int, number: int) -> tuple[Word, ...]:
    run, install = facts.runs[index], facts.installs.get((index, number))
    return set_for(run, number) if run and install and install.brings else ()


def _instructions(facts: Facts, is_read: Callable[[str], bool]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the ENV and ARG instructions before the last installation, with the variables that are read.

    Of ARG that is only what other variables or compilers use, as most say what the program is.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    used: set[str] = set()
    for step in reversed(facts.stage.steps[: facts.dependency_steps[-1]]):
        is_chosen = step.instruction.keyword == "ARG"
        pairs = [
            pair
            for pair in step.assigned
            if pair.name in used
            or _OF_DOWNLOADS.fullmatch(pair.name)
            or (is_read(pair.name) and (not is_chosen or _OF_COMPILERS.fullmatch(pair.name)))
        ]
        used.update(name for pair in pairs for name in USED.findall(pair.value or ""))
        if pairs:
            texts = tuple(facts.dockerfile.text[pair.start : pair.end] for pair in pairs)
            found.append((step.instruction.keyword, texts))
    yield from reversed(found)


def _spoken(facts: Facts) -> Iterator[str]:
    """Yield the variables that stand in commands of pip and apt: what they name is carried over in another way."""
    for _, run in facts.understood:
        for number in (*run.apt, *run.pip):
            yield from USED.findall(run.commands[number].text)
