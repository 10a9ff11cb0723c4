"""`uv pip` in words of pip, and into which environment it installs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrate.dockerfile.facts.pip_options import named

_UV = re.compile(r"(?:[\w./-]*/)?uv")
_PYTHON = re.compile(r"(?:[\w./-]*/)?python(?:3(?:\.\d+)?)?")
# Options of uv that change how it works, never what it installs, or that say where to: `Environments` reads those.
_HARMLESS = frozenset(
    {
        "--compile-bytecode",
        "--native-tls",
        "--no-compile-bytecode",
        "--no-managed-python",
        "--no-progress",
        "--no-python-downloads",
        "--refresh",
        "--reinstall",
        "--strict",
        "--system",
        "--system-certs",
        "-n",
    }
)
_HARMLESS_WITH_VALUE = frozenset({"--color", "--link-mode", "--python", "--python-preference", "-p"})
_IN_PIP = {"--constraints": "--constraint", "--default-index": "--index-url", "--requirements": "--requirement"}
_IDLE = {"cache": "cache", "self": "debug", "version": "--version", "--version": "--version", "-V": "--version"}
_SETTINGS = re.compile(
    r"UV_(?:BREAK_SYSTEM_PACKAGES|COMPILE_BYTECODE|CONCURRENT_\w+|HTTP_RETRIES|HTTP_TIMEOUT|LINK_MODE|NATIVE_TLS|NO_CACHE"
    r"|NO_PROGRESS|PYTHON_DOWNLOADS|REQUEST_TIMEOUT|SYSTEM_PYTHON|VERSION)"
)
_ON = frozenset({"1", "on", "t", "true", "y", "yes"})


def behind_uv(words: Sequence[str | None]) -> list[str | None] | None:
    """Return the words of a command behind `uv` or `python -m uv`, switches in front of its sub-command behind it."""
    rest = list(words)
    if rest and rest[0] and _PYTHON.fullmatch(rest[0]) and rest[1:3] == ["-m", "uv"]:
        rest = rest[2:]
    if not rest or rest[0] is None or not _UV.fullmatch(rest[0]):
        return None
    switches = [word for word in rest[1:] if word is None or word.startswith("-")]
    first = next((n for n, word in enumerate(rest) if n and word not in switches), len(rest))
    return [*rest[first:], *rest[1:first]]


def as_pip(argv: Sequence[str]) -> tuple[str, ...] | None:
    """Return what pip would be told to do the same as a command of uv; None for one that is not `uv pip` or idle.

    `uv pip sync` installs what its files name, and nothing that this depends on.
    """
    words = [word or "" for word in behind_uv(argv) or ()]
    if words[:1] != ["pip"]:
        return (_IDLE[words[0]],) if words and words[0] in _IDLE else None
    action, *rest = words[1:] or [""]
    told = _options(rest)
    if action == "sync":
        return ("install", "--no-deps", *_with_files(told))
    return ("list" if action == "tree" else action, *told)


def _options(words: Iterable[str]) -> Iterator[str]:
    """Yield the words behind the sub-command, options as pip calls them, without those that do not matter."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in _HARMLESS_WITH_VALUE:
            rest = rest if equals else rest[1:]
        elif name == "--prerelease":
            chosen = value if equals else (rest.pop(0) if rest else "")
            yield "--pre" if chosen == "allow" else f"--prerelease {chosen}"
        elif word not in _HARMLESS:
            yield f"{_IN_PIP.get(name, name)}{equals}{value}"


def _with_files(words: Iterable[str]) -> Iterator[str]:
    """Yield the options of `uv pip sync` as they are, and each file as a requirements file."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, value = named(word, rest) if rest else (word, "")
        if word.startswith("-"):
            yield f"{name}={value}" if value else word
        else:
            yield from ("-r", word)


def python_of(words: Sequence[str | None]) -> str | None:
    """Return the interpreter or environment that a command of uv is told to install for; None if it is told none."""
    for n, word in enumerate(words):
        name, equals, value = (word or "").partition("=")
        if name in {"--python", "-p"}:
            return value if equals else next(iter(words[n + 1 : n + 2]), "") or ""
    return None


def is_harmless(name: str) -> bool:
    """Whether a variable of uv does not change what it installs, nor where to, when it is given a project."""
    return _SETTINGS.fullmatch(name) is not None


def is_system(words: Sequence[str | None], variables: Mapping[str, str]) -> bool:
    """Whether a command of uv installs for the image's own Python, by its words or by the variables that it has."""
    return "--system" in words or variables.get("UV_SYSTEM_PYTHON", "").lower() in _ON
