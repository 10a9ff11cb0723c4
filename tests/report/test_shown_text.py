import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.report.escape import one_line, shown

# Everything that Unicode's bidirectional algorithm calls an explicit formatting character or a mark.
BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROL = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))


@pytest.mark.parametrize(
    "text", ["", "a", "flask==3.0.0", "café 日本語 🐍", "\\x1b[31m", "a\tb\n\tc\n", "\n\n", "a → b", "~`!@#$%^&*()"]
)
def test_printable_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb\r\n", "a\\rb\\r\n"),
        ("a\x08b\x7f", "a\\x08b\\x7f"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2028b\u200b", "a\\u2028b\\u200b"),
        ("\ufeffFROM", "\\ufeffFROM"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_is_not_printable_becomes_an_escape(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("char", sorted(set(CONTROL + BIDIRECTIONAL) - set("\n\t")))
def test_no_control_and_no_bidirectional_character_is_shown(char: str) -> None:
    assert char not in shown(f"a{char}b")
    assert char not in one_line(f"a{char}b")


@given(text=st.text())
def test_shown_text_is_printable_and_keeps_its_lines(text: str) -> None:
    result = shown(text)
    assert result.replace("\n", "").replace("\t", "").isprintable()
    assert result.count("\n") == text.count("\n")
    assert shown(result) == result


@given(text=st.text())
def test_one_line_is_one_printable_line(text: str) -> None:
    assert one_line(text).isprintable()


def test_one_line_escapes_line_ends_and_tabs() -> None:
    assert one_line("a\n\tb") == "a\\n\\tb"
