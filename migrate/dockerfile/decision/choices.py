"""Packages that the build chooses: requirements files named by an ARG, and pip inside of conditions on one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import normpath

from migrate.dockerfile.decision.chosen_packages import chosen_group
from migrate.dockerfile.decision.shape import Part
from migrate.dockerfile.decision.sync import sync_options
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import is_idle
from migrate.dockerfile.facts.runs import USED, Run
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds

_CONDITION = re.compile(r"\b(?:if|case)\b")
_TESTS = frozenset({"[", "test", "true", "false", ":", "echo"})
_OF_FILES = frozenset({"-d", "-e", "-f", "-r", "-s", "-x"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What `uv sync` depends on: `options` by the value of `argument`, and scripts that call it under conditions.

    `declared` are the ARG instructions that the builder needs for it. `has_base`: something is installed in any case.
    """

    argument: str | None = None
    options: Mapping[str, tuple[str, ...]] | None = None
    scripts: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    has_base: bool = True


def choices(part: Part, extras: tuple[str, ...]) -> Choices:
    """Return what the build chooses of the packages of a part without obstacles; `extras` are options of `uv sync`."""
    facts = part.facts
    found = tuple(_files(facts))
    argument = found[0].argument if found else None
    values = found[0].files if found else ()
    options = {value: sync_options(part, {each.written: each.files[value] for each in found}) for value in values}
    if len(set(options.values())) == 1:
        options = {}
    scripts = tuple(_script(part, run, index, extras) for index, run in facts.understood if is_conditional(run))
    names = {name for script in scripts for name in USED.findall(script)} | ({argument} if options else set())
    has_base = not scripts or any(
        install.brings and not is_conditional(run)
        for (index, _), install in facts.installs.items()
        if (run := facts.runs[index])
    )
    declared = tuple(_declared(facts, {name for name in names if name}))
    return Choices(argument if options else None, options or None, scripts, declared, has_base)


def choice_obstacles(facts: Facts) -> Iterator[Finding]:
    """Yield why what the build chooses cannot be carried over."""
    found = tuple(_files(facts))
    differ = len({(each.argument, *each.files) for each in found}) > 1
    for (index, number), install in facts.installs.items():
        written = [file for file in install.files if "$" in file or any(each.written == file for each in found)]
        if written and (differ or any("$" in facts.by_default(index, file) for file in written)):
            yield kinds.PIP_UNCLEAR.at(facts.path, facts.line(index), reason="pip with a variable in its arguments")
        for file in {other for each in found if each.written in written for other in each.others}:
            reason = f"pip with a variable in its arguments, which may name {file},"
            yield kinds.PIP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)
        unclear = install.packages and chosen_group(facts, index) is None
        if facts.is_conditional(index, number) and (unclear or install.folders or install.options):
            reason = "a package that a condition decides about"
            yield kinds.PIP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)


def choice_findings(facts: Facts, chosen: Choices) -> Iterator[Finding]:
    """Yield what there is to say about build arguments that choose nothing any more."""
    for each in _files(facts):
        if each.argument != chosen.argument:
            file = next(iter(each.files.values()))
            yield kinds.ARGUMENT_WITHOUT_CHOICE.at(facts.path, each.line, name=each.argument, file=file)


def is_conditional(run: Run) -> bool:
    """Whether a RUN does nothing but to call pip for requirements files under conditions on build arguments."""
    if not any(run.commands[number].depth for number in run.pip) or run.step.instruction.heredocs:
        return False
    text = run.step.instruction.arguments
    if (
        not _CONDITION.search(text)
        or "`" in text
        or "$(" in text
        or not set(USED.findall(text)) <= run.step.arguments.keys()
    ):
        return False
    others = [command for number, command in enumerate(run.commands) if number not in run.pip]
    words = [(command.argv, command.redirects) for command in others]
    return all(each[:1] and each[0] in _TESTS and not into and not _OF_FILES & set(each) for each, into in words)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A requirements file that a build `argument` names: the converted `files` by its value, the default one first.

    `others` are requirements files that it may name and that are not converted.
    """

    argument: str
    written: str
    line: int
    files: Mapping[str, str]
    others: tuple[str, ...]


def _files(facts: Facts) -> Iterator[_Chosen]:
    for (index, number), install in facts.installs.items():
        for written in install.files:
            file = facts.context_file(index, number, written)
            source = written if USED.search(written) else _copied_as(facts, index, file)
            match = USED.search(source)
            default = facts.stage.steps[index].arguments.get(match[1]) if match else None
            if match is None or file is None or default is None:
                continue
            behind = facts.by_default(index, source[match.end() :].removeprefix("}"))
            before = file.removesuffix(behind).removesuffix(default)
            alike = [each for each in sorted(facts.target.repo.files) if _is_between(each, before, behind)]
            values = {each[len(before) : len(each) - len(behind)]: each for each in alike if each in facts.target.gone}
            others = tuple(each for each in alike if each not in facts.target.gone)
            yield _Chosen(match[1], written, facts.line(index), {default: file, **values}, others)


def _copied_as(facts: Facts, end: int, file: str | None) -> str:
    """Return the source of a COPY, with the build argument in it, that brings a file before a step; else nothing."""
    for step in reversed(facts.stage.steps[:end]):
        for source in step.sources if step.from_context else ():
            if "$" in source.text and normpath((step.by_default(source.text) or "").lstrip("/")) == file:
                return source.text
    return ""


def _is_between(path: str, before: str, behind: str) -> bool:
    middle = path[len(before) : len(path) - len(behind)]
    is_alike = path.startswith(before) and path.endswith(behind) and "/" not in middle
    return is_alike and bool(middle) and path.endswith((".txt", ".in", ".pip"))


def _script(part: Part, run: Run, index: int, extras: tuple[str, ...]) -> str:
    """Return the shell text of a RUN with uv in the place of pip."""
    instruction, text = run.step.instruction, part.facts.dockerfile.text
    check = "--frozen" if part.facts.target.is_dynamic else "--locked"
    several = ("--inexact",) if len(run.pip) > 1 else ()
    new, position = "", instruction.arguments_start
    for number, arguments in sorted(run.pip.items()):
        options = sync_options(part, also=(index, number))
        brings = arguments is not None and not is_idle(arguments) and (index, number) in part.facts.installs
        brings = brings and part.facts.installs[index, number].brings
        command = " ".join(("uv sync", check, "--no-install-project", *several, *options, *extras)) if brings else ":"
        new += text[position : run.commands[number].start] + command
        position = run.commands[number].end
    return new + text[position : instruction.arguments_end]


def _declared(facts: Facts, names: set[str]) -> Iterator[str]:
    """Yield what declares build arguments, as it is written first."""
    for step in facts.stage.steps:
        for pair in step.assigned if step.instruction.keyword == "ARG" else ():
            if pair.name in names:
                names.remove(pair.name)
                yield facts.dockerfile.text[pair.start : pair.end]
