"""What remains of generated chains and scripts does what it did, in real shells."""

import subprocess
from dataclasses import dataclass

import pytest
from buildkit import PARSER
from hypothesis import assume, given
from hypothesis import strategies as st
from runs import SHELLS, last_run, words_of

from migrate.dockerfile.shell.chains import without
from migrate.dockerfile.syntax.parse import parse
from migrate.text import splice


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
