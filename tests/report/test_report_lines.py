from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.report.lines import differences, split_lines

LINES = st.lists(st.sampled_from("abcdef"), max_size=30)


def regions(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Return what each region takes from the two sides, as "old", "new"."""
    return [
        ("".join(old[i] for i in region.old), "".join(new[j] for j in region.new)) for region in differences(old, new)
    ]


@given(text=st.text())
def test_lines_joined_are_the_text(text: str) -> None:
    lines = split_lines(text)
    assert "".join(lines) == text
    assert all(line.endswith("\n") for line in lines[:-1])
    assert "" not in lines


@pytest.mark.parametrize("text", ["a\rb", "a\x0bb", "a\x0cb", "a\x1cb", "a\x85b", "a\u2028b", "a\u2029b"])
def test_only_a_line_feed_ends_a_line(text: str) -> None:
    assert split_lines(text) == [text]


@given(old=LINES, new=LINES)
def test_lines_outside_of_the_regions_are_equal_on_both_sides(old: list[str], new: list[str]) -> None:
    position = new_position = 0
    for region in differences(old, new):
        assert region.old or region.new
        assert region.old.start > position or position == 0
        assert old[position : region.old.start] == new[new_position : region.new.start]
        position, new_position = region.old.stop, region.new.stop
    assert old[position:] == new[new_position:]


@given(lines=LINES)
def test_equal_lines_have_no_difference(lines: list[str]) -> None:
    assert regions(lines, list(lines)) == []


@given(lines=LINES)
def test_a_side_without_lines_is_one_region(lines: list[str]) -> None:
    text = "".join(lines)
    assert regions(lines, []) == ([(text, "")] if lines else [])
    assert regions([], lines) == ([("", text)] if lines else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "axc", [("b", "x")]),
        ("abc", "abcx", [("", "x")]),
        ("abc", "bc", [("a", "")]),
        ("aa", "aaa", [("", "a")]),
        ("abcd", "xbyd", [("a", "x"), ("c", "y")]),
        ("a.b.c", "x.y.z", [("a", "x"), ("b", "y"), ("c", "z")]),
        ("FWCP", "BWKSFWEP", [("", "BWKS"), ("C", "E")]),
        ("abc", "cab", [("", "c"), ("c", "")]),
        ("abc", "xyz", [("abc", "xyz")]),
        ("a.b", "x..y", [("a.b", "x..y")]),
    ],
)
def test_regions_are_what_a_person_would_mark(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert regions(old, new) == expected


def test_the_rarest_shared_lines_hold_the_texts_together() -> None:
    assert regions("A.B.C", "X.Y.ABC") == [("", "X.Y."), (".", ""), (".", "")]


def test_a_text_that_needs_a_round_for_each_line_ends_early() -> None:
    shared = [f"{line}" for step in range(3000) for line in (step + 1, step)]
    old = [line for number, text in enumerate(shared) for line in (text, f"old {number}")]
    new = [line for number, text in enumerate(shared) for line in (text, f"new {number}")]
    sizes = [len(region.old) for region in differences(old, new)]
    assert max(sizes) > 5000
    assert len(sizes) < 100
