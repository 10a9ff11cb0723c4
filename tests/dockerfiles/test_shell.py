"""The shell reader, compared with tree-sitter's grammar of bash and with what real shells do."""

import pytest
from runs import read

from migrate.dockerfile.shell.parse import Command, ShellError, Word, commands
from migrate.dockerfile.syntax.parse import parse


def only(text: str) -> Command:
    (command,) = read(text)
    return command


def texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]


def shape(text: str) -> list[tuple[str, int, str, str]]:
    return [
        (text[command.start : command.end], command.depth, command.operator_before, command.operator_after)
        for command in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\\\n # nothing\n\n", []),
        ("a", [("a", 0, "", "")]),
        ("a b && c || d", [("a b", 0, "", "&&"), ("c", 0, "&&", "||"), ("d", 0, "||", "")]),
        ("a; b;", [("a", 0, "", ";"), ("b", 0, ";", ";")]),
        ("a &\nb & c", [("a", 0, "", "&"), ("b", 0, "&", "&"), ("c", 0, "&", "")]),
        ("a | b |& c", [("a", 0, "", "|"), ("b", 0, "|", "|&"), ("c", 0, "|&", "")]),
        ("a # && b\n\n # c\n\nd\n", [("a", 0, "", "\n"), ("d", 0, "\n", "\n")]),
        ("a &&\n# c\nb", [("a", 0, "", "&&"), ("b", 0, "&&", "")]),
        ("a &\\\n& b\\\n c", [("a", 0, "", "&&"), ("b\\\n c", 0, "&&", "")]),
        ("a#b #c", [("a#b", 0, "", "")]),
        ("(a; b) && c", [("a", 1, "", ";"), ("b", 1, ";", ""), ("c", 0, "&&", "")]),
        ("( (a) )", [("a", 2, "", "")]),
        ("{ a; } > b; c }", [("a", 1, "", ";"), ("c }", 0, ";", "")]),
        ("! a && b", [("a", 0, "", "&&"), ("b", 0, "&&", "")]),
        (
            "if a; then b; elif c; then d; else e; fi; f",
            [(name, 1, "", ";") for name in "abcde"] + [("f", 0, ";", "")],
        ),
        ("if a\nthen\nb\nfi", [("a", 1, "", "\n"), ("b", 1, "", "\n")]),
        ("if if a; then b; fi then (c) fi", [("a", 2, "", ";"), ("b", 2, "", ";"), ("c", 2, "", "")]),
        ("for x in a 'b c' $d; do e; done", [("e", 1, "", ";")]),
        ("for x in in\ndo e; done", [("e", 1, "", ";")]),
        ("for x; do e; done", [("e", 1, "", ";")]),
        ("for x do e; done", [("e", 1, "", ";")]),
        ("for x\nin a\ndo\ne\ndone < f | g", [("e", 1, "", "\n"), ("g", 0, "|", "")]),
        ("while a; do b; done; until c; do d; done", [(name, 1, "", ";") for name in "abcd"]),
        (
            'case "$x" in a|"b c") d;; (*) e; f ;; g) esac && h',
            [("d", 1, "", ""), ("e", 1, "", ";"), ("f", 1, ";", ""), ("h", 0, "&&", "")],
        ),
        ("case x in\n# a\n x) ;;\n\ny)\nz\nesac", [("z", 1, "", "\n")]),
        ("echo if then fi { ! case", [("echo if then fi { ! case", 0, "", "")]),
        ('"if" a; \\if b', [('"if" a', 0, "", ";"), ("\\if b", 0, ";", "")]),
        ("a $(b; (c) # )\n) d; e", [("a $(b; (c) # )\n) d", 0, "", ";"), ("e", 0, ";", "")]),
        ("a $(case x in x) y;; esac)", [("a $(case x in x) y;; esac)", 0, "", "")]),
        ('a "$(b ")")" c', [('a "$(b ")")" c', 0, "", "")]),
        ("a `b; \\`c\\`` d", [("a `b; \\`c\\`` d", 0, "", "")]),
        ("a ${b:-c; d} ${e#*\\}} ${f:-'}'}", [("a ${b:-c; d} ${e#*\\}} ${f:-'}'}", 0, "", "")]),
        ("a ${#g} ${h:-${i}} b", [("a ${#g} ${h:-${i}} b", 0, "", "")]),
        ("a $((1 + (2) * $b)) $( (c) )", [("a $((1 + (2) * $b)) $( (c) )", 0, "", "")]),
        ("[ a = b ] && [[ c == d ]]", [("[ a = b ]", 0, "", "&&"), ("[[ c == d ]]", 0, "&&", "")]),
        ("x=1 > a", [("x=1 > a", 0, "", "")]),
        ("a\\\n", [("a", 0, "", "")]),
    ],
)  # fmt: skip
def test_commands(text: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert shape(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("&& a", "a &&", "a ||", "a |", "; a", "a ;; b", "a ; ; b", "a && && b", "a\n&& b", "| a", "&", "a & ; b"),
        "()",
        *("(a", "a)", "( a", "{ a }", "{ a;", "}", "{ }", "(a) b", "a (b)", "fi", "then", "done", "esac", "do", "else"),
        *("if a; then b", "if a; fi", "if; then b; fi", "if a then b; fi", "if a; then b; else fi", "if a; then; fi"),
        *("for", "for x", "for 1 in a; do b; done", "for x in a do b; done", "for x in a; b; done"),
        "for ((;;)); do a; done",
        *("for x in a > b; do c; done", "for x in a; do done", "while a; done", "while do b; done"),
        *("case", "case x", "case x in", "case x in esac", "case x in a b;; esac", "case x in a) b"),
        "case x in a|) b;; esac",
        *("case x in a||b) c;; esac", "case x in a) b;; c", "case x in ) a;; esac", "case a b in c) d;; esac"),
        *("f() { a; }", "f ()", "function f { a; }", "a=(b c)", "a[1]=b", "a[1", "a+=b", "select x in a; do b; done"),
        *("((a))", "( (a); b", "[[ a && b ]]", "[[ a < b ]]", "[[ a", "[[ (a) ]]", "]]", "coproc a", "time a", "in a"),
        *("a <<EOF\nb\nEOF", "a <<-EOF", "cat << EOF", "a >", "a > &", "a 2>&", "a > > b", "a > 2>b", "a <(b)"),
        "a {x}> b",
        *("'a", '"a', "a'b", '"a\\"', '"$(a"', "`a", "a\\", "$(a", "$(a;;)", "${a", "${a:-b", "${a b}", "${}"),
        "${ a; }",
        *("$((1)", "$((1", "$[1]"),
        *("$((a);(b))", "$(( 'a' ))", "$'a\\'b'", '"${a:-"b"}"', "\"${a:-'b'}\"", "\"${a:-$'b'}\"", '"`a"', "${a:-'b}"),
        *("!", "! ! a", "a | ! b", "! && a", "a; !"),
        *("(" * 31 + "a" + ")" * 31, "$(" * 31 + ")" * 31, '"$(' * 31 + ')"' * 31, "${a:-" * 31 + "}" * 31),
        *("(" * 5000, "$(" * 5000, "`" * 5001, '"${x:-' * 5000, "{ " * 5000, "if " * 5000, "$((" * 5000),
    ],
)  # fmt: skip
def test_refuses(text: str) -> None:
    with pytest.raises(ShellError) as caught:
        read(text)
    assert 0 <= caught.value.offset <= len(text)


