"""Arguments of single instructions, and Docker's replacement of variables."""

import json
import os
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.dockerfile.syntax.instruction import Instruction
from migrate.dockerfile.syntax.parse import DockerfileError, parse
from migrate.dockerfile.syntax.words import Pair, copy, declarations, expand, fields, pairs

VARIABLES = {"A": "x", "EMPTY": "", "QUOTED": "\"a b\" 'c' \\ $A", "V1": "3.11"}


def instruction(text: str) -> Instruction:
    return parse(text).instructions[0]


def test_pairs_and_their_spans() -> None:
    text = "ENV A=b \\\n  # comment\n  C='d \\\n e' \\\n  F=\\\ng H=\"i j\"  \n"
    read = pairs(instruction(text))
    assert [(pair.name, pair.value) for pair in read] == [("A", "b"), ("C", "'d  e'"), ("F", "g"), ("H", '"i j"')]
    assert [text[pair.start : pair.end] for pair in read] == ["A=b", "C='d \\\n e'", "F=\\\ng", 'H="i j"']


def test_the_old_form_is_one_pair() -> None:
    text = "ENV  A \\\n  b=c  'd'  \n"
    assert pairs(instruction(text)) == (Pair("A", "b=c  'd'", 5, 19),)
    assert text[5:19] == "A \\\n  b=c  'd'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ENV", []),
        ("ENV A=", [("A", "")]),
        ("ENV A=b=c", [("A", "b=c")]),
        ("ENV =b", [("", "b")]),
        ("ENV A=b\\ c D=e", [("A", "b\\ c"), ("D", "e")]),
        ('ENV A="b', [("A", '"b')]),
        ('ENV A="b\\" c" D=e', [("A", '"b\\" c"'), ("D", "e")]),
        ("ENV A='b\\' C=d", [("A", "'b\\'"), ("C", "d")]),
        ("ENV A b C=d", [("A", "b C=d")]),
        ("ENV 'A b' c", [("'A", "b' c")]),
        ("# escape=`\nENV A=b` c D=e\\ F=g", [("A", "b` c"), ("D", "e\\"), ("F", "g")]),
        ("LABEL a.b=c", [("a.b", "c")]),
    ],
)
def test_pairs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(pair.name, pair.value) for pair in pairs(instruction(text))] == expected


def test_declarations() -> None:
    text = "ARG A B=c D= E='f g'"
    read = declarations(instruction(text))
    assert [(pair.name, pair.value) for pair in read] == [("A", None), ("B", "c"), ("D", ""), ("E", "'f g'")]
    assert [text[pair.start : pair.end] for pair in read] == ["A", "B=c", "D=", "E='f g'"]
    assert declarations(instruction("ARG")) == ()


def test_fields_and_their_spans() -> None:
    text = "FROM \\\n  pyt\\\nhon \\\n AS  base\n"
    read = fields(instruction(text))
    assert [field.text for field in read] == ["python", "AS", "base"]
    assert [text[field.start : field.end] for field in read] == ["pyt\\\nhon", "AS", "base"]


def test_only_some_instructions_have_arrays_of_fields() -> None:
    assert [field.text for field in fields(instruction('VOLUME ["/a b"]'))] == ["/a b"]
    assert [field.text for field in fields(instruction('EXPOSE ["80"]'))] == ['["80"]']


def test_copy_in_shell_form() -> None:
    text = 'COPY --chown=a:b a.txt "b c" \\\n  # comment\n  d* ./\n'
    read = copy(instruction(text))
    assert [source.text for source in read.sources] == ["a.txt", '"b', 'c"', "d*"]
    assert read.destination.text == "./"
    assert [text[source.start : source.end] for source in read.sources] == ["a.txt", '"b', 'c"', "d*"]


def test_copy_in_json_form() -> None:
    text = 'ADD [ "a\\"b\\\\", \\\n  "\\u00e9 c",".\\\n/"]\n'
    read = copy(instruction(text))
    assert [source.text for source in read.sources] == ['a"b\\', "é c"]
    assert read.destination.text == "./"
    spans = [(source.start, source.end) for source in (*read.sources, read.destination)]
    assert [text[start:end] for start, end in spans] == ['"a\\"b\\\\"', '"\\u00e9 c"', '".\\\n/"']


@pytest.mark.parametrize("text", ["COPY", "COPY a", 'COPY ["a"]', "COPY --from=a b"])
def test_copy_needs_two(text: str) -> None:
    with pytest.raises(DockerfileError, match="needs a source and a destination"):
        copy(instruction(text))


