"""When the stage that only was uv's image goes, and who keeps it."""

import pytest

from migrate.dockerfile.facts.stages import stages
from migrate.dockerfile.rules.uv_stages import without_uv_stages
from migrate.dockerfile.syntax.parse import parse

STAGE = "FROM ghcr.io/astral-sh/uv:0.5.7 AS UV\n\n"
IMAGE = "FROM python:3.12-slim AS app\n"
BEFORE = f"{STAGE}{IMAGE}COPY --from=uv /uv /bin/uv\n"


def result(after: str, *asked: str, before: str = BEFORE) -> str:
    return without_uv_stages(after, stages(parse(before)), asked)


def test_nothing_names_it_any_more() -> None:
    assert result(STAGE + IMAGE) == IMAGE
    assert result(STAGE + IMAGE, "app") == IMAGE


@pytest.mark.parametrize("asked", ["uv", "0", "1"])
def test_a_build_asks_for_it_or_for_a_number(asked: str) -> None:
    assert result(STAGE + IMAGE, asked) == STAGE + IMAGE


@pytest.mark.parametrize(
    "step",
    [
        "COPY --from=uv /uvx /bin/\n",
        "RUN --mount=type=bind,from=uv,target=/uv true\n",
        "COPY --from=0 /uvx /bin/\n",
        "FROM uv AS more\n",
    ],
)
def test_something_names_it(step: str) -> None:
    assert result(STAGE + IMAGE + step) == STAGE + IMAGE + step


def test_nothing_had_named_it() -> None:
    assert result(STAGE + IMAGE, before=STAGE + IMAGE) == STAGE + IMAGE


@pytest.mark.parametrize("more", ["COPY a /a\n", 'RUN ["/uv", "--version"]\n'])
def test_it_is_more(more: str) -> None:
    old = BEFORE.replace(STAGE, STAGE + more)
    assert result(STAGE + more + IMAGE, before=old) == STAGE + more + IMAGE


def test_a_stage_without_a_name_is_not_looked_for() -> None:
    unnamed = STAGE.replace(" AS UV", "")
    old = f"{unnamed}{IMAGE}COPY --from=0 /uv /bin/uv\n"
    assert result(unnamed + IMAGE, before=old) == unnamed + IMAGE


@pytest.mark.parametrize(
    "above",
    ["# syntax=docker/dockerfile:1\n# uv\n", "ARG A\n# uv of the platform\n", "ARG A\n# what the team uses\n"],
)
def test_comments_above_stay(above: str) -> None:
    assert result(above + STAGE + IMAGE) == f"{above}\n{IMAGE}"


def test_comments_about_uv_go_to_its_copy() -> None:
    copy = "COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/\n"
    above = "ARG A\n# uv of the platform\n"
    assert result(above + STAGE + IMAGE + copy) == f"ARG A\n\n{IMAGE}# uv of the platform\n{copy}"
    assert result("# uv\n" + STAGE + IMAGE + copy) == f"# uv\n\n{IMAGE}{copy}"
