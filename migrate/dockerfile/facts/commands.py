"""What a shell command means to the migration: it installs packages, it is the system's, or it is something else."""

import re
from collections.abc import Sequence
from posixpath import basename, dirname

from migrate.dockerfile.shell.parse import Command, Word

# Programs that install Python packages or make environments in their own way.
OTHER_INSTALLERS = frozenset(
    {
        "bbot",  # calls pip for what its modules need
        "conda",
        "easy_install",
        "mamba",
        "micromamba",
        "mim",  # OpenMMLab's way to call pip
        "opentelemetry-bootstrap",  # calls pip with what it finds installed
        "pdm",
        "pip-compile",
        "pip-sync",
        "pipenv",
        "pipx",
        "poetry",
        "uv",
        "uvx",
        "virtualenv",
    }
)
_WAYS = {"pipx": "pipx (a requirements file may name what it installs)"}
INSTALLING_MODULES = frozenset({"ensurepip", "piptools", "pipenv", "pipx", "poetry", "venv", "virtualenv"})
# Programs of the base system that never compile anything, so that the compilers around them may go.
PLAIN_PROGRAMS = frozenset(
    {
        ":", ".", "[", "addgroup", "adduser", "apk", "apt", "apt-get", "apt-key", "apt-mark", "cat", "cd", "chmod",
        "chown", "chsh", "cp", "curl", "date", "debconf-set-selections", "dos2unix", "dpkg", "dpkg-reconfigure", "echo",
        "env", "export", "find", "getent", "gpg", "grep", "groupadd", "head", "id", "install", "ldconfig", "ln",
        "locale-gen", "ls", "mkdir", "mv", "printf", "pwd", "rm", "sed", "set", "sha256sum", "sleep", "tar", "tee",
        "test", "touch", "tr", "true", "unlink", "unzip", "update-ca-certificates", "update-locale", "useradd",
        "usermod", "wget", "xz",
    }
)  # fmt: skip
_CACHE_OF_PIP = re.compile(r"(?:/root|~|\$HOME|\$\{HOME\})/\.cache(?:/pip)?(?:/\*)?/?")
_LISTS_OF_APT = re.compile(r"/var/lib/apt/lists(?:/|$)")
_RECURSIVE = re.compile(r"--recursive|-[a-zA-Z]*[rR][a-zA-Z]*")
_PIP = re.compile(r"pip(?:3(?:\.\d+)?)?")
_PYTHON = re.compile(r"python(?:3(?:\.\d+)?)?")


def is_plain(argv: Sequence[str | None]) -> bool:
    """Whether a command surely needs no compiler: a known program of the base system, or Python without setup.py."""
    program = basename(argv[0] or "?") if argv else ":"
    if _PYTHON.fullmatch(program):
        return not any(word is None or word.endswith("setup.py") for word in argv[1:])
    return program in PLAIN_PROGRAMS


def installs_otherwise(command: Command) -> str | None:
    """Return the name of the tool if a command installs Python packages by another tool than pip, else None.

    A path that begins with a variable, as in `$POETRY_HOME/bin/poetry`, is taken for what it ends with.
    """
    program = basename(_certain_or_written(command, 0)) if command.argv else ""
    if program in OTHER_INSTALLERS:
        return _WAYS.get(program, program)
    if _PIP.fullmatch(program):
        return "pip of another environment"
    if _PYTHON.fullmatch(program):
        words = [_certain_or_written(command, number) for number in range(len(command.argv))]
        if "-m" in words[1:-1] and (module := words[words.index("-m") + 1]) in INSTALLING_MODULES:
            return _WAYS.get(module, f"python -m {module}")
        if words[1:2] and basename(words[1]) in {"setup.py", "get-pip.py"}:
            return basename(words[1])
        if words[1:4] == ["-m", "spacy", "download"]:
            return "spacy download, which calls pip (a requirements file may name the URL of the model)"
    return None


def _certain_or_written(command: Command, number: int) -> str:
    value = command.argv[number]
    return command.words[number].text.strip('"') if value is None else value


def touches_recursively(command: Command) -> tuple[str | None, ...]:
    """Return the paths that a command changes with everything below them; None stands for one that is not certain.

    Of a path with a wildcard it is the folder in which the wildcard stands.
    """
    argv = command.argv
    if not argv or argv[0] not in {"chown", "chmod", "rm", "chgrp", "mv", "find"}:
        return ()
    options = [value for value in argv[1:] if value and value.startswith("-")]
    is_recursive = argv[0] in {"mv", "find"} or any(map(_RECURSIVE.fullmatch, options))
    return tuple(_folder(word) for word in command.words[1:] if word.value not in options) if is_recursive else ()


def _folder(word: Word) -> str | None:
    wildcard = re.search(r"[*?\[]", word.text)
    if word.value is not None or wildcard is None or re.search(r"[$`~{'\"\\]", word.text):
        return word.value
    return dirname(word.text[: wildcard.start()]) or "."


def cleans_pip(words: Sequence[Word]) -> bool:
    """Whether a command only cleans up behind pip."""
    paths = _removed(words)
    return bool(paths) and all(map(_CACHE_OF_PIP.fullmatch, paths))


def cleans_apt(words: Sequence[Word]) -> bool:
    """Whether a command only cleans up behind apt."""
    paths = _removed(words)
    return bool(paths) and all(map(_LISTS_OF_APT.match, paths))


def _removed(words: Sequence[Word]) -> list[str]:
    is_removal = words and words[0].value == "rm"
    return [word.text for word in words[1:] if not word.text.startswith("-")] if is_removal else []
