"""Options behind a requirement that say how it is built: `--config-settings`, `--global-option`."""

import re
import shlex
from dataclasses import dataclass

_OPTION = re.compile(r"(--config-settings?|-C|--global-option)(?:=(.*))?", re.DOTALL)
_GLOBAL = "--global-option"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Settings for the build backend, and the text of all other options."""

    settings: tuple[tuple[str, str], ...]
    rest: str


def build_options(text: str) -> BuildOptions:
    """Return what the options behind a requirement tell its build backend.

    setuptools takes a global option as a setting of that name. A text that is not understood is all rest.
    """
    try:
        words = shlex.split(text)
    except ValueError:
        return BuildOptions((), text)
    settings: list[tuple[str, str]] = []
    rest: list[str] = []
    while words:
        word = words.pop(0)
        match = _OPTION.fullmatch(word)
        if match is None:
            rest.append(word)
            continue
        value = match[2] if match[2] is not None else words.pop(0) if words else ""
        key, equals, setting = (_GLOBAL, "=", value) if match[1] == _GLOBAL else value.partition("=")
        if not (key and equals and value):
            return BuildOptions((), text)
        settings.append((key, setting))
    return BuildOptions(tuple(settings), shlex.join(rest))
