"""The options and settings of pip: which choose what is installed, and which do not."""

import re
from collections.abc import Iterable, Iterator

# Options that change how pip works or talks, never what it installs.
HARMLESS = frozenset(
    {
        "--break-system-packages",
        "--compile",
        "--disable-pip-version-check",
        "--force-reinstall",
        "--ignore-installed",
        "--isolated",
        "--no-cache",  # pip takes the start of an option that only one has for all of it
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
        "-v",
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
# Options that say where packages come from and which are taken, as a requirements file may have them too.
CHOOSING = frozenset({"--no-index", "--pre", "--prefer-binary", "--require-hashes"})
CHOOSING_WITH_VALUE = frozenset(
    {"--extra-index-url", "--find-links", "--index-url", "--no-binary", "--only-binary", "--trusted-host"}
)
# Settings that decide what is installed, or where to, in a way that uvmigrate does not carry over.
_DECIDING = frozenset(
    {
        "abi",
        "build-option",
        "cert",
        "client-cert",
        "config-settings",
        "constraint",
        "dry-run",
        "editable",
        "global-option",
        "implementation",
        "install-option",
        "no-build-isolation",
        "no-deps",
        "only-final",
        "platform",
        "prefix",
        "proxy",
        "python",
        "python-version",
        "report",
        "requirement",
        "root",
        "src",
        "target",
    }
)
# What does the same with uv, written by hand.
_WAYS = {
    "--group": " (`uv sync --group` installs one of pyproject.toml)",
    "--no-build-isolation": " (no-build-isolation-package in [tool.uv] names the packages that need it)",
}
_SHORT = {
    "-c": "--constraint",
    "-i": "--index-url",
    "--pypi-url": "--index-url",
    "-f": "--find-links",
    "-r": "--requirement",
    "-e": "--editable",
}
_JOINED = re.compile(r"-([IUqv]+)([crief].*)?", re.DOTALL)
_ON = frozenset({"1", "on", "t", "true", "y", "yes"})


class UnclearPip(ValueError):
    """The command calls pip in a way that uvmigrate does not carry over; the text says which."""


def apart(words: Iterable[str]) -> Iterator[str]:
    """Yield the words of a command with each short option alone: `-Ur file` is `-U -r file`."""
    for word in words:
        if match := _JOINED.fullmatch(word):
            yield from (f"-{letter}" for letter in match[1])
            yield from [f"-{match[2]}"] if match[2] else []
        else:
            yield word


def named(word: str, rest: list[str]) -> tuple[str, str]:
    """Return the long name of an option and its value, which may be the next of the words: that one is taken."""
    short = re.fullmatch(r"(-[crife])(.+)", word)
    name, equals, value = (short[1], "=", short[2]) if short else word.partition("=")
    name = _SHORT.get(name, name)
    if not equals and name in {
        "--constraint",
        "--editable",
        "--requirement",
        *HARMLESS_WITH_VALUE,
        *CHOOSING_WITH_VALUE,
    }:
        if not rest:
            raise UnclearPip(f"{word} without a value")
        value = rest.pop(0)
    return name, value


def choosing(name: str, value: str, word: str) -> tuple[str, ...]:
    """Return an option that chooses packages; nothing for one that does not. Raises UnclearPip for all others."""
    if name in CHOOSING_WITH_VALUE:
        return (f"{name} {value}",)
    if name in CHOOSING:
        return (name,)
    if name in HARMLESS_WITH_VALUE or word in HARMLESS:
        return ()
    raise UnclearPip(f"the option {name}{_WAYS.get(name, '')}")


def option_of_setting(name: str, value: str) -> tuple[str, ...] | None:
    """Return the options that a setting of pip stands for, by its name in a configuration file or behind `PIP_`.

    No options if it chooses no packages, or if pip does not know it; None if uvmigrate does not carry it over.
    """
    key = name.lower().replace("_", "-")
    if f"--{key}" in CHOOSING:
        return (f"--{key}",) if value.lower() in _ON else ()
    if f"--{key}" in CHOOSING_WITH_VALUE:
        return tuple(f"--{key} {each}" for each in value.split())
    return None if key in _DECIDING else ()
