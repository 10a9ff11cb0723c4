"""No Dockerfile crashes uvmigrate: what is nearly a golden one is rewritten to one that Docker accepts, or is left."""

from collections.abc import Callable
from random import Random

import dockerfile as buildkit
import pytest
from golden_dockerfiles import CASES, target_in, text_of

from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.rewrite import rewritten

MUTATIONS = 6  # of each case
_CHARACTERS = "\\\"'$&|;<>(){}[]#`=:-/ \t\r\né\0"


def without_line(lines: list[str], random: Random) -> list[str]:
    place = random.randrange(len(lines))
    return lines[:place] + lines[place + 1 :]


def with_line_elsewhere(lines: list[str], random: Random) -> list[str]:
    moved = list(lines)
    moved.insert(random.randrange(len(lines)), moved.pop(random.randrange(len(lines))))
    return moved


def with_line_of_another(lines: list[str], random: Random) -> list[str]:
    others = text_of(random.choice(CASES), "before.Dockerfile").splitlines(keepends=True)
    place = random.randrange(len(lines) + 1)
    return [*lines[:place], random.choice(others), *lines[place:]]


def with_character(lines: list[str], random: Random) -> list[str]:
    text = "".join(lines)
    place = random.randrange(len(text))
    return [text[:place] + random.choice(_CHARACTERS) + text[place + random.randrange(2) :]]


WAYS: tuple[Callable[[list[str], Random], list[str]], ...] = (
    without_line,
    with_line_elsewhere,
    with_line_of_another,
    with_character,
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    return target_in(tmp_path_factory.mktemp("context"))


@pytest.mark.parametrize("case", CASES)
def test_nearly_golden_dockerfiles(case: str, target: Target) -> None:
    random = Random(case)  # noqa: S311  # the same mutations in every run
    for _ in range(MUTATIONS):
        lines = text_of(case, "before.Dockerfile").splitlines(keepends=True)
        for _ in range(random.randrange(1, 4)):
            lines = random.choice(WAYS)(lines, random) or ["\n"]
        before = "".join(lines)
        result = rewritten("Dockerfile", before, target)
        after = result.text
        if after != before:
            buildkit.parse_string(after)
            assert rewritten("Dockerfile", after, target).text == after
        else:
            assert all(finding.message for finding in result.findings)
