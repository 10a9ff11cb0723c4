"""What two images say of their modules, and what becomes of that."""

import pytest

from migrate.images.imports import in_imports
from migrate.images.model import ENDLESS, UNTRIED

LACKING = "ModuleNotFoundError: No module named 'x'"


@pytest.mark.parametrize(
    ("old", "new", "found", "explained"),
    [
        (None, None, "", ""),
        (None, LACKING, f"app: {LACKING}", ""),
        (None, ENDLESS, "app: does not end", ""),
        (ENDLESS, None, "", "app does not end in the old image"),
        (ENDLESS, ENDLESS, "", "app does not end in either image"),
        (ENDLESS, LACKING, f"app: does not end in the old image, but now {LACKING}", ""),
    ],
)
def test_both_sides(old: str | None, new: str | None, found: str, explained: str) -> None:
    expected = ([found] if found else [], [explained] if explained else [], "")
    assert in_imports({"app": old}, {"app": new}) == expected


def test_what_was_broken_before_is_not_asked_for() -> None:
    assert in_imports({"app": LACKING}, {}) == ([], [f"app could not be imported before either ({LACKING})"], "")


@pytest.mark.parametrize("old", [None, ENDLESS, UNTRIED])
@pytest.mark.parametrize("after", [{}, {"app": UNTRIED}])
def test_no_answer_is_no_passing_one(old: str | None, after: dict[str, str | None]) -> None:
    assert in_imports({"app": old}, after) == ([], [], "there was no time for 1 of 1 modules: app")


def test_what_was_not_tried_is_named() -> None:
    names = [f"app{number}" for number in range(8)]
    said = "there was no time for 7 of 8 modules: app1, app2, app3, app4, app5 and 2 more"
    assert in_imports(dict.fromkeys(names), dict.fromkeys(names, UNTRIED) | {"app0": None}) == ([], [], said)