def test_error_says_where_and_why() -> None:
    with pytest.raises(ShellError) as caught:
        commands("RUN a && f() { b; }", 4, 19)
    assert (caught.value.offset, caught.value.message) == (10, "a function or an array")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"),
        ("flask~=2.0", "flask~=2.0"),
        ("'a b'\"c d\"e\\ f", "a bc de f"),
        ('"uvicorn[standard]>=1,<2"', "uvicorn[standard]>=1,<2"),
        ('"a\\"b\\$c\\\\d\\`e\\f\\\ng"', 'a"b$c\\d`e\\fg'),
        ("a\\\nb", "ab"),
        ("''", ""),
        ("a$", "a$"),
        ('"^a$"', "^a$"),
        ("$.a", "$.a"),
        ("'*' \\* \"?\" '~' \\~/a \"{a,b}\" '$a' \\$a \\`a", None),
        ("{}", "{}"),
        ("{a}", "{a}"),
        ("a,b", "a,b"),
        ("a#b", "a#b"),
        ("[", "["),
        ("]", "]"),
        ("a~", "a~"),
    ],
)
def test_literal_words(text: str, value: str | None) -> None:
    words = only(f"x {text}").words[1:]
    assert all(word.value == word.unmatched is not None for word in words)
    if value is not None:
        assert [word.value for word in words] == [value]


