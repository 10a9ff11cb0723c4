"""The Dockerfile reader, compared with BuildKit's own parser (the `dockerfile` package, an older BuildKit)."""

import json
import time
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from migrate.dockerfile.syntax.parse import DockerfileError, Instruction, exec_form, parse
from migrate.dockerfile.syntax.words import declarations, fields, pairs

PARSER: Any = import_module("dockerfile")  # by name, because this folder has the same one
Facts = tuple[str, int, int, tuple[str, ...], tuple[str, ...] | None, tuple[str, ...]]

FIELDS = {"ADD", "COPY", "EXPOSE", "FROM", "VOLUME"}
EXEC = {"CMD", "ENTRYPOINT", "RUN", "SHELL"}
LINES = {"MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR"}


def buildkit(text: str) -> list[Facts] | None:
    """Return what BuildKit reads: keyword, first line, last line, flags, arguments, heredocs; None if it refuses."""
    try:
        return [
            (
                (command.cmd or "").upper(),
                command.start_line,
                command.end_line,
                () if command.sub_cmd else command.flags,
                command.value if command.cmd.upper() in FIELDS | EXEC | LINES | {"ARG", "ENV", "LABEL"} else None,
                () if command.sub_cmd else tuple(heredoc.content for heredoc in command.heredocs),
            )
            for command in PARSER.parse_string(text)
        ]
    except PARSER.GoParseError:
        return None


def ours(text: str) -> list[Facts] | None:
    """Return the same as `buildkit`, as uvmigrate reads it."""
    try:
        instructions = parse(text).instructions
    except DockerfileError:
        return None
    return [
        (
            instruction.keyword,
            instruction.line,
            instruction.line + text[instruction.start : instruction.end].count("\n"),
            tuple(
                f"--{flag.name}" if flag.value is None else f"--{flag.name}={flag.value}" for flag in instruction.flags
            ),
            arguments(instruction),
            ()
            if instruction.keyword == "ONBUILD"
            else tuple(text[heredoc.start : heredoc.end] for heredoc in instruction.heredocs),
        )
        for instruction in instructions
    ]


def arguments(instruction: Instruction) -> tuple[str, ...] | None:
    keyword = instruction.keyword
    if keyword in FIELDS:
        return tuple(field.text for field in fields(instruction))
    if keyword in {"ENV", "LABEL"}:
        return tuple(part for pair in pairs(instruction) for part in (pair.name, pair.value or ""))
    if keyword == "ARG":
        return tuple(
            pair.name if pair.value is None else f"{pair.name}={pair.value}" for pair in declarations(instruction)
        )
    strings = exec_form(instruction.arguments) if keyword in EXEC else None
    if strings is not None:
        return strings
    return ((instruction.arguments,) if instruction.arguments else ()) if keyword in EXEC | LINES else None


