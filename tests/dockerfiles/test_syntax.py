"""The Dockerfile reader, compared with BuildKit's own parser (the `dockerfile` package, an older BuildKit)."""

import pytest
from buildkit import buildkit, ours

from migrate.dockerfile.syntax.parse import DockerfileError, exec_form, parse


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
