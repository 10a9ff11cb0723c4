"""Commands taken out of the chain of a RUN."""

import shutil
import subprocess
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from migrate.dockerfile.shell.chains import without
from migrate.dockerfile.shell.parse import Command, commands
from migrate.dockerfile.syntax.parse import Dockerfile, parse
from migrate.text import splice

PARSER: Any = import_module("dockerfile")  # by name, because this folder has the same one
SHELLS = [shell for shell in ("sh", "bash") if shutil.which(shell)]


def last_run(text: str) -> tuple[Dockerfile, tuple[Command, ...]]:
    read = parse(text)
    run = [instruction for instruction in read.instructions if instruction.keyword == "RUN"][-1]
    start, end = run.arguments_start, run.arguments_end
    if run.heredocs:
        start, end = run.heredocs[0].start, run.heredocs[0].end
    return read, commands(read.masked, start, end)


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


@dataclass(frozen=True)
class Case:
    """The commands of a RUN by name, what stands between them, and which of them go."""

    names: tuple[str, ...]
    gaps: tuple[str, ...]
    doomed: frozenset[int]

    def text(self, command: str) -> str:
        """Return the chain, each command made of a template from its name."""
        parts = [command.format(self.names[0])]
        for name, gap in zip(self.names[1:], self.gaps, strict=True):
            parts += [gap, command.format(name)]
        return "".join(parts)


def layouts(operator: str) -> list[str]:
    before, after = f" {operator} ".replace(" ;", ";"), f"{operator} " if operator != ";" else "; "
    return [
        *(before, f" \\\n    {after}", f"{before}\\\n    ", f"{before}\\\n\n  # comment {{}}\n  "),
        *(f" \\\n  # comment {{}}\n  {after}", f"{before}\\\n# comment {{}}\n\\\n# comment {{}} too\n  "),
        f" \\\n\\\n  {after}\\\n # comment {{}}\n\t",
    ]


@st.composite
def cases(draw: st.DrawFn, *operators: str) -> Case:
    names = tuple("abcdef"[: draw(st.integers(2, 6))])
    chosen = tuple(draw(st.sampled_from(operators)) for _ in names[1:])
    gaps = tuple(
        draw(st.sampled_from(layouts(operator))).format(number, number) for number, operator in enumerate(chosen)
    )
    return Case(names, gaps, draw(st.frozensets(st.integers(0, len(names) - 1), max_size=len(names) - 1)))


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


COMMAND = "{0} 'x  y' \\\n    # inside {0}\n    z"


@given(cases("&&", "&&", ";", "||"), st.sampled_from(["{}", COMMAND]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_remains_is_what_was(case: Case, command: str, newline: str, at_end: bool) -> None:
    text = f"FROM x\nRUN set -e; {case.text(command)}" + ("" if at_end else "\nCMD y\n")
    text = text.replace("\n", newline)
    read, found = last_run(text)
    edits = without(read, found, {index + 1 for index in case.doomed})
    assume(edits is not None)
    new = splice(text, edits or ())
    remaining = [item for index, item in enumerate(found) if index - 1 not in case.doomed]
    assert [words_of(command) for command in last_run(new)[1]] == [words_of(command) for command in remaining]
    assert sorted(comments(new)) == sorted(comments(text))
    assert [item.cmd for item in PARSER.parse_string(new)] == ["FROM", "RUN"] + ([] if at_end else ["CMD"])
    assert [item.keyword for item in parse(new).instructions] == [item.keyword for item in read.instructions]


def words_of(command: Command) -> list[str]:
    return [word.text for word in command.words]


def outcome(shell: str, script: str, case: Case, results: list[int]) -> tuple[int, list[str]]:
    """Return the exit code of a script and which of the commands that stay it ran; those that go succeed."""
    functions = "".join(
        f"{name}() {{ echo {name}; return {0 if index in case.doomed else results[index]}; }}\n"
        for index, name in enumerate(case.names)
    )
    finished = subprocess.run([shell, "-c", functions + script], check=False, capture_output=True, text=True)
    gone = {case.names[index] for index in case.doomed}
    return finished.returncode, [name for name in finished.stdout.split() if name not in gone]


several_results = st.lists(st.integers(0, 1), min_size=6, max_size=6)


@pytest.mark.parametrize("shell", SHELLS)
@given(case=cases("&&", "&&", "&&", ";", ";", "||"), strict=st.booleans(), results=several_results)
def test_what_remains_does_what_it_did(shell: str, case: Case, strict: bool, results: list[int]) -> None:
    text = "FROM x\nRUN " + ("set -e; " if strict else "") + case.text("{}")
    read, found = last_run(text)
    edits = without(read, found, {index + strict for index in case.doomed})
    assume(edits is not None)
    new = parse(splice(text, edits or ())).instructions[1].arguments
    assert outcome(shell, new, case, results) == outcome(shell, read.instructions[1].arguments, case, results)


@st.composite
def scripts(draw: st.DrawFn) -> Case:
    names = tuple("abcdef"[: draw(st.integers(2, 6))])
    between = [
        "\n",
        "\n",
        "\n# {}\n",
        "\n\n",
        " # {}\n",
        " && ",
        " &&\n  ",
        " \\\n && ",
        "; ",
        ";\n",
        " ||\n# {}\n",
        " | ",
    ]
    gaps = tuple(draw(st.sampled_from(between)).format(number) for number, _ in enumerate(names[1:]))
    return Case(names, gaps, draw(st.frozensets(st.integers(0, len(names) - 1), max_size=len(names) - 1)))


@pytest.mark.parametrize("shell", SHELLS)
@given(case=scripts(), strict=st.booleans(), results=several_results)
def test_what_remains_of_a_script(shell: str, case: Case, strict: bool, results: list[int]) -> None:
    text = "FROM x\nRUN <<EOF\n" + ("set -e\n" if strict else "") + case.text("{}") + "\nEOF\nCMD y\n"
    read, found = last_run(text)
    edits = without(read, found, {index + strict for index in case.doomed})
    assume(edits is not None)
    new = splice(text, edits or ())
    assert [item.cmd for item in PARSER.parse_string(new)] == ["FROM", "RUN", "CMD"]
    remaining = [command for index, command in enumerate(found) if index - strict not in case.doomed]
    assert [words_of(command) for command in last_run(new)[1]] == [words_of(command) for command in remaining]
    assert new.count("#") == text.count("#")
    before, after = (item.split("<<EOF\n")[1].split("\nEOF")[0] for item in (text, new))
    assert outcome(shell, after, case, results) == outcome(shell, before, case, results)