@pytest.mark.parametrize(
    "text",
    [
        "FROM python:3.11",
        "FROM python:3.11\n\n\n# end",
        "\n\n  # first\n  from python AS base\n",
        "\ufeffFROM python\n",
        "FROM python\r\nRUN a \\\r\n  && b\r\nCMD c\r\n",
        "FROM python\r\r\nRUN a \\\r\r\n b",
        "FROM python\nRUN a \\  \t\n b \\\n\n  # comment\n\t#another \\\n   c\n",
        "FROM python\nRUN a \\",
        "FROM python\nRUN a \\\n",
        "FROM python\nRUN a \\\n# comment\n\n",
        "FROM python\nRUN echo \\\\\nCMD x",
        "FROM python\nRUN echo \\ x \\\\\\\nCMD x",
        "\\\nFROM python",
        "FR\\\nOM pyt\\\nhon",
        "FROM python\nRUN pip install 'a\\\n b'\nRUN c # d \\\n e",
        'FROM python\nENV a b c  d \\\n  e\nENV a=b \\\n  # comment\n  c=\'d e\' f="g \\" h" i=j\\ k\nENV a="b c',
        "FROM python\nENV",
        "FROM python\nENV a=\nENV a = b\nENV a=b\\\\\\",
        "FROM python\nLABEL a b c\nLABEL a.b=c 'd e'=f",
        "FROM python\nARG a\nARG a=b c d='e f'",
        'FROM python\nCOPY a b c\nCOPY  ["a b", \\\n "c"]\nCOPY [\'a\', \'b\']\nADD [a b\nVOLUME ["/x"]\nVOLUME /a /b',
        'FROM python\nCMD ["a", "b\\u0041\\n"]\nENTRYPOINT [ ]\nSHELL ["sh", "-c"]\nRUN ["a",]\nRUN [NaN]\nRUN [1e999]',
        'FROM python\nCMD ["\\ud800 \\ud83d\\ude00"]',
        f"FROM python\nCMD [1{'0' * 5000}]",
        "FROM python\nRUN [\nRUN []\nCMD",
        "FROM python\nRUN --mount=type=cache,target=/x --network=none a --b\nRUN --x='y z' --w=\"a'b\" --v=a\\ b -- c",
        "FROM --platform=linux/amd64 python\nCOPY --from=a --link b c\nCOPY --from=a \\\n  --chown=b:c \\\n  d e",
        'FROM python\nRUN -\\\n-mount=a b\nRUN --\nRUN --x\nRUN - --x\nHEALTHCHECK --interval=3s CMD ["a"]',
        "FROM python\nRUN <<EOF\n# kept\na \\\nb\n\nEOF\nCMD x",
        "FROM python\nRUN <<EOF\r\na\r\nEOF\r\nCMD x",
        "FROM python\nRUN <<-EOF\n\ta\n\t\tEOF\nCMD x",
        "FROM python\nRUN <<'E F' 3<<\"G\" cat <<H\\I\nE\nE F\n\nG\nHI",
        "FROM python\nRUN a \\\n <<EOF \\\n # comment\n b\nx\nEOF\n",
        "FROM python\nCOPY <<a.txt <<b.txt /x/\n1\na.txt\n2\nb.txt\nADD <<c /d\nc",
        "FROM python\nONBUILD RUN <<EOF\na\nEOF\nONBUILD COPY a b\nONBUILD\nCMD <<EOF",
        "FROM python\nRUN a<<EOF\nRUN cat <<<EOF\nRUN echo '<<EOF'\nRUN echo \"${a:-<<EOF}\" <<''\nRUN don't <<EOF",
        "FROM python\nRUN ${a:-'b c'} $1 ${a} <<EOF\nEOF\nRUN ${a^^} <<EOF\nRUN ${} <<EOF\nRUN \"a <<EOF",
        'FROM python\nRUN ["<<EOF"]\nRUN \\<<EOF\nRUN <<$a <<${b}\n$a\n${b}\nRUN << \nRUN <<-',
        "# escape=`\nFROM python\nRUN a `\n b \\\n c",
        "#  Escape = \\\n# syntax=docker/dockerfile:1\nFROM python\nRUN a \\\n b",
        "# a\n# escape=`\nFROM python\nRUN a \\\n b",
        "\n# escape=`\nFROM python\nRUN a \\\n b",
        "FROM python\n# escape=`\nRUN a \\\n b",
        "# unknown=a\n# escape=`\nFROM python\nRUN a \\\n b",
        "FROM\u00a0A\u2028 \u00a0x \u00a0\nRUN\x0ba\x1c\nUnknown \ta",
    ],
)
def test_reads_as_buildkit_does(text: str) -> None:
    facts = buildkit(text)
    assert facts is not None
    assert ours(text) == facts


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "no instruction"),
        ("\n# only a comment\n", 1, "no instruction"),
        ("FROM a\nRUN <<EOF\nb\n", 2, "the heredoc EOF does not end"),
        ("FROM a\nRUN <<EOF <<F\nb\nF\n", 2, "the heredoc EOF does not end"),
        ("FROM a\nRUN <<EOF\n EOF\n", 2, "the heredoc EOF does not end"),
        ("# escape=x\nFROM a", 1, "the escape character must be a backslash or a backtick"),
        ("# escape= \nFROM a", 1, "the escape character must be a backslash or a backtick"),
        ("# escape=`\n# ESCAPE=`\nFROM a", 2, "the directive escape comes twice"),
        ("FROM a\nENV b", 2, "ENV needs a value for b"),
        ("FROM a\n\nENV b=c \\\n d", 3, "ENV needs name=value, not d"),
        ("FROM a\nLABEL b=c d", 2, "LABEL needs name=value, not d"),
        ("FROM a\nONBUILD ENV b", 2, "ENV needs a value for b"),
        ('FROM a\nCMD ["b", 1]', 2, "a JSON array must hold strings only"),
        ('FROM a\nCOPY [["b"], "c"]', 2, "a JSON array must hold strings only"),
        ("FROM a\nHEALTHCHECK CMD [1]", 2, "a JSON array must hold strings only"),
        ('FROM a\nRUN ["<", null]', 2, "a JSON array must hold strings only"),
        (f"FROM a\nRUN {'b' * 65532}", 2, "more than 65535 bytes in one line"),
        (f"FROM a\nRUN {'é' * 32766}", 2, "more than 65535 bytes in one line"),
    ],
)
def test_refuses_what_buildkit_refuses(text: str, line: int, message: str) -> None:
    assert buildkit(text) is None
    with pytest.raises(DockerfileError) as caught:
        parse(text)
    assert (caught.value.line, caught.value.message) == (line, message)


