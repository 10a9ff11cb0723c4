"""Requirements files for development become dependency groups, or stay."""

import tomllib
from typing import Any

import pytest
from conftest import RepoMaker
from plans import UNLOCKED

from migrate.migration import migrate
from migrate.plan import Plan

PRODUCTION = {"requirements.txt": "flask==3.0.0\nclick>=8\n"}


def written(plan: Plan) -> dict[str, Any]:
    (text,) = (change.after for change in plan.changes if change.path == "pyproject.toml")
    return tomllib.loads(text or "")


def removed(plan: Plan) -> set[str]:
    return {change.path for change in plan.changes if change.after is None}


def left(plan: Plan) -> dict[str, str]:
    return {finding.path: finding.code for finding in plan.findings if finding.code.startswith("R")}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("requirements-dev.txt", "dev"),
        ("requirements_test.txt", "test"),
        ("requirements.docs.txt", "docs"),
        ("requirement-dev.txt", "dev"),
        ("dev-requirements.txt", "dev"),
        ("tests_requirements.txt", "test"),
        ("requirements/development.txt", "dev"),
        ("requirements/requirements-lint.txt", "lint"),
        ("requirements/typing.txt", "typing"),
        ("requirements/local.txt", "dev"),
        ("requirements-dev.in", "dev"),
        ("docs/requirements.txt", "docs"),
        ("tests/requirements.txt", "test"),
        ("requirements-gpu.txt", "gpu"),
        ("worker_requirements.txt", "worker"),
    ],
)
def test_file_is_a_group_by_its_name(repo_of: RepoMaker, path: str, name: str) -> None:
    plan = migrate(repo_of(PRODUCTION | {path: "# why\npytest==8.0.0  # tests\n"}).root, UNLOCKED)
    assert written(plan)["dependency-groups"] == {name: ["pytest==8.0.0"]}
    assert removed(plan) == {"requirements.txt", path}


@pytest.mark.parametrize("path", ["requirements-other.txt", "requirements/prod.txt", "api_requirements.txt"])
def test_file_of_unknown_purpose_stays(repo_of: RepoMaker, path: str) -> None:
    plan = migrate(repo_of(PRODUCTION | {path: "pytest\n"}).root, UNLOCKED)
    assert "dependency-groups" not in written(plan)
    assert removed(plan) == {"requirements.txt"}
    assert left(plan) == {path: "R171"}


@pytest.mark.parametrize("path", ["src/requirements-dev.txt", "dev.txt", "requirements-dev.md", "requirements/dev.md"])
def test_other_files_are_not_looked_at(repo_of: RepoMaker, path: str) -> None:
    plan = migrate(repo_of(PRODUCTION | {path: "pytest\n"}).root, UNLOCKED)
    assert "dependency-groups" not in written(plan)
    assert left(plan) == {}


def test_group_includes_groups_and_repeats_no_dependency_of_the_project(repo_of: RepoMaker) -> None:
    files = {
        "requirements-dev.txt": "-r requirements-test.txt\n-r tools.txt\n-c requirements.txt\nblack",
        "requirements-test.txt": "-r requirements.txt\nFlask==3.0.0\nclick\npytest\n",
        "tools.txt": "invoke\n",
    }
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert written(plan)["dependency-groups"] == {
        "dev": [{"include-group": "test"}, "invoke", "black"],
        "test": ["pytest"],
    }
    assert written(plan)["project"]["dependencies"] == ["flask==3.0.0", "click>=8"]
    assert "constraint-dependencies" not in written(plan)["tool"]["uv"]
    assert removed(plan) == {"requirements.txt", *files}


def test_group_of_includes_only(repo_of: RepoMaker) -> None:
    files = {"requirements-dev.txt": "-r requirements-test.txt\n", "requirements-test.txt": "pytest\n"}
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert written(plan)["dependency-groups"]["dev"] == [{"include-group": "test"}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pytest\n{{ x }}\n", "R170"),
        ("-e .\n", "R170"),
        ("--pre\npytest\n", "R170"),
        ("-i https://pypi.example/simple\npytest\n", "R170"),
        ("-c limits.txt\npytest\n", "R170"),
        ("flask==2.0.0\n", "R140"),
        ("flask @ https://files.example/flask.zip\n", "R140"),
    ],
)
def test_file_that_is_not_certain_stays_and_the_rest_goes_on(repo_of: RepoMaker, text: str, code: str) -> None:
    files = {"requirements-dev.txt": text, "requirements-test.txt": "pytest\n", "limits.txt": "pytest<8\n"}
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert written(plan)["dependency-groups"] == {"test": ["pytest"]}
    assert "requirements-dev.txt" not in removed(plan)
    assert code in {finding.code for finding in plan.findings if finding.path == "requirements-dev.txt"}


def test_file_that_includes_one_that_stays_stays(repo_of: RepoMaker) -> None:
    files = {"requirements-dev.txt": "-r requirements-test.txt\nblack\n", "requirements-test.txt": "{{ x }}\n"}
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert "dependency-groups" not in written(plan)
    assert removed(plan) == {"requirements.txt"}


def test_second_file_for_one_group_stays(repo_of: RepoMaker) -> None:
    files = {"requirements-dev.txt": "black\n", "dev-requirements.txt": "ruff\n"}
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert written(plan)["dependency-groups"] == {"dev": ["ruff"]}
    assert left(plan) == {"requirements-dev.txt": "R170"}


