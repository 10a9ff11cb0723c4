"""What the RUN instructions of a stage do, as far as they concern Python packages and the system's packages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrate.dockerfile.facts import apt, pip
from migrate.dockerfile.facts.loops import unrolled
from migrate.dockerfile.facts.stages import UNKNOWN, Stage, Step
from migrate.dockerfile.shell.parse import Command, ShellError, Word, commands
from migrate.dockerfile.syntax.arrays import NotStringsError, exec_form
from migrate.dockerfile.syntax.instruction import Instruction
from migrate.dockerfile.syntax.words import expand, strings

USED = re.compile(r"\$\{?(\w+)")  # a variable in a shell text
BRACED = re.compile(r"\$\{(\w+)\}")  # one in the arguments of a `Run`
_ONE_HEREDOC = re.compile(r"<<-?(['\"]?)\w+\1")
_WITH_VARIABLES = re.compile(r'"[][\w./@:+,=${}<>~!-]+"|[\w./@:+,=${}-]+', re.ASCII)
_CHOSEN = re.compile(r"[][\w./@:+,=${}<>~!-]+", re.ASCII)
_SECRET = re.compile(r"\$\(\s*(?:cat\s+|<\s*)/run/secrets/([\w.-]+)\s*\)")
_PYTHON = re.compile(r"(?:/usr/(?:local/)?bin/)?python[\d.]*(?: -)?")
_APT = {("apt",), ("apt-get",)}
_LIST = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
_COMMENT = re.compile(r"`\s*#[^`\n]*`")  # a substitution of nothing
_ONE_WORD = re.compile(r"[\w./@:+,=-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Run:
    """A RUN, understood: its simple commands, and those of pip and apt by their index.

    The arguments of pip have the values of variables that are certain, and `${NAME}` for what the build chooses or a
    secret holds; None instead of arguments if one of them is not understood even so.
    """

    step: Step
    commands: tuple[Command, ...]
    pip: Mapping[int, tuple[str, ...] | None]
    apt: Mapping[int, apt.Apt]

    def set_for(self, number: int) -> Iterator[Word]:
        """Yield the assignments of variables that the shell makes for a command, in front of it or by `export`."""
        for command in self.commands[:number]:
            if command.argv[:1] == ("export",) and command.is_in_sequence:
                yield from (word for word in command.words[1:] if "=" in word.text)
        yield from self.commands[number].assignments


def read(step: Step) -> Run | None:
    """Return what a RUN does, or None if it is not understood: several heredocs, or shell beyond the subset.

    Of the exec form only calls of pip are understood.
    """
    found = commands_of(step.instruction)
    if found is None:
        return None
    rounds = unrolled(step.instruction, found)
    run = _read(step, rounds)
    return run if rounds is found or len(run.pip) == len(rounds) else _read(step, found)


def _read(step: Step, found: tuple[Command, ...]) -> Run:
    calls: dict[int, tuple[str, ...] | None] = {}
    system: dict[int, apt.Apt] = {}
    for index, command in enumerate(found):
        arguments = _pip_arguments(step, command) if _may_be_pip(command) else None
        if index and _starts_download(found[index - 1], command):
            arguments = ("install", "pip")
        if arguments is not None:
            calls[index] = None if UNKNOWN in arguments else arguments
        if command.argv[:1] in _APT and (called := apt.read(_unmatched(command), _lists(step, found, index))):
            system[index] = called
    return Run(step, found, calls, system)


def of(stage: Stage) -> Iterator[tuple[Step, Run | None]]:
    """Yield the RUN instructions of a stage with what they say, None for one that is not understood."""
    return ((step, read(step)) for step in stage.steps if step.instruction.keyword == "RUN")


def _pip_arguments(step: Step, command: Command) -> tuple[str, ...] | None:
    return pip.pip_arguments(_told(step, command, [value(step, word) for word in command.words]))


def _starts_download(before: Command, command: Command) -> bool:
    """Whether two commands bring pip together: `curl … get-pip.py | python`."""
    return (
        command.operator_before == "|"
        and pip.brings_pip(_literal(before))
        and _PYTHON.fullmatch(" ".join(_literal(command))) is not None
    )


def _literal(command: Command) -> list[str]:
    """Return the words of a command, empty where they are not certain."""
    return [word or "" for word in command.argv]


def _unmatched(command: Command) -> list[str]:
    """Return the words of a command, patterns as they are if no file matches: `libpq-dev=17.*` is for apt to read."""
    return [word or "" for word in command.unmatched]


def _may_be_pip(command: Command) -> bool:
    """Whether a command may be pip, start or bring it: it names pip, Python or uv, or variables decide it."""
    if not command.argv or command.argv[0] is None:
        return bool(command.argv)
    received = command.received
    return "pip" in received or "python" in received or "uv" in received


def value(step: Step, word: Word) -> str | None:
    """Return what a command of a RUN receives for a word, with the variables of the image that are certain.

    A pattern that matches no file counts as itself, as in `package[extra]`. None if the value is not certain.
    """
    if word.unmatched is not None:
        return word.unmatched
    names = USED.findall(word.text)
    if not _WITH_VARIABLES.fullmatch(word.text) or any(_sets(step.instruction.arguments, name) for name in names):
        return None
    text = expand(word.text, step.variables, "\\")
    return text if text is not None and _ONE_WORD.fullmatch(text) else None


def _lists(step: Step, found: Sequence[Command], index: int) -> dict[int, tuple[str, ...]]:
    """Return the words that a variable of a command stands for, by the index of the word, where they are certain.

    The variable has them from ENV, or is set once, by the same RUN and before the command.
    """
    lists: dict[int, tuple[str, ...]] = {}
    may_have_one = "$" in found[index].text or "`" in found[index].text
    for number, word in enumerate(found[index].words if may_have_one else ()):
        match = _LIST.fullmatch(word.text)
        if word.text.startswith("`") and _COMMENT.fullmatch(word.text):
            lists[number] = ()
        if match is None:
            continue
        name = match[1] or match[2]
        assigned = [
            (command, each) for command in found for each in command.assignments if each.text.partition("=")[0] == name
        ]
        text = None
        if not assigned and not _sets(step.instruction.arguments, name):
            text = step.variables.get(name)
        elif len(assigned) == 1 and _is_certain(assigned[0][0], found[index]):
            text = (assigned[0][1].value or "").partition("=")[2]
        if text and all(map(_ONE_WORD.fullmatch, text.split())):
            lists[number] = tuple(text.split())
    return lists


def _is_certain(setter: Command, user: Command) -> bool:
    """Whether a command that sets a variable surely does so for a later one."""
    return not setter.argv and not setter.depth and setter.start < user.start and setter.is_in_sequence


def _told(step: Step, command: Command, values: Sequence[str | None]) -> list[str]:
    """Return what a command receives; `${NAME}` stands in for what the build chooses or the secret NAME holds."""
    chosen = (word if word is not None else given(step, command.words[n]) for n, word in enumerate(values))
    return [
        UNKNOWN if word is None or ("$" in word and values[n] is not None) else word for n, word in enumerate(chosen)
    ]


def given(step: Step, word: Word) -> str | None:
    """Return a word with `${NAME}` for what the build chooses or a secret holds; None if more is not certain."""
    text = _SECRET.sub(lambda match: f"${{{secret_variable(match[1])}}}", word.text)
    secrets = {secret_variable(match[1]) for match in _SECRET.finditer(word.text)}
    names = set(USED.findall(text)) - secrets
    if not _WITH_VARIABLES.fullmatch(text) or any(_sets(step.instruction.arguments, name) for name in names):
        return None
    for name in secrets:
        text = text.replace(f"${{{name}}}", f"\\${{{name}}}")
    chosen = step.with_arguments(text)
    return chosen if chosen is not None and _CHOSEN.fullmatch(chosen) else None


def secret_variable(secret: str) -> str:
    """Return the name of a variable that stands for a secret of the build, by its id."""
    return re.sub(r"\W", "_", secret).upper()


def _sets(text: str, name: str) -> bool:
    """Whether a shell text names a variable other than to use it, and so may set it."""
    return re.search(rf"(?<![\w$])(?<!\$\{{){re.escape(name)}(?!\w)", text) is not None


def commands_of(instruction: Instruction) -> tuple[Command, ...] | None:
    """Return the commands of a RUN, or None if they are not understood."""
    try:
        if exec_form(instruction.arguments) is not None:
            return _exec_command(instruction)
        start, end = instruction.arguments_start, instruction.arguments_end
        if instruction.heredocs:
            body = instruction.heredocs[0]
            start, end = body.start, body.end
            is_script = instruction.masked.startswith("#!", start)
            if len(instruction.heredocs) > 1 or is_script or not _ONE_HEREDOC.fullmatch(instruction.arguments):
                return None
        return commands(instruction.masked, start, end)
    except (ShellError, NotStringsError):
        return None


def _exec_command(instruction: Instruction) -> tuple[Command, ...] | None:
    words = tuple(Word(field.start, field.end, field.text, field.text, field.text) for field in strings(instruction))
    argv = tuple(word.text for word in words)
    if pip.pip_arguments(argv) is None:
        return None
    return (Command(words[0].start, words[-1].end, argv, " ".join(argv), instruction.masked, words),)
