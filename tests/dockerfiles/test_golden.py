"""Every golden Dockerfile becomes what it should, or stays as it is with its reason; Docker accepts the result."""

import re
from dataclasses import replace

import dockerfile as buildkit
import pytest
from golden_dockerfiles import CASES, FOLDER, files_of, said, target_in, target_of, text_of

from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.rewrite import rewritten
from migrate.dockerfile.rules.bytecode import COMMENT
from migrate.dockerfile.rules.comments import BY_UV, IDLE
from migrate.dockerfile.syntax.parse import parse
from migrate.dockerfile.syntax.words import declarations
from migrate.repo import Repo


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    return target_in(tmp_path_factory.mktemp("context"))


OURS = {BY_UV, COMMENT, IDLE}  # comments that uvmigrate writes itself


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, target: Target) -> None:
    before = text_of(case, "before.Dockerfile")
    target = target_of(case, target)
    result = rewritten("Dockerfile", before, target)
    assert result.text == (text_of(case, "after.Dockerfile") or before)
    assert said(result.findings) == text_of(case, "findings.txt").strip("\n")
    changed = {path: text.encode() for path, text in result.files.items()}
    assert changed == files_of(case, "changed")
    repo = Repo(target.repo.root, target.repo.files, _data=files_of(case, "context") | changed)
    again = rewritten("Dockerfile", result.text, replace(target, repo=repo))
    assert (again.text, again.files) == (result.text, {})


@pytest.mark.parametrize("case", [case for case in CASES if (FOLDER / case / "after.Dockerfile").exists()])
def test_docker_accepts_the_result_and_nothing_that_people_read_or_give_is_lost(case: str) -> None:
    before, after = (text_of(case, f"{side}.Dockerfile") for side in ("before", "after"))
    buildkit.parse_string(after)
    assert sorted(line for line in _comments(after) if line not in OURS) == sorted(_comments(before))
    assert _arguments(before) <= _arguments(after)  # whoever builds it gives them


def _comments(text: str) -> list[str]:
    """Return the comments of a Dockerfile, the name of the installer aside."""
    lines = (line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))
    return [re.sub(r"\b(?:python -m )?pip\b", "uv", line) for line in lines]


def _arguments(text: str) -> set[str]:
    given = (each for each in parse(text).instructions if each.keyword == "ARG")
    return {pair.name for each in given for pair in declarations(each)}


def test_most_cases_stay_unchanged() -> None:
    changed = [case for case in CASES if (FOLDER / case / "after.Dockerfile").exists()]
    assert len(changed) < len(CASES) / 2
