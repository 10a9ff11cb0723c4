"""The usual requirement, read at once, is what `packaging` makes of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement

from migrate.requirements.plain import plain


def same(one: Requirement, other: Requirement) -> bool:
    parts = [(each.name, each.url, each.extras, str(each.specifier), each.marker) for each in (one, other)]
    return one == other and parts[0] == parts[1] and str(one) == str(other)


@pytest.mark.parametrize("text", ["a", "A.b_c-d==1", "a[x,Y] >= 1.0 , <2", "a [x]<3", "a!=1.2,>1\t", "a==1.0.0.0"])
def test_usual_requirement(text: str) -> None:
    found = plain(text)
    assert found
    assert same(found, Requirement(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a==1.*",
        "a~=1",
        "a==1rc1",
        "a===1",
        "a==1+x",
        "a(>1)",
        "a>=1,",
        "a @ x",
        "-a",
        "a-",
        "a[]",
        "é==1",
        "a==1;x",
        "a.ZIP",
        "a-1.tar.gz",
    ],
)
def test_any_other_form_is_left_to_the_parser(text: str) -> None:
    assert plain(text) is None


@given(
    st.from_regex(
        re.compile(r"[aB0._-]{1,4} ?(?:\[[aB,-]{1,4}\])? ?(?:[=<>!~]{1,2} ?[0-9.]{1,4} ?,? ?){0,3}", re.ASCII),
        fullmatch=True,
    )
)
def test_it_never_differs_from_the_parser(text: str) -> None:
    found = plain(text)
    if found:
        try:
            assert same(found, Requirement(text))
        except InvalidRequirement:
            pytest.fail(f"packaging refuses {text!r}")
