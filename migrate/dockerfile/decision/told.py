"""What a Dockerfile tells pip beside requirements: indexes and other settings; pyproject.toml has them from then on."""

import re
from collections.abc import Iterator, Mapping
from configparser import Error as ConfigParserError
from configparser import RawConfigParser
from dataclasses import dataclass
from posixpath import basename

from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import Install, read_setting
from migrate.dockerfile.facts.pip_options import option_of_setting
from migrate.dockerfile.facts.runs import BRACED, Run, given
from migrate.dockerfile.facts.runs import value as value_of
from migrate.dockerfile.facts.sources import placed
from migrate.dockerfile.facts.stages import Step
from migrate.dockerfile.facts.uv_pip import behind_uv
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.once import once
from migrate.repo import UnreadableText
from migrate.requirements import Index, Setting, options

_LOGIN = re.compile(r"(?P<start>--[\w-]+ [a-z]+://)(?P<login>[^/@]*)@(?P<rest>.*)", re.IGNORECASE)
_BY_INDEX = ("--index-url", "--extra-index-url")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that pip is told in a line of the Dockerfile: an index or another setting.

    `login` is the shell text of what stands before the host of an index. `packages` are those that it is only about,
    as they are named; None: all. `argument` is the ARG with which a build could have told something else.
    """

    line: int
    what: Index | Setting
    login: str | None = None
    packages: tuple[str, ...] | None = None
    argument: str | None = None


@once
def told(facts: Facts) -> tuple[Told, ...]:
    """Return what a stage without obstacles tells pip, in order, each thing once."""
    found = (each for each in _read(facts) if isinstance(each, Told))
    return tuple({(each.what, each.packages): each for each in reversed(tuple(found))}.values())[::-1]


def told_obstacles(facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each setting that cannot be carried over."""
    default = next((index.url for index in facts.target.indexes if index.is_default), None)
    for each in _read(facts):
        if isinstance(each, Finding):
            yield each
        elif isinstance(each.what, Index) and each.what.is_default:
            default = default or each.what.url
            if default != each.what.url:
                yield _unclear(facts, each.line, "another index than elsewhere")


def _read(facts: Facts) -> Iterator[Told | Finding]:
    last = max(facts.dependency_steps, default=-1)
    for index, step in enumerate(facts.stage.steps[: last + 1]):
        if step.instruction.keyword in {"ENV", "ARG"}:
            yield from _in_environment(facts, index, step)
        elif step.instruction.keyword == "COPY":
            yield from _in_configuration(facts, index, step)
        elif run := facts.runs.get(index):
            for number in run.pip:
                yield from _in_command(facts, index, run, number)


def _in_command(facts: Facts, index: int, run: Run, number: int) -> Iterator[Told | Finding]:
    if setting := read_setting(run.pip[number] or ()):
        yield from _set(facts, index, setting[0], option_of_setting(*setting) or ())
    if install := facts.installs.get((index, number)):
        yield from _of_install(facts, index, install)
    for word in run.commands[number].assignments:
        written = value_of(run.step, word) or given(run.step, word)
        name, _, value = (written or word.text).partition("=")
        if name.startswith("PIP_"):
            yield from _setting(facts, index, name, value if written else None)


def _in_environment(facts: Facts, index: int, step: Step) -> Iterator[Told | Finding]:
    is_argument = step.instruction.keyword == "ARG"
    after = facts.stage.steps[index + 1].arguments
    for pair in step.assigned:
        if not pair.name.startswith("PIP_") or option_of_setting(pair.name.removeprefix("PIP_"), "1") == ():
            continue
        value = after.get(pair.name) if is_argument else step.with_arguments(pair.value or "")
        yield from _setting(facts, index, pair.name, value, argument=pair.name if is_argument else None)


def _in_configuration(facts: Facts, index: int, step: Step) -> Iterator[Told | Finding]:
    """Yield what a pip.conf says that COPY brings, wherever pip may look for it."""
    for place in placed(step, facts.target.repo.files):
        if basename(place.image) != "pip.conf" or place.is_folder:
            continue
        parser = RawConfigParser()
        try:
            parser.read_string(facts.target.repo.text(place.context))
        except (ConfigParserError, UnreadableText):
            yield _unclear(facts, facts.line(index), f"{place.context}, which is not read,")
            continue
        for section in {"global", "install"} & set(parser.sections()):
            for name, value in parser.items(section):
                yield from _setting(facts, index, name, value.replace("$", "\0"))


