"""The shell reader on generated texts: against tree-sitter's grammar of bash, and against real shells."""

import subprocess
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from runs import SHELLS, read, words_of
from times import seconds
from tree_sitter_oracle import by_tree_sitter, by_us

from migrate.dockerfile.shell.parse import ShellError

words = st.sampled_from(
    [
        *(
            "a",
            "install",
            "-y",
            "--x=y",
            "/usr/bin/z",
            "a.b",
            "'a b'",
            "'#'",
            '"a b"',
            '"a; $x"',
            "$x",
            "${x}",
            "${x:-y z}",
        ),
        *(
            "$(date)",
            '"$(a && b)"',
            "$((1+2))",
            "a\\ b",
            "*.txt",
            "\\;",
            "uvicorn[standard]",
            "flask~=2",
            "x==1",
        ),
    ]
)


redirects = st.sampled_from(["> /dev/null", "2>&1", ">>a", "< b"])


blanks = st.sampled_from([" ", "  ", "\t", " \\\n "])


@st.composite
def simple(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(["A=1", "B='c d'", 'C="$d"']), max_size=1))
    parts += [draw(st.sampled_from(["a", "apt-get", "./run.sh", "python3"])), *draw(st.lists(words, max_size=4))]
    parts += draw(st.lists(redirects, max_size=1))
    return draw(blanks).join(parts)


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from([" && ", " || ", "; ", " | ", "\n", " \\\n  && ", " &&\n", "\n# c\n", " & "])
    chains = st.builds(lambda first, operator, second: first + operator + second, inner, operators, inner)
    return st.one_of(
        *(chains, chains, chains),
        st.builds("( {} )".format, inner),
        st.builds("{{ {}; }}".format, inner),
        st.builds("if {}; then {}; else {}\nfi".format, inner, inner, inner),
        st.builds("for x in {} {}; do {}; done".format, words, words, inner),
        st.builds("while {}\ndo {}; done".format, inner, inner),
        st.builds("case {} in a|b) {};; *) {}\nesac".format, words, inner, inner),
    )


scripts = st.recursive(simple(), compound, max_leaves=6)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(scripts)
def test_agrees_with_tree_sitter(text: str) -> None:
    expected = by_tree_sitter(text)
    if expected is not None:
        assert by_us(text) == expected


@given(scripts)
def test_what_docker_drops_changes_nothing(text: str) -> None:
    masked = text.replace("\\\n", "\0\0")
    assert by_us(masked) == by_us(text)
    assert [words_of(command) for command in read(masked)] == [words_of(command) for command in read(text)]


fragments = st.sampled_from(
    [
        *(
            "a",
            "b ",
            "&&",
            "||",
            ";",
            "\n",
            "|",
            "&",
            "(",
            ")",
            "{ ",
            "; }",
            '"',
            "'",
            "$",
            "${x}",
            "${x:-",
            "}",
            "$(",
            "`x`",
        ),
        *(
            "\\",
            "\\\n",
            "#",
            " ",
            "if ",
            "; then ",
            "; fi",
            "; do ",
            "; done",
            "for x in ",
            "while ",
            "case x in ",
            "; esac",
        ),
        *(
            "x)",
            ";;",
            "! ",
            "<",
            ">",
            "2>&1 ",
            "x=",
            "[",
            "[[ ",
            "]]",
            "$((",
            "))",
            "~",
            "*",
            "{a,b}",
            "$'",
            "in ",
            "else ",
        ),
    ]
)


@pytest.mark.parametrize("shell", SHELLS)
@given(text=st.one_of(scripts, st.lists(fragments, max_size=8).map("".join)))
def test_shells_accept_what_is_understood(shell: str, text: str) -> None:
    try:
        found = read(text)
    except ShellError:
        return
    if found and not (shell == "sh" and "<<<" in text):  # a word as input, which only bash has
        subprocess.run([shell, "-n", "-c", text], check=True, capture_output=True)


marks = st.sampled_from(
    [
        *(
            "a",
            "b",
            '"',
            "'",
            "\\",
            "$",
            " ",
            "\t",
            "\\\n",
            "{",
            "}",
            ",",
            "..",
            "~",
            "=",
            ":",
            "[",
            "]",
            "*",
            "?",
            "#",
            "!",
        ),
        *('"a b"', "'c d'", '\\"', '"\\$"', '"\\a"', "é", "\r", "-", "^", "%", "@", "\u00a0"),
    ]
)


@pytest.mark.parametrize("shell", SHELLS)
@given(text=st.lists(marks, max_size=8).map("".join))
def test_literal_words_are_what_a_shell_passes_on(shell: str, text: str) -> None:
    script = f"printf '<%s>' {text}"
    try:
        found = read(script)
    except ShellError:
        return
    values = [word.unmatched for word in found[0].words[2:]]
    if len(found) == 1 and None not in values:
        printed = subprocess.run([shell, "-fc", script], check=True, capture_output=True)
        assert printed.stdout.decode() == "".join(f"<{value}>" for value in values or [""])


@given(st.one_of(st.text(), st.lists(fragments, max_size=30).map("".join)))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        found = read(text)
    except ShellError:
        return
    words = [word for command in found for word in (*command.assignments, *command.words)]
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(0 <= command.start < command.end <= len(text) for command in found)
    assert [command.start for command in found] == sorted(command.start for command in found)


def tried(text: str) -> None:
    with suppress(ShellError):
        read(text)


@pytest.mark.parametrize(
    "unit",
    [
        "apt-get install -y 'a b' \"$x\" uvicorn[standard] && \\\n  # c\n",
        *('"$(a "$b")" ', "${a:-b} ", "$((1 + 2)) ", "`a` ", "{a,b ", "[", "a=[", "\\\n", "\0", "$a", '"\\', "{,", "~"),
        "<<<a ",
        *("if a; then b; fi\n", "case x in a) b;; esac\n", "(a)\n", "$", "2", "a ${x-", "&\\\n", "! a;"),
    ],
)  # fmt: skip
def test_time_grows_with_the_text(unit: str) -> None:
    few, many = ("a " + unit * number for number in (100, 3200))
    assert seconds(lambda: tried(many)) < 200 * seconds(lambda: tried(few)) + 0.01
