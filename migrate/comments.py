"""What in a file is a comment, where the syntax of the file leaves no doubt."""

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from posixpath import basename

from migrate.names import is_dockerfile

_MAKEFILE = re.compile(r"(?:GNUm|[Mm])akefile|.*\.mk")
_LONG = 100_000  # characters of YAML, which take a second
# Quoted texts of a shell line that surely end in it.
_QUOTED = re.compile(r"""'[^']*'|"[^"\\`(]*\"""")


def without_comments(path: str, text: str) -> str:
    """Return the text of a file with blanks in the place of its comments, as far as they are certain.

    That are whole lines, in Python also what stands behind code. A line of a heredoc, of a text in quotes or of a block
    of YAML may look like a comment.
    """
    lines = text.split("\n")
    for number, start, end in _comments(path, text, lines):
        lines[number] = lines[number][:start] + " " * (end - start) + lines[number][end:]
    return "\n".join(lines)


def _comments(path: str, text: str, lines: list[str]) -> Iterable[tuple[int, int, int]]:
    """Return the comments of a file: the number of the line, from 0, and where it starts and ends in it."""
    name = basename(path)
    if path.endswith(".py"):
        return _of_python(text)
    found: Iterable[int] = ()
    if is_dockerfile(path):
        found = range(text.count("\n", 0, text.find("<<")) if "<<" in text else len(lines))
    elif path.endswith((".sh", ".bash")):
        found = _outside_quotes(lines)
    elif path.endswith((".yaml", ".yml")) and len(text) < _LONG:
        found = _outside_scalars(text, len(lines))
    elif name in {"setup.cfg", "tox.ini"} or (path.endswith(".toml") and not re.search("\"{3}|'{3}", text)):
        found = range(len(lines))
    elif _MAKEFILE.fullmatch(name) and "define" not in text:
        found = (n for n in range(len(lines)) if lines[n].startswith("#") and not (n and lines[n - 1].endswith("\\")))
    return [(n, 0, len(lines[n])) for n in found if lines[n].lstrip(" \t").startswith("#")]


def _of_python(text: str) -> list[tuple[int, int, int]]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text, newline="\n").readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return []
    return [(each.start[0] - 1, each.start[1], each.end[1]) for each in tokens if each.type == tokenize.COMMENT]


def _outside_quotes(lines: list[str]) -> Iterator[int]:
    """Yield the lines of a shell script up to the first one that may go on in the next."""
    for number, line in enumerate(lines):
        yield number
        rest = _QUOTED.sub("", line)
        if not line.lstrip(" \t").startswith("#") and ("<<" in line or re.search(r"[\"'`\\]", rest)):
            return


def _outside_scalars(text: str, count: int) -> set[int]:
    """Return the lines of a YAML file in which no value goes on."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.tokens import ScalarToken

    outside = set(range(count))
    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            if isinstance(token, ScalarToken):
                outside -= set(range(token.start_mark.line + 1, token.end_mark.line + 1))
    except YAMLError:
        return set()
    return outside