EXPANSIONS = [
    ("", ""),
    ("plain text", "plain text"),
    ("$A", "x"),
    ("${A}", "x"),
    ("a$A.b${A}c$A-$V1", "ax.bxcx-3.11"),
    ("${A:-b}", "x"),
    ("${EMPTY:-b}", "b"),
    ("${EMPTY:-$A/${A}}", "x/x"),
    ("${EMPTY:-'b }'}", "b }"),
    ("${A:+b}", "b"),
    ("${EMPTY:+b}", ""),
    ("$EMPTY", ""),
    ("$QUOTED", "\"a b\" 'c' \\ $A"),
    ("'$A' b", "$A b"),
    ('"$A" b', "x b"),
    ("\"${A:-b}'c'\"", "x'c'"),
    ("'a'\"b\"c", "abc"),
    ("\\$A", "$A"),
    ('"\\$A \\" \\\\ \\b"', '$A " \\ \\b'),
    ("'a\\b'", "a\\b"),
    ("a\\b\\ c", "ab c"),
    ("a$ b$", "a$ b$"),
    ("$/b $.", "$/b $."),
    ("a << b < c", "a << b < c"),
    ("a/b}c", "a/b}c"),
]


@pytest.mark.parametrize(("text", "expected"), EXPANSIONS)
def test_expands(text: str, expected: str) -> None:
    assert expand(text, VARIABLES, "\\") == expected


def test_expands_with_the_backtick() -> None:
    assert expand('C:\\a`$A\\$A"`""', VARIABLES, "`") == 'C:\\a$A\\x"'


@pytest.mark.parametrize(
    "text",
    [
        *(
            "$UNKNOWN",
            "${UNKNOWN}",
            "${UNKNOWN:-a}",
            "${UNKNOWN:+a}",
            "${EMPTY:-$UNKNOWN}",
            "${A:+$UNKNOWN}",
            '"$UNKNOWN"',
        ),
        *("${A-b}", "${A+b}", "${A:?b}", "${A?b}", "${A#b}", "${A##b}", "${A%b}", "${A/b/c}", "${A//b/c}", "${A:0:1}"),
        *(
            "${A",
            "${",
            "${}",
            "${:-a}",
            "${A:-b",
            "${A:",
            "${A^^}",
            "${A,}",
            "${{A}",
            "${A:#b}",
            "${A/b}",
            "$1",
            "$@",
            "$$",
        ),
        *("'a", '"a', '"${A"', "$Aé", "${A:-'b}"),
        "${EMPTY:-" * 60 + "}" * 60,
    ],
)
def test_does_not_guess(text: str) -> None:
    assert expand(text, VARIABLES, "\\") is None


def test_a_word_that_is_not_used_may_be_unknown() -> None:
    assert expand("${A:-$UNKNOWN}${EMPTY:+$UNKNOWN}", VARIABLES, "\\") == "x"


@given(st.text(), st.sampled_from("\\`"))
def test_expands_any_text_or_says_no(text: str, escape: str) -> None:
    assert isinstance(expand(text, VARIABLES, escape), str | None)


@given(st.text(st.characters(exclude_characters="'\"$\\")))
def test_a_text_without_marks_stays(text: str) -> None:
    assert expand(text, {}, "\\") == text


@pytest.mark.docker
def test_expands_as_docker_does() -> None:
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "version"], check=False, capture_output=True).returncode
    ):
        pytest.skip("no Docker engine answers")
    lines = [f"ENV {name}={json.dumps(value).replace('$', chr(92) + '$')}" for name, value in VARIABLES.items()]
    lines += [f"ENV R{number} {text}" for number, (text, _) in enumerate(EXPANSIONS) if text]
    tag = "uvmigrate-test-expansions"
    dockerfile = "FROM scratch\n" + "\n".join(lines) + "\n"
    build = ["docker", "build", "--tag", tag, "-"]
    environ = os.environ | {"DOCKER_BUILDKIT": "1"}
    subprocess.run(build, input=dockerfile, text=True, check=True, capture_output=True, env=environ)
    shown = subprocess.run(["docker", "image", "inspect", tag], text=True, check=True, capture_output=True)
    subprocess.run(["docker", "image", "rm", tag], check=True, capture_output=True)
    environment = dict(line.split("=", 1) for line in json.loads(shown.stdout)[0]["Config"]["Env"])
    assert {name: environment[name] for name in VARIABLES} == VARIABLES
    expected = {f"R{number}": value for number, (text, value) in enumerate(EXPANSIONS) if text}
    assert {name: environment[name] for name in expected} == expected