@pytest.mark.parametrize(
    "text",
    [
        *("$a", "${a}", '"$a"', '"b${a}c"', "$(a)", '"$(a)"', "`a`", '"`a`"', "$((1))", "$1", "$@", '"$*"'),
        *("$'a\\n'", '$"a"'),
        *("~", "~/a", "a=~/b", "a:~", "{a,b}", "a{1..3}b", "{a,{b}}", '{a"b",c}'),
    ],
)  # fmt: skip
def test_words_that_the_shell_computes(text: str) -> None:
    word = only(f"x {text}").words[1]
    assert (word.text, word.value, word.unmatched) == (text, None, None)


@pytest.mark.parametrize("text", ["*", "a?.txt", "uvicorn[standard]", "'a'*", "[ab]"])
def test_globs(text: str) -> None:
    word = only(f"x {text}").words[1]
    assert (word.value, word.unmatched) == (None, text.replace("'", ""))


def test_parts_of_a_command() -> None:
    text = "  A=1 B=\"c d\" pip install E=f 2>&1 -r a.txt >> b &> c <<< d 3<&- > 'e f' ;"
    command = only(text)
    assert texts(command.assignments) == ["A=1", 'B="c d"']
    assert [word.value for word in command.assignments] == ["A=1", "B=c d"]
    assert texts(command.words) == ["pip", "install", "E=f", "-r", "a.txt"]
    assert [(redirect.operator, redirect.target.text) for redirect in command.redirects] == [
        *(("2>&", "1"), (">>", "b"), ("&>", "c"), ("<<<", "d"), ("3<&", "-"), (">", "'e f'")),
    ]
    assert [text[redirect.start : redirect.end] for redirect in command.redirects][:2] == ["2>&1", ">> b"]
    assert (command.start, text[command.end :]) == (2, " ;")
    assert command.before is None
    assert command.after is not None
    assert text[command.after.start : command.after.end] == ";"


def test_only_the_first_command_behind_the_mark_is_negated() -> None:
    assert [command.negated for command in read("a && ! b | c && d")] == [False, True, False, False]


def test_neighbours_share_their_operator() -> None:
    text = "a && b\n# c\nd | (e)"
    a, b, d, e = read(text)
    assert (a.after, b.after) == (b.before, d.before)
    assert d.after is not None
    assert text[d.after.start : d.after.end] == "|"
    assert (e.before, e.after) == (None, None)


def test_offsets_are_those_of_the_dockerfile() -> None:
    text = "FROM a\nRUN x 'é \\\n  # \"comment\n  b' &\\\n& c\\\n\n\td >\\\n> e # f \\\n g\nCMD h\n"
    instruction = parse(text).instructions[1]
    first, second = commands(instruction.masked, instruction.arguments_start, instruction.arguments_end)
    assert [word.value for word in first.words] == ["x", "é   b"]
    assert first.words[1].text == "'é   b'"
    assert text[first.words[1].start : first.words[1].end] == "'é \\\n  # \"comment\n  b'"
    assert first.operator_after == "&&"
    assert texts(second.words) == ["c", "d"]
    assert second.redirects[0].operator == ">>"
    assert text[second.start : second.end] == "c\\\n\n\td >\\\n> e"


def test_body_of_a_heredoc() -> None:
    text = "FROM a\nRUN <<EOF\nset -e\npip install \\\n  b\n# c\nEOF\n"
    (heredoc,) = parse(text).instructions[1].heredocs
    found = commands(text, heredoc.start, heredoc.end)
    assert [texts(command.words) for command in found] == [["set", "-e"], ["pip", "install", "b"]]
    assert text[found[1].start : found[1].end] == "pip install \\\n  b"
