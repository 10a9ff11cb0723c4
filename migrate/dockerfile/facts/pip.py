"""What a command line asks of pip, by pip's own command-line reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from migrate.dockerfile.facts import uv_pip
from migrate.dockerfile.facts.pip_options import UnclearPip, apart, choosing, named, option_of_setting

INSTALLERS = frozenset({"pip", "pip-tools", "setuptools", "wheel"})
# Sub-commands that only tell something, or clean up behind pip.
_IDLE = frozenset({"cache", "check", "debug", "freeze", "help", "inspect", "list", "show"})
VARIABLE = "pip with a variable in its arguments"
_SMALLEST_SETTING = 3  # `set`, a name and a value
_PIP = re.compile(r"(?:[\w./-]*/bin/)?pip(?:3(?:\.\d+)?)?")
_PYTHON = re.compile(r"(?:[\w./-]*/bin/)?python(?:3(?:\.\d+)?)?")
_GET_PIP = re.compile(r"(?:[\w.:/~-]*/)?get-pip\.py")
_FOLDER = re.compile(r"(?P<path>\.{1,2}(?:/[\w./-]*)?|/(?:[\w./-]*/)?[\w-]*|[\w./-]+/)(?:\[(?P<extras>[\w\s.,-]*)\])?")
_OF_CHOSEN_VERSION = re.compile(r"[\w.-]+(?:\[[\w.,-]*\])?(?:==|~=|<=|>=)\$\{\w+\}")
_WITHOUT_DEPENDENCIES = frozenset({"--no-deps", "--no-dependencies"})
_PROJECT_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with a project that is installed, as it is written: `./shop[fast]`."""

    path: str
    extras: tuple[str, ...] = ()
    is_editable: bool = False

    @classmethod
    def read(cls, argument: str, *, is_editable: bool) -> "Folder | None":
        """Return what an argument of pip means; None if it is no path of a folder."""
        match = _FOLDER.fullmatch(argument)
        if match is None:
            return None
        return cls(match["path"], tuple(re.findall(r"[\w.-]+", match["extras"] or "")), is_editable)


@dataclass(frozen=True, slots=True)
class Install:
    """`pip install`: the requirements files and the other arguments that it names, and the options that choose.

    `options` are written as in a requirements file; `${NAME}` in them, or as the version of a package, is a variable
    that the build or a secret gives. `is_exact`: nothing that these depend on is installed.
    `constraints` are files that only limit versions.
    """

    files: tuple[str, ...]
    arguments: tuple[str, ...]
    options: tuple[str, ...] = ()
    folders: tuple[Folder, ...] = ()
    is_exact: bool = False
    constraints: tuple[str, ...] = ()

    @property
    def brings(self) -> bool:
        """Whether it installs anything but pip and its helpers."""
        return bool(self.files or self.packages or self.folders)

    @property
    def chooses_versions(self) -> bool:
        """Whether it takes versions of its own choice: of more than a project alone, and from an index."""
        return self.brings and "--no-index" not in self.options and (bool(self.files) or not self.is_exact)

    @property
    def packages(self) -> tuple[str, ...]:
        """The arguments without pip and its helpers, which a virtual environment of uv does not need."""
        return tuple(argument for argument in self.arguments if not _is_installer(argument))


def pip_arguments(argv: Sequence[str]) -> tuple[str, ...] | None:
    """Return what follows `pip` in a command line, or None if the command is not pip.

    What only brings pip (ensurepip, get-pip.py, its download and its removal) counts as `pip install pip`, and
    `uv pip`, `pip-sync` and `setup.py install` as an installation of their files.
    """
    if argv and _PIP.fullmatch(argv[0]):
        return tuple(apart(argv[1:]))
    if by_uv := uv_pip.as_pip(argv):
        return tuple(apart(by_uv))
    if not argv or not _PYTHON.fullmatch(argv[0]):
        return _in_other_words(argv)
    options = list(argv[1:])
    while options and re.fullmatch(r"-[BEIOsSuvx]+", options[0]):
        options.pop(0)
    if options[:2] == ["-m", "pip"]:
        return tuple(apart(options[2:]))
    return tuple(apart(options[1:])) if options[:1] == ["-mpip"] else _in_other_words(argv)


