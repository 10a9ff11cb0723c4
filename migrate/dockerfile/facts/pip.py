"""What a command line asks of pip, by pip's own command-line reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

INSTALLERS = frozenset({"pip", "setuptools", "wheel"})
# Options that change how pip works or talks, never what it installs.
HARMLESS = frozenset(
    {
        "--break-system-packages",
        "--compile",
        "--disable-pip-version-check",
        "--force-reinstall",
        "--ignore-installed",
        "--isolated",
        "--no-cache-dir",
        "--no-color",
        "--no-compile",
        "--no-input",
        "--no-python-version-warning",
        "--no-warn-conflicts",
        "--no-warn-script-location",
        "--quiet",
        "--require-virtualenv",
        "--upgrade",
        "--user",  # the virtual environment is found before ~/.local
        "--verbose",
        "-I",
        "-U",
        "-q",
        "-qq",
        "-qqq",
        "-v",
        "-vv",
        "-vvv",
    }
)
HARMLESS_WITH_VALUE = frozenset(
    {
        "--cache-dir",
        "--default-timeout",
        "--progress-bar",
        "--retries",
        "--root-user-action",
        "--timeout",
        "--upgrade-strategy",
    }
)
HARMLESS_VARIABLES = frozenset(
    {
        "PIP_BREAK_SYSTEM_PACKAGES",
        "PIP_CACHE_DIR",
        "PIP_DEFAULT_TIMEOUT",
        "PIP_DISABLE_PIP_VERSION_CHECK",
        "PIP_NO_CACHE_DIR",
        "PIP_NO_COLOR",
        "PIP_NO_INPUT",
        "PIP_PROGRESS_BAR",
        "PIP_QUIET",
        "PIP_RETRIES",
        "PIP_ROOT_USER_ACTION",
        "PIP_TIMEOUT",
        "PIP_VERSION",  # the official image's own name for the pip that it brings
    }
)
# Sub-commands that only tell something, or clean up behind pip.
_IDLE = frozenset({"cache", "check", "debug", "help", "inspect", "list", "show"})
_SMALLEST_SETTING = 3  # `set`, a name and a value
_PIP = re.compile(r"(?:/[\w./-]*/bin/)?pip(?:3(?:\.\d+)?)?")
_PYTHON = re.compile(r"(?:/[\w./-]*/bin/)?python(?:3(?:\.\d+)?)?")
_PROJECT_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Install:
    """`pip install`: the requirements files and the other arguments that it names."""

    files: tuple[str, ...]
    arguments: tuple[str, ...]

    @property
    def packages(self) -> tuple[str, ...]:
        """The arguments without pip, setuptools and wheel, which a virtual environment of uv does not need."""
        return tuple(argument for argument in self.arguments if not _is_installer(argument))


class UnclearPip(ValueError):
    """The command calls pip in a way that uvmigrate does not carry over; the text says which."""


def pip_arguments(argv: Sequence[str]) -> tuple[str, ...] | None:
    """Return what follows `pip` in a command line, or None if the command is not pip."""
    if argv and _PIP.fullmatch(argv[0]):
        return tuple(argv[1:])
    if argv and _PYTHON.fullmatch(argv[0]):
        options = list(argv[1:])
        while options and re.fullmatch(r"-[BEIOsSuvx]+", options[0]):
            options.pop(0)
        if options[:2] == ["-m", "pip"]:
            return tuple(options[2:])
        if options[:1] == ["-mpip"]:
            return tuple(options[1:])
        if options[:2] == ["-m", "ensurepip"]:
            return ("install", "pip")
    return None


def is_idle(arguments: Sequence[str]) -> bool:
    """Whether a pip command installs nothing, writes nothing but pip's own files, and has no say in what is installed.

    For example `pip check`, `pip cache purge`, `pip --version` and `pip config set global.timeout 60`.
    """
    words = [word for word in arguments if not word.startswith("-")]
    if words[:2] == ["config", "set"]:
        name = "--" + arguments[-2].rpartition(".")[2]
        return len(words) > _SMALLEST_SETTING and name in HARMLESS | HARMLESS_WITH_VALUE
    return words[0] in _IDLE if words else bool({"--version", "-V"} & set(arguments))


def read_install(arguments: Sequence[str]) -> Install:
    """Return what `pip install` is told. Raises UnclearPip for another command or an option that matters."""
    named = [word for word in arguments if not word.startswith("-")]
    if named and "install" not in named:
        raise UnclearPip(f"`pip {named[0]}`")
    rest = list(arguments)
    files: list[str] = []
    words: list[str] = []
    while rest:
        word = rest.pop(0)
        name, equals, value = _split(word)
        if name in {"-r", "--requirement"}:
            files.append(value if equals else _value_of(word, rest))
        elif name in HARMLESS_WITH_VALUE:
            _ = equals or _value_of(word, rest)
        elif word.startswith("-") and word not in HARMLESS:
            raise UnclearPip(f"the option {name}")
        elif not word.startswith("-"):
            words.append(word)
    if not words:
        raise UnclearPip("pip without a command")
    return Install(tuple(files), tuple(words[1:]))


def _is_installer(argument: str) -> bool:
    match = _PROJECT_NAME.match(argument)
    return match is not None and match[0].lower() in INSTALLERS


def _split(word: str) -> tuple[str, str, str]:
    """Return the name of an option, a mark if its value is in the same word, and that value."""
    is_short = word.startswith("-r") and word != "-r"
    return ("-r", "=", word.removeprefix("-r")) if is_short else word.partition("=")


def _value_of(option: str, rest: list[str]) -> str:
    if not rest:
        raise UnclearPip(f"{option} without a value")
    return rest.pop(0)
