"""The one place through which text of a repository passes before a person sees it on a screen."""


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
