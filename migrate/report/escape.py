"""The one place through which text of a repository passes before a person or a program sees it."""

import re

_LOGIN = re.compile(
    r"(?P<scheme>\b(?:(?:git|hg|svn|bzr)\+)?(?:https?|ssh|git)://)(?P<login>[^/\s@\"'<>]+)@", re.IGNORECASE
)
_VARIABLES = re.compile(r"\$\{?\w+\}?(?::\$\{?\w+\}?)?")


def masked(text: str) -> str:
    """Return text in which `***` stands for the name and password of each URL by which packages are fetched.

    The user of an SSH URL is no secret, and neither is the name of a variable.
    """
    return _LOGIN.sub(_masked, text) if "@" in text else text


def _masked(match: re.Match[str]) -> str:
    scheme, login = match["scheme"], match["login"]
    is_public = _VARIABLES.fullmatch(login) or (":" not in login and "http" not in scheme.lower())
    return match[0] if is_public else f"{scheme}***@"


def shown(text: str) -> str:
    r"""Return text that a terminal can show as it is: what is not printable becomes an escape such as `\x1b`.

    That covers control characters (C0 and C1, so no escape sequence survives), marks that change the direction of
    writing, invisible and unassigned characters, and halves of surrogate pairs. Line ends and tabs stay.
    """
    return "\n".join("\t".join(map(one_line, line.split("\t"))) for line in text.split("\n"))


def one_line(text: str) -> str:
    r"""Return text that takes exactly one line: as `shown`, and line ends and tabs become `\n` and `\t`."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