@pytest.mark.parametrize("text", [f"FROM a\nRUN {'b' * 65531}", f"FROM a\nRUN {'é' * 32765}\n"])
def test_reads_the_longest_line_that_buildkit_reads(text: str) -> None:
    assert ours(text) == buildkit(text)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("FROM a\n\\\n", 2, "no instruction on this line"),
        ("FROM a\nRUN b\0", 2, "a NUL character"),
        ("FROM a\nONBUILD ONBUILD RUN b", 2, "ONBUILD behind ONBUILD"),
        ("FROM a\nRUN --é=b", 2, "the flag --é=b has characters outside of ASCII"),
        (f"FROM a\nRUN {'[' * 60000}", 2, "a JSON array must hold strings only"),
    ],
)
def test_refuses_more_than_buildkits_parser(text: str, line: int, message: str) -> None:
    with pytest.raises(DockerfileError) as caught:
        parse(text)
    assert (caught.value.line, caught.value.message) == (line, message)


def heredoc_names(text: str) -> list[str]:
    return [heredoc.name for instruction in parse(text).instructions for heredoc in instruction.heredocs]


def test_follows_todays_buildkit_where_the_older_one_differs() -> None:
    blank = "FROM a\nRUN << EOF\nb\nEOF"
    assert heredoc_names(blank) == ["EOF"]
    assert ours(blank) != buildkit(blank)
    substitution = "FROM a\nRUN ${b%%c} ${b//c/d} ${b#c} <<EOF\nEOF"
    assert heredoc_names(substitution) == ["EOF"]
    assert ours(substitution) != buildkit(substitution)
    check = "# check=skip=all\n# escape=`\nFROM a\nRUN b `\n c"
    assert parse(check).directives == {"check": "skip=all", "escape": "`"}
    assert ours(check) != buildkit(check)
    trailing = 'FROM a\nCMD ["b"] # c'
    assert exec_form(parse(trailing).instructions[1].arguments) is None
    assert ours(trailing) != buildkit(trailing)
    flag = "# escape=`\nFROM a\nRUN --b=`c\\d e"
    assert parse(flag).instructions[1].flags[0].value == "c\\d"
    assert ours(flag) != buildkit(flag)


def test_spans_are_offsets_of_the_text() -> None:
    text = (
        "\ufeff# syntax=docker/dockerfile:1\r\n\r\n  run --mount=type=cache --x a \\ \r\n # é\r\n  b \r\n#\r\nCMD c\r\n"
    )
    read = parse(text)
    run, command = read.instructions
    assert read.directives == {"syntax": "docker/dockerfile:1"}
    assert text[run.start : run.end] == "run --mount=type=cache --x a \\ \r\n # é\r\n  b "
    assert (run.keyword, run.line, command.line) == ("RUN", 3, 7)
    assert [text[flag.start : flag.end] for flag in run.flags] == ["--mount=type=cache", "--x"]
    assert [(flag.name, flag.value) for flag in run.flags] == [("mount", "type=cache"), ("x", None)]
    assert run.flag("mount") == run.flags[0]
    assert run.flag("network") is None
    assert text[run.arguments_start : run.arguments_end] == "a \\ \r\n # é\r\n  b"
    assert run.arguments == "a   b"
    assert run.masked_arguments == "a " + "\0" * 10 + "  b"
    assert len(read.masked) == len(text)
    assert text[command.start : command.end] == "CMD c"