def _setting(
    facts: Facts, index: int, name: str, value: str | None, argument: str | None = None
) -> Iterator[Told | Finding]:
    found = None if value is None else option_of_setting(name.removeprefix("PIP_"), value)
    if found is None:
        way = " (the option -c has one, but builds obey the setting too)" if name == "PIP_CONSTRAINT" else ""
        reason = f"pip's setting {name} has no counterpart yet{way}"
        yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)
    yield from _set(facts, index, name, found or (), argument)


def _set(
    facts: Facts, index: int, name: str, found: tuple[str, ...], argument: str | None = None
) -> Iterator[Told | Finding]:
    if found and _installs_by_uv(facts):
        yield _unclear(facts, facts.line(index), f"{name}, which `uv pip` does not read,")
        return
    for option in found:
        yield from _option(facts, index, option, argument=argument)


def _installs_by_uv(facts: Facts) -> bool:
    return any(
        install is not None and install.brings and behind_uv(run.commands[number].argv) is not None
        for index, run in facts.understood
        for number, install in ((number, facts.installs.get((index, number))) for number in run.pip)
    )


def _of_install(facts: Facts, index: int, install: Install) -> Iterator[Told | Finding]:
    if not install.brings:
        return
    elsewhere = [other.options for other in facts.installs.values() if other is not install and other.brings]
    links = [option for option in install.options if option.startswith("--find-links") and "://" in option]
    for option in install.options:
        if option == "--no-index" and not links:
            yield _unclear(facts, facts.line(index), "the option --no-index")
            continue
        is_partial = not (install.files or install.folders) and any(option not in other for other in elsewhere)
        if is_partial and not option.startswith((*_BY_INDEX, "--find-links", "--trusted-host")):
            yield _unclear(facts, facts.line(index), f"{option.partition(' ')[0]} for some packages only")
            continue
        bound = install.packages if is_partial and option.startswith(_BY_INDEX) else None
        if bound is not None:
            option = option.replace("--index-url", "--extra-index-url", 1)  # noqa: PLW2901
        yield from _option(facts, index, option, packages=bound)


def _option(
    facts: Facts, index: int, option: str, *, packages: tuple[str, ...] | None = None, argument: str | None = None
) -> Iterator[Told | Finding]:
    """Yield what an option says that a requirements file may have too; `${NAME}` in it is what the build gives."""
    match = _LOGIN.fullmatch(option)
    start, login, rest = match.groups() if match else ("", None, option)
    arguments = facts.stage.steps[index].arguments
    chosen = [name for name in BRACED.findall(rest) if name not in arguments or arguments[name] is None]
    line = facts.line(index)
    if chosen:
        yield _unclear(facts, line, f"an index that the build chooses with {chosen[0]}")
        return
    argument = argument or next(iter(BRACED.findall(rest)), None)
    plain = _replaced(rest, arguments)
    found = options(f"{start}{_capitals(login)}@{plain}" if login else plain)
    local = any(isinstance(what, Setting) and _is_folder(what) for what in found or ())
    if found is None or local:
        yield _unclear(facts, line, f"the option {option.partition(' ')[0]}")
        return
    for what in found:
        yield Told(line, what, login, packages, argument)


def _is_folder(setting: Setting) -> bool:
    return setting.key == "find-links" and "://" not in str(setting.value)


def _capitals(login: str) -> str:
    """Return a login whose variables have capital letters only, as pip and uvmigrate look them up when locking."""
    return BRACED.sub(lambda match: match[0].upper(), login)


def _replaced(text: str, arguments: Mapping[str, str | None]) -> str:
    return BRACED.sub(lambda match: arguments[match[1]] or "", text)


def _unclear(facts: Facts, line: int, reason: str) -> Finding:
    return kinds.PIP_UNCLEAR.at(facts.path, line, reason=reason)
