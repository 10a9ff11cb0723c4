"""Commands taken out of the chain of a RUN."""

import pytest
from runs import last_run

from migrate.dockerfile.shell.chains import without
from migrate.text import splice


def taken_out(text: str, *programs: str) -> str | None:
    """Return a Dockerfile without the commands of its last RUN that begin with one of some words."""
    read, found = last_run(text)
    doomed = {index for index, command in enumerate(found) if command.words[0].text in programs}
    assert len(doomed) == len(programs)
    edits = without(read, found, doomed)
    return None if edits is None else splice(text, edits)


LEADING = """\
RUN a \\
 && b x \\
      y \\
 && c
"""
TRAILING = """\
RUN a && \\
    b x \\
      y && \\
    c
"""
SEMICOLONS = """\
RUN set -eux; \\
    a; \\
    \\
    b; \\
# about c
    c
"""
COMMENTS = """\
RUN a \\
    # about b
 && b \\
    # about y
    y \\
    # about c

 && c
"""
SCRIPT = """\
RUN <<EOF
set -e
# about a
a
b # about b
c && \\
  d
EOF
CMD e
"""


@pytest.mark.parametrize(
    ("before", "programs", "after"),
    [
        ("RUN a && b && c", "a", "RUN b && c"),
        ("RUN a && b && c", "b", "RUN a && c"),
        ("RUN a && b && c  \nCMD d", "c", "RUN a && b  \nCMD d"),
        ("RUN a && b && c", "ab", "RUN c"),
        ("RUN a && b && c", "bc", "RUN a"),
        ("RUN a && b && c", "ac", "RUN b"),
        ("RUN a; b; c", "a", "RUN b; c"),
        ("RUN a; b; c", "b", "RUN a; c"),
        ("RUN a && b; c", "b", "RUN a; c"),
        ("RUN a; b && c", "b", "RUN a; c"),
        ("RUN a && b # about b", "b", "RUN a # about b"),
        ("RUN a && b;", "b", "RUN a;"),
        ("RUN a && b 'x # y' > z && c", "b", "RUN a && c"),
        ("RUN --mount=type=cache,target=/x a && b", "a", "RUN --mount=type=cache,target=/x b"),
        ("RUN a && (b; c)", "a", "RUN (b; c)"),
        ("RUN (b; c) && a && d", "a", "RUN (b; c) && d"),
        ("RUN if b; then c; fi; a && d", "a", "RUN if b; then c; fi; d"),
        ("RUN d || e && a", "a", "RUN d || e"),
        ("RUN a && d || e", "a", "RUN d || e"),
        ("RUN a && b && d || e", "ab", "RUN d || e"),
        ("RUN set -e; a; b", "b", "RUN set -e; a"),
        ("RUN set -o pipefail -eu; a; b", "b", "RUN set -o pipefail -eu; a"),
        ("RUN set -e; a && b; c && d", "d", "RUN set -e; a && b; c"),
        (LEADING, "a", "RUN b x \\\n      y \\\n && c\n"),
        (LEADING, "b", "RUN a \\\n && c\n"),
        (LEADING, "c", "RUN a \\\n && b x \\\n      y\n"),
        (LEADING, "ab", "RUN c\n"),
        (LEADING, "bc", "RUN a\n"),
        (LEADING, "ac", "RUN b x \\\n      y\n"),
        (TRAILING, "a", "RUN b x \\\n      y && \\\n    c\n"),
        (TRAILING, "b", "RUN a && \\\n    c\n"),
        (TRAILING, "c", "RUN a && \\\n    b x \\\n      y\n"),
        (TRAILING, "ab", "RUN c\n"),
        (TRAILING, "bc", "RUN a\n"),
        (TRAILING, "ac", "RUN b x \\\n      y\n"),
        (SEMICOLONS, "a", "RUN set -eux; \\\n    \\\n    b; \\\n# about c\n    c\n"),
        (SEMICOLONS, "b", "RUN set -eux; \\\n    a; \\\n    \\\n# about c\n    c\n"),
        (SEMICOLONS, "c", "RUN set -eux; \\\n    a; \\\n    \\\n    b\n# about c\n"),
        (
            COMMENTS,
            "a",
            "RUN \\\n    # about b\n b \\\n    # about y\n    y \\\n    # about c\n\n && c\n",
        ),
        (COMMENTS, "b", "RUN a \\\n    # about b\n    # about y\n    # about c\n\n && c\n"),
        (COMMENTS, "c", "RUN a \\\n    # about b\n && b \\\n    # about y\n    y\n# about c\n\n"),
        (COMMENTS, "ab", "RUN \\\n    # about b\n    # about y\n    # about c\n\n c\n"),
        (COMMENTS, "bc", "RUN a\n# about b\n# about y\n# about c\n\n"),
        ("RUN a \\\n && b \\\n", "b", "RUN a\n"),
        ("RUN a \\\n && b \\\n\nCMD c\nCMD d", "b", "RUN a\nCMD d"),
        ("RUN a \\\n && b", "b", "RUN a"),
        ("RUN a \\\n # about b\n && b", "b", "RUN a\n# about b"),
        ("RUN a && b \\\n && c", "b", "RUN a \\\n && c"),
        ("RUN a \\\n && b && c", "b", "RUN a \\\n && c"),
        ("RUN \\\n  a \\\n  && b", "a", "RUN \\\n  b"),
        ("RUN \\\n  a \\\n  && b", "b", "RUN \\\n  a"),
        ("RUN a x \\\n    y && b \\\n    z \\\n && c", "b", "RUN a x \\\n    y \\\n && c"),
        (SCRIPT, "a", SCRIPT.replace("a\nb", "b")),
        (SCRIPT, "b", SCRIPT.replace("b # about", "# about")),
        (SCRIPT, "c", SCRIPT.replace("c && \\\n", "")),
        (SCRIPT, "d", SCRIPT.replace("c && \\\n  d", "c")),
        ("RUN <<EOF\na &&\nb\n\nc\nEOF", "a", "RUN <<EOF\nb\n\nc\nEOF"),
        ("RUN <<EOF\na; b\nc\nEOF", "b", "RUN <<EOF\na\nc\nEOF"),
        ("RUN <<EOF\na &&\nb \\\n && c\nEOF", "b", "RUN <<EOF\na &&\n c\nEOF"),
        ("RUN <<EOF\na &&\nb\nc\nEOF", "b", "RUN <<EOF\na\nc\nEOF"),
        ("RUN <<EOF\na; b # c\nd\nEOF", "b", "RUN <<EOF\na # c\nd\nEOF"),
        ("RUN <<EOF\na # b\nc && d\nEOF", "ac", "RUN <<EOF\n# b\nd\nEOF"),
        ("RUN <<EOF\na; # b\nc && d\nEOF", "ac", "RUN <<EOF\n# b\nd\nEOF"),
        ("RUN a && \\\n# c\n \\\n  b", "b", "RUN a\n# c"),
        ("RUN <<EOF\na\nb; c\nEOF", "b", "RUN <<EOF\na\nc\nEOF"),
        ("RUN <<EOF\na;\nb\nc\nEOF", "b", "RUN <<EOF\na;\nc\nEOF"),
        ("RUN <<EOF\n\\\\a\\\\\nb\nc\nEOF", "b", "RUN <<EOF\n\\\\a\\\\\nc\nEOF"),
    ],
)
def test_without(before: str, programs: str, after: str) -> None:
    assert taken_out(f"FROM x\n{before}", *programs) == f"FROM x\n{after}"
    windows = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    if "<<" not in before:
        assert taken_out(f"FROM x\r\n{windows[0]}", *programs) == f"FROM x\r\n{windows[1]}"


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("RUN a", "a"),
        ("RUN a && b", "ab"),
        ("RUN a || b", "a"),
        ("RUN a || b", "b"),
        ("RUN a || b && c", "a"),
        ("RUN a || b && c", "b"),
        ("RUN a && b || c", "b"),
        ("RUN a && b || c", "ab"),
        ("RUN a | b && c", "b"),
        ("RUN a | b && c", "a"),
        ("RUN a & b", "a"),
        ("RUN a & b", "b"),
        ("RUN a; b &", "b"),
        ("RUN ! a && b", "a"),
        ("RUN (a; b) && c", "a"),
        ("RUN if a; then b; fi", "b"),
        ("RUN a; b", "b"),
        ("RUN a; b;", "b"),
        ("RUN a; b && c", "bc"),
        ("RUN (a); b", "b"),
        ("RUN set -e; (a); b", "b"),
        ("RUN set -e; a && b; c", "c"),
        ("RUN set -e; ! a; b", "b"),
        ("RUN set -e; set +e; a; b", "b"),
        ("RUN set -x; a; b", "b"),
        ("RUN a; set -e; b; c", "c"),
        ("RUN set -e; a && b; c", "b"),
        ("RUN <<EOF\na\nb\nEOF", "b"),
        ("RUN <<EOF\na &&\nb; c\nEOF", "b"),
        ("RUN a && " + "b; " * 500 + "b", "a"),
    ],
)
def test_refuses(text: str, programs: str) -> None:
    assert taken_out(f"FROM x\n{text}", *programs) is None


def test_nothing_doomed_changes_nothing() -> None:
    read, found = last_run("FROM x\nRUN a && b")
    assert without(read, found, frozenset()) == ()