def test_span_of_heredocs() -> None:
    text = "FROM a\nCOPY <<-'A' <<B /x\n\t1\n\tA\n$2\nB\n\nCMD c"
    copy = parse(text).instructions[1]
    assert [text[heredoc.start : heredoc.end] for heredoc in copy.heredocs] == ["\t1\n", "$2\n"]
    assert [(heredoc.name, heredoc.expand, heredoc.strip_tabs) for heredoc in copy.heredocs] == [
        ("A", False, True),
        ("B", True, False),
    ]
    assert text[copy.start : copy.end].endswith("$2\nB")
    assert text[copy.arguments_start : copy.arguments_end] == "<<-'A' <<B /x"


def test_arguments_are_empty_behind_a_lonely_keyword() -> None:
    run = parse("FROM a\nRUN  \nCMD b").instructions[1]
    assert (run.arguments_start, run.arguments_end, run.arguments) == (10, 10, "")


@pytest.mark.parametrize("text", ["", "a", " []", "['a']", '["a"', '["a"] b', "[1e999]", "[Infinity]", "{}", '"a"'])
def test_is_shell_form(text: str) -> None:
    assert exec_form(text) is None


blanks = st.sampled_from(["", " ", "\t", "  "])
words = st.text(st.sampled_from("abzAB019./-_=:,$é&|;<>()*?[]{}#%+@!~^"), min_size=1, max_size=8).filter(
    lambda word: "${" not in word and not word.startswith("--")
)
quoted = st.one_of(
    words,
    st.builds("'{}'".format, st.text(st.sampled_from('ab #"\\'), max_size=6)),
    st.builds('"{}"'.format, st.text(st.sampled_from("ab #'="), max_size=6)),
)
flags = st.lists(
    st.sampled_from(["--mount=type=cache,target=/x", "--from=base", "--x", "--y='a b'", '--z="c"']), max_size=2
)


@st.composite
def continuations(draw: st.DrawFn, newline: str, escape: str) -> str:
    """Draw a blank between two arguments that may lead to the next line, with comments on the way."""
    if draw(st.booleans()):
        return draw(st.sampled_from([" ", "  ", "\t"]))
    between = draw(st.lists(st.sampled_from(["# c", "  # d " + escape, "", " \t", "#"]), max_size=2))
    return f" {escape}{draw(blanks)}{newline}" + "".join(line + newline for line in between) + draw(blanks) + " "


@st.composite
def instructions(draw: st.DrawFn, newline: str, escape: str) -> str:
    keyword = draw(
        st.sampled_from(
            ["RUN", "run", "COPY", "ADD", "CMD", "Entrypoint", "WORKDIR", "EXPOSE", "ARG", "ENV", "LABEL", "X"]
        )
    )
    if draw(st.integers(0, 9)) == 0:
        keyword = f"ONBUILD {keyword}"
    parts = [*draw(flags), *draw(st.lists(quoted, min_size=1, max_size=5))]
    end = ""
    if keyword in {"RUN", "COPY"} and draw(st.booleans()):
        for name in draw(st.sampled_from([["EOF"], ["EOF", "F"]])):
            parts.append(
                draw(st.sampled_from(["<<", "<<-", "3<<"])) + draw(st.sampled_from([name, f"'{name}'", f'"{name}"']))
            )
            lines = draw(st.lists(st.sampled_from(["a", "\tb \\", "# c", "", "CMD x"]), max_size=3))
            end += newline + newline.join([*lines, name])
    if keyword in {"ENV", "LABEL"}:
        parts = [f"a={part}" for part in parts]
    line = "".join(part + draw(continuations(newline, escape)) for part in parts[:-1]) + parts[-1]
    return draw(blanks) + keyword + draw(continuations(newline, escape)) + line + draw(blanks) + end