def _in_other_words(argv: Sequence[str]) -> tuple[str, ...] | None:
    """Return what pip would be told to do the same as another command."""
    if brings_pip(argv):
        return ("install", "pip")
    words = list(argv[1:])
    if words in (["setup.py", "install"], ["setup.py", "develop"]) and _PYTHON.fullmatch(argv[0]):
        return ("install", *(["-e"] if words[-1] == "develop" else []), ".")
    if not argv or argv[0] != "pip-sync":
        return None
    if "--pip-args" in words[:-1]:
        del words[(place := words.index("--pip-args")) : place + 2]
    files = [word for word in words if not word.startswith("-")] or ["requirements.txt"]
    switches = [word for word in words if word.startswith("-")]
    return ("install", *switches, *(word for file in files for word in ("-r", file)))


def brings_pip(argv: Sequence[str]) -> bool:
    """Whether a command does nothing but to download, start or remove the installer of pip, or starts ensurepip."""
    words = [word for word in argv[1:] if not word.startswith("-")]
    if argv and _PYTHON.fullmatch(argv[0]):
        return argv[1:3] == ["-m", "ensurepip"] or bool(
            words and "-" not in argv[1][:1] and _GET_PIP.fullmatch(words[0])
        )
    own = [word for word in words if _GET_PIP.fullmatch(word)]
    if argv and argv[0] in {"curl", "wget"}:
        return len(own) == len([word for word in words if "/" in word or "." in word]) > 0
    return bool(argv and argv[0] == "rm" and own and own == words)


def is_idle(arguments: Sequence[str]) -> bool:
    """Whether a pip command installs nothing, writes nothing but pip's own files, and has no say in what is installed.

    For example `pip check`, `pip cache purge`, `pip --version` and `pip config set global.timeout 60`.
    """
    words = [word for word in arguments if not word.startswith("-")]
    if removes_installers(arguments):
        return True
    if set_by := read_setting(arguments):
        return option_of_setting(*set_by) is not None
    return words[0] in _IDLE if words else bool({"--version", "-V"} & set(arguments))


def removes_installers(arguments: Sequence[str]) -> bool:
    """Whether pip removes itself or its helpers from the image, and nothing else."""
    words = [word for word in arguments if not word.startswith("-")]
    return (
        words[:1] == ["uninstall"] and len(words) > 1 and all(map(_is_installer, words[1:])) and "-r" not in arguments
    )


def read_setting(arguments: Sequence[str]) -> tuple[str, str] | None:
    """Return name and value that `pip config set` is given, the name without its section; None for another command."""
    words = [word for word in arguments if not word.startswith("-")]
    if words[:2] != ["config", "set"] or len(words) <= _SMALLEST_SETTING:
        return None
    return words[-2].rpartition(".")[2], words[-1]


def read_install(arguments: Sequence[str]) -> Install:
    """Return what `pip install` is told. Raises UnclearPip for another command or an option that matters."""
    spoken = [word for word in arguments if not word.startswith("-")]
    if spoken and "install" not in spoken:
        raise UnclearPip(f"`pip {spoken[0]}`")
    rest = list(arguments)
    named_files: dict[str, list[str]] = {"--requirement": [], "--constraint": []}
    words: list[str] = []
    options: list[str] = []
    folders: list[Folder] = []
    while rest:
        word = rest.pop(0)
        name, value = named(word, rest)
        folder = Folder.read(value, is_editable=True) if name == "--editable" else Folder.read(word, is_editable=False)
        if folder:
            folders.append(folder)
        elif name in named_files:
            named_files[name].append(value)
        elif not word.startswith("-") or (name == "--editable" and "://" in value):
            words.append(value if word.startswith("-") else word)
        elif name not in _WITHOUT_DEPENDENCIES:
            options += choosing(name, value, word)
    files, constraints = named_files.values()
    is_exact = not _WITHOUT_DEPENDENCIES.isdisjoint(arguments)
    if is_exact and (words[1:] or (files and folders)):
        raise UnclearPip("the option --no-deps")  # a project without others leaves them to its requirements files
    if any("$" in word and not _OF_CHOSEN_VERSION.fullmatch(word) for word in words):
        raise UnclearPip(VARIABLE)
    if not words:
        raise UnclearPip("pip without a command")
    return Install(
        tuple(files),
        tuple(words[1:]),
        tuple(options),
        tuple(folders),
        is_exact=is_exact,
        constraints=tuple(constraints),
    )


def _is_installer(argument: str) -> bool:
    """Whether an argument is pip or a helper of pip; a certain setuptools may be what the program itself needs."""
    match = _PROJECT_NAME.match(argument)
    name = match[0].lower() if match else ""
    return name in INSTALLERS and (name != "setuptools" or argument.lower() == name)
