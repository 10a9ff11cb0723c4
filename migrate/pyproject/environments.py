"""The platforms that a lock has to hold for, in the text of a pyproject.toml."""

import tomllib

from migrate.pyproject.array import quoted
from migrate.pyproject.layout import header, put_last
from migrate.text import newline_of


def with_environment(text: str, marker: str) -> str | None:
    """Return a pyproject.toml whose lock needs to hold only where a marker (PEP 508) does: `environments` of uv.

    None if the text names environments already, or cannot be edited with certainty.
    """
    import tomlkit

    document, newline = tomlkit.parse(text), newline_of(text)
    line = f"environments = [{quoted(marker)}]{newline}"
    uv = header(document, "tool", "uv")
    if uv is None:
        new = f"{text.rstrip()}{newline * 2}[tool.uv]{newline}{line}"
    elif "environments" in uv:
        return None
    else:
        put_last(uv, line, newline)
        new = document.as_string()
    try:
        environments = tomllib.loads(new)["tool"]["uv"]["environments"]
    except (tomllib.TOMLDecodeError, KeyError):
        return None
    return new if environments == [marker] else None
