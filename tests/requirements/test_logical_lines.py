import pip_oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.requirements.logical import LONGEST_LINE, LogicalLine, logical_lines

PIECES = st.sampled_from(
    [
        "a",
        "==1",
        " ",
        "\t",
        "#",
        " #",
        "\\",
        "\\\\",
        "\n",
        "\r\n",
        "\r",
        "\f",
        "\x1c",
        "\x1f",
        "\x85",
        "\u2028",
        "é",
        "-r b",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES).map("".join) | st.text())
def test_logical_lines_are_those_of_pip(text: str) -> None:
    ours = [(line.number, line.text) for line in logical_lines(text) if line.text]
    assert ours == pip_oracle.logical_lines(text.removeprefix("\ufeff"))


@settings(deadline=None)
@given(st.lists(PIECES).map("".join))
def test_no_comment_is_lost(text: str) -> None:
    kept = "".join(line.text + (line.comment or "") for line in logical_lines(text))
    assert kept.count("#") == text.count("#")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  # why", [LogicalLine(1, "a", "# why")]),
        ("a#b", [LogicalLine(1, "a#b")]),
        ("\n\n  # c", [LogicalLine(3, "", "# c", is_indented=True)]),
        ("\ufeffa", [LogicalLine(1, "a")]),
        ("\ufeff# c", [LogicalLine(1, "", "# c")]),
        ("a \\\n  ==1 # c\nb", [LogicalLine(1, "a   ==1", "# c"), LogicalLine(3, "b")]),
        ("a \\\n# c\nb", [LogicalLine(1, "a", "# c"), LogicalLine(3, "b")]),
        ("# c \\\na", [LogicalLine(1, "", "# c \\"), LogicalLine(2, "a")]),
        ("a # c \\\nb", [LogicalLine(1, "a", "# c b")]),
        ("a \\", [LogicalLine(1, "a")]),
        ("a\r\nb\rc", [LogicalLine(1, "a"), LogicalLine(2, "b"), LogicalLine(3, "c")]),
        ("", []),
        (" \t\n\\\n", []),
    ],
)
def test_line(text: str, expected: list[LogicalLine]) -> None:
    assert list(logical_lines(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 256 + "b",
        "x" * (LONGEST_LINE + 1),
        "a" + (" " * 200 + "\\\n") * 2 + "# c",
        "a # " + "x" * LONGEST_LINE,
    ],
)
def test_line_that_is_too_long_is_not_divided(text: str) -> None:
    (line,) = logical_lines(text)
    assert line.is_too_long
    assert line.comment is None
    assert len(line.text) >= len(text) - 4


@pytest.mark.parametrize("text", ["#" + "x" * LONGEST_LINE, " " * 300 + "# c", " " * 2**20, "a" + " " * 255 + "# c"])
def test_long_comments_and_blanks_are_harmless(text: str) -> None:
    assert not any(line.is_too_long for line in logical_lines(text))
