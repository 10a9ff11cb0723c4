import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.text import Edit, line_at, newline_of, splice


def test_bytes_outside_of_edits_stay() -> None:
    assert splice("a\r\nb\tc\n", [Edit(3, 4, "B"), Edit(0, 1, "")]) == "\r\nB\tc\n"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert splice("ab", [Edit(1, 1, "1"), Edit(1, 1, "2"), Edit(1, 2, "3")]) == "a123"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, ""), Edit(1, 3, "")],
        [Edit(0, 3, ""), Edit(1, 1, "x")],
        [Edit(0, 5, "")],
        [Edit(-1, 1, "")],
        [Edit(2, 1, "")],
    ],
)
def test_overlaps_and_what_is_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        splice("abcd", edits)


@given(st.text())
def test_no_edit_changes_nothing(text: str) -> None:
    assert splice(text, []) == text


@given(st.text(), st.data())
def test_replacing_a_span_by_itself_changes_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert splice(text, [Edit(start, end, text[start:end])]) == text


def test_lines_count_from_one() -> None:
    assert [line_at("a\nb", offset) for offset in range(4)] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "newline"), [("", "\n"), ("a", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("\n", "\n")]
)
def test_first_line_tells_the_line_ending(text: str, newline: str) -> None:
    assert newline_of(text) == newline