@st.composite
def dockerfiles(draw: st.DrawFn) -> str:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    escape = draw(st.sampled_from(["\\", "\\", "`"]))
    top = draw(st.sampled_from(["", "", "\ufeff"])) + (f"# escape={escape}{newline}" if escape == "`" else "")
    gaps = st.lists(st.sampled_from(["", "# a", "  # b \\", " \t"]), max_size=2)
    text = top + f"FROM a{newline}"
    for instruction in draw(st.lists(instructions(newline, escape), max_size=4)):
        text += "".join(line + newline for line in draw(gaps)) + instruction + newline
    return text if draw(st.booleans()) else text.rstrip("\r\n")


def has_text_behind_an_array(text: str) -> bool:
    """Whether text follows a JSON array, over which the older BuildKit passes."""
    try:
        found = parse(text).instructions
    except DockerfileError:
        return False
    for instruction in found:
        arguments = instruction.arguments
        if instruction.keyword == "ONBUILD":
            arguments = arguments.partition(" ")[2].lstrip()
        with suppress(ValueError):
            value, end = json.JSONDecoder().raw_decode(arguments)
            if isinstance(value, list) and arguments[end:].strip():
                return True
    return False


@given(dockerfiles())
def test_generated_dockerfiles_read_as_buildkit_reads_them(text: str) -> None:
    assume(not has_text_behind_an_array(text))
    assert ours(text) == buildkit(text)


pieces = st.sampled_from(
    [
        *("FROM a\n", "RUN ", "COPY ", "ENV ", "ARG ", "CMD ", "ONBUILD ", "HEALTHCHECK ", "\n", "\r\n", "\\\n", "`\n"),
        *("\\ \r\n", " ", "\t", "# c\n", "#", "a", "a=b", "'", '"', "\\", "`", "--x=y ", "--", '["a"]', "[", "<<EOF"),
        *(
            "\nEOF\n",
            "<<-'E'",
            "\n\tE\n",
            "${a}",
            "${",
            "}",
            "$",
            "# escape=`\n",
            "\ufeff",
            "\u00a0",
            "\r",
            "\0",
            "é",
            ":-",
        ),
    ]
)


@given(st.one_of(st.lists(pieces, max_size=25).map("".join), st.text()))
@example("\ufeff")
@example("\ufeff\ufeffFROM a")
@example("\r")
def test_any_text_is_its_instructions_and_what_lies_between(text: str) -> None:
    try:
        read = parse(text)
    except DockerfileError:
        return
    position = 0
    rebuilt = ""
    for instruction in read.instructions:
        assert position <= instruction.start < instruction.end
        assert instruction.start <= instruction.arguments_start <= instruction.arguments_end <= instruction.end
        between = text[position : instruction.start]
        assert all(line.strip("\ufeff").strip()[:1] in {"", "#"} for line in between.split("\n"))
        rebuilt += between + text[instruction.start : instruction.end]
        position = instruction.end
    assert rebuilt + text[position:] == text
    assert len(read.masked) == len(text)
    assert all(mask in {"\0", character} for mask, character in zip(read.masked, text, strict=True))


def seconds(text: str) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        parse(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    "unit",
    [
        "RUN apt-get update && \\\n    # comment\n    apt-get install -y 'gcc' \"$x\" \\\n    curl\n\n",
        "RUN --mount=type=cache,target=/x --y='a b' a\nENV A=b \\\n  C=\"d e\"\nCOPY a b c\n",
        "RUN " + "\\ " * 40 + "\\\n",
        "ENV a=" + "'\"\\" * 30 + "\n",
        'RUN a <<EOF ${x:-${y}} "$z"\n' + "b\n" * 20 + "EOF\n",
        "RUN \\\n" + "ONBUILD \\\n" * 20,
        "# syntax = " + "a " * 50 + "x\n" + "RUN [[[[[\n",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    assert seconds("FROM a\n" + unit * 320) < 200 * seconds("FROM a\n" + unit * 10) + 0.01