def test_group_that_the_image_installs_is_named_there(repo_of: RepoMaker) -> None:
    dockerfile = (
        "FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt -r requirements-dev.txt\n"
    )
    plan = migrate(repo_of(PRODUCTION | {"requirements-dev.txt": "pytest\n", "Dockerfile": dockerfile}).root, UNLOCKED)
    assert removed(plan) == {"requirements.txt", "requirements-dev.txt"}
    assert "--group dev" in next(change.after or "" for change in plan.changes if change.path == "Dockerfile")


def test_group_that_an_image_installs_without_production_has_all_of_its_file(repo_of: RepoMaker) -> None:
    dockerfile = "FROM python:3.12\nCOPY . .\nRUN pip install -r {}\n"
    files = {"Dockerfile": dockerfile.format("requirements.txt"), "Dockerfile.x": dockerfile.format("jobs.txt")}
    plan = migrate(repo_of(PRODUCTION | files | {"jobs.txt": "flask==3.0.0\nrq\n"}).root, UNLOCKED)
    assert written(plan)["dependency-groups"] == {"jobs": ["flask==3.0.0", "rq"]}
    assert "--only-group jobs" in next(change.after or "" for change in plan.changes if change.path == "Dockerfile.x")


def test_groups_that_contradict_each_other_are_in_conflict(repo_of: RepoMaker) -> None:
    files = {
        "requirements-dev.txt": "-r requirements-test.txt\nblack\n",
        "requirements-test.txt": "pytest==8\n",
        "requirements-docs.txt": "pytest==7\n",
    }
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    pairs = [{item["group"] for item in pair} for pair in written(plan)["tool"]["uv"]["conflicts"]]
    assert pairs == [{"dev", "docs"}, {"docs", "test"}]


def test_third_file_behind_an_included_group_is_not_repeated(repo_of: RepoMaker) -> None:
    files = {
        "requirements-dev.txt": "-r requirements-test.txt\nblack\n",
        "requirements-test.txt": "-r requirements-lint.txt\n-r more.txt\npytest\n",
        "requirements-lint.txt": "-r shared.txt\nruff\n",
        "more.txt": "mock\n",
        "shared.txt": "tomli\n",
    }
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert written(plan)["dependency-groups"] == {
        "dev": [{"include-group": "test"}, "black"],
        "test": [{"include-group": "lint"}, "mock", "pytest"],
        "lint": ["tomli", "ruff"],
    }
    assert removed(plan) == {"requirements.txt", *files}


@pytest.mark.parametrize(
    ("present", "code"), [("dev = ['pytest']", None), ("dev = ['black']", "R170"), ("docs = ['sphinx']", None)]
)
def test_groups_that_are_there_are_compared(repo_of: RepoMaker, present: str, code: str | None) -> None:
    pyproject = f"[dependency-groups]\n{present}\n\n[tool.x]\ny = 1\n"
    repo = repo_of(PRODUCTION | {"requirements-dev.txt": "pytest\n", "pyproject.toml": pyproject})
    plan = migrate(repo.root, UNLOCKED)
    assert (code in {finding.code for finding in plan.findings}) == bool(code)
    assert present in next(change.after or "" for change in plan.changes if change.path == "pyproject.toml")
    assert ("requirements-dev.txt" in removed(plan)) == (code is None)
    assert "requirements.txt" in removed(plan)
    if code is None:
        assert written(plan)["dependency-groups"]["dev"] == ["pytest"]


@pytest.mark.network
def test_groups_are_locked(repo_of: RepoMaker) -> None:
    files = {
        ".python-version": "3.11\n",
        "requirements.txt": "idna==3.10\n",
        "requirements-dev.txt": "-r requirements.txt\niniconfig==2.0.0\n",
    }
    repo = repo_of(files)
    plan = migrate(repo.root)
    texts = {change.path: change.after for change in plan.changes}
    versions = {one["name"]: one["version"] for one in tomllib.loads(texts["uv.lock"] or "")["package"]}
    assert (versions["idna"], versions["iniconfig"]) == ("3.10", "2.0.0")
    assert not plan.findings


def test_every_line_of_every_file_is_accounted_for(repo_of: RepoMaker) -> None:
    files = {"requirements-dev.txt": "-r requirements.txt\nblack\n", "requirements-test.txt": "pytest\n{{ x }}\n"}
    plan = migrate(repo_of(PRODUCTION | files).root, UNLOCKED)
    assert [(line.path, line.line, line.outcome, line.result) for line in plan.lines] == [
        ("requirements.txt", 1, "converted", "flask==3.0.0"),
        ("requirements.txt", 2, "converted", "click>=8"),
        ("requirements-dev.txt", 1, "converted", "requirements.txt"),
        ("requirements-dev.txt", 2, "converted", "black"),
        ("requirements-test.txt", 1, "blocked", None),
        ("requirements-test.txt", 2, "blocked", None),
    ]


def test_source_of_a_compiled_file_is_said(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of(PRODUCTION | {"requirements.in": "flask\n", "other.in": "x\n"}).root, UNLOCKED)
    assert left(plan) == {"requirements.in": "R172"}
    assert removed(plan) == {"requirements.txt"}
