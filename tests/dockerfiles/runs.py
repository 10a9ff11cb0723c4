"""RUN instructions and their commands, as tests look at them, and the shells of this machine."""

import shutil

from migrate.dockerfile.shell.parse import Command, commands
from migrate.dockerfile.syntax.parse import Dockerfile, parse

SHELLS = [shell for shell in ("sh", "bash") if shutil.which(shell)]


def read(text: str) -> tuple[Command, ...]:
    """Return the commands of a shell text."""
    return commands(text, 0, len(text))


def last_run(text: str) -> tuple[Dockerfile, tuple[Command, ...]]:
    """Return a Dockerfile and the commands of its last RUN."""
    read = parse(text)
    run = [instruction for instruction in read.instructions if instruction.keyword == "RUN"][-1]
    start, end = run.arguments_start, run.arguments_end
    if run.heredocs:
        start, end = run.heredocs[0].start, run.heredocs[0].end
    return read, commands(read.masked, start, end)


def words_of(command: Command) -> list[str]:
    """Return the words of a command as they stand there."""
    return [word.text for word in command.words]
