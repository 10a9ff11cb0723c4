"""Answers to a probe that are compared, though something in them differs at every start."""

import pytest

from migrate.images.answers import shown, varies_alike
from migrate.images.image import Silent

PAGE = "<p>Sold: 12</p>\n<p>Served by {} at {}</p>\n"
ANSWERS = (PAGE.format("3cc433e81c67", "10:04:59"), PAGE.format("9f0e12ab77c1", "10:05:04.5"))


@pytest.mark.parametrize(
    ("answers", "other"),
    [
        (("ready",), "ready"),
        (("a", "b"), "b"),
        (ANSWERS, PAGE.format("77aa31f00b12", "10:05:11.25")),
        (ANSWERS[::-1], PAGE.format("77aa31f00b12", "10:05:11")),
        (("token=abc", "token=xyz"), "token=k1"),
        (("abc ready", "xyz ready"), "k1 ready"),
        (("same", "same", "at 1", "same"), "at 2"),
    ],
)
def test_alike(answers: tuple[str, ...], other: str) -> None:
    assert varies_alike(answers, other)


@pytest.mark.parametrize(
    ("answers", "other"),
    [
        (("ready",), "Ready"),
        (("ready", "ready"), "ready "),
        (ANSWERS, PAGE.replace("12", "13").format("77aa31f00b12", "10:05:11")),
        (ANSWERS, PAGE.format("77aa31f00b12", "10:05:11") + "Traceback"),
        (ANSWERS, "Traceback" + PAGE.format("77aa31f00b12", "10:05:11")),
        (ANSWERS, PAGE.format("an exception was raised and nobody caught it at all", "10:05:11")),
        (ANSWERS, PAGE.format("77aa31f00b12", "")),
        (("token=abc", "token=xyz"), "token=Traceback (most recent call last):"),
        (("token=abc", "token=xyz"), "tok"),
        (("", "1"), "an answer of quite another kind"),
    ],
)
def test_another_answer(answers: tuple[str, ...], other: str) -> None:
    assert not varies_alike(answers, other)


def test_too_much_to_tell() -> None:
    first, second, third = ("".join(f"{n * step:x} " for n in range(3000)) for step in (7, 11, 13))
    with pytest.raises(Silent):
        varies_alike((first, second), third)


def test_the_first_difference_is_shown() -> None:
    before, after = ("x" * 5000 + word for word in ("old", "new"))
    assert shown(before, after) == f"'{'x' * 50}old' became '{'x' * 50}new'"
