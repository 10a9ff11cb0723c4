"""What BuildKit's own parser (the package `dockerfile`, an older BuildKit) reads in a Dockerfile, and what we read."""

from importlib import import_module
from typing import Any

from migrate.dockerfile.syntax.parse import DockerfileError, Instruction, exec_form, parse
from migrate.dockerfile.syntax.words import declarations, fields, pairs

PARSER: Any = import_module("dockerfile")  # by name, because this folder has the same one
Facts = tuple[str, int, int, tuple[str, ...], tuple[str, ...] | None, tuple[str, ...]]
FIELDS = {"ADD", "COPY", "EXPOSE", "FROM", "VOLUME"}
EXEC = {"CMD", "ENTRYPOINT", "RUN", "SHELL"}
LINES = {"MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR"}


def buildkit(text: str) -> list[Facts] | None:
    """Return what BuildKit reads: keyword, first line, last line, flags, arguments, heredocs; None if it refuses."""
    try:
        return [
            (
                (command.cmd or "").upper(),
                command.start_line,
                command.end_line,
                () if command.sub_cmd else command.flags,
                command.value if command.cmd.upper() in FIELDS | EXEC | LINES | {"ARG", "ENV", "LABEL"} else None,
                () if command.sub_cmd else tuple(heredoc.content for heredoc in command.heredocs),
            )
            for command in PARSER.parse_string(text)
        ]
    except PARSER.GoParseError:
        return None


def ours(text: str) -> list[Facts] | None:
    """Return the same as `buildkit`, as uvmigrate reads it."""
    try:
        instructions = parse(text).instructions
    except DockerfileError:
        return None
    return [
        (
            instruction.keyword,
            instruction.line,
            instruction.line + text[instruction.start : instruction.end].count("\n"),
            tuple(
                f"--{flag.name}" if flag.value is None else f"--{flag.name}={flag.value}" for flag in instruction.flags
            ),
            arguments(instruction),
            ()
            if instruction.keyword == "ONBUILD"
            else tuple(text[heredoc.start : heredoc.end] for heredoc in instruction.heredocs),
        )
        for instruction in instructions
    ]


def arguments(instruction: Instruction) -> tuple[str, ...] | None:
    keyword = instruction.keyword
    if keyword in FIELDS:
        return tuple(field.text for field in fields(instruction))
    if keyword in {"ENV", "LABEL"}:
        return tuple(part for pair in pairs(instruction) for part in (pair.name, pair.value or ""))
    if keyword == "ARG":
        return tuple(
            pair.name if pair.value is None else f"{pair.name}={pair.value}" for pair in declarations(instruction)
        )
    strings = exec_form(instruction.arguments) if keyword in EXEC else None
    if strings is not None:
        return strings
    return ((instruction.arguments,) if instruction.arguments else ()) if keyword in EXEC | LINES else None
