"""What builds and starts a rewritten Dockerfile changes with it, or is told."""

import pytest
from conftest import RepoMaker
from plans import UNLOCKED

from migrate.migration import migrate
from migrate.plan import Plan

DOCKERFILE = (
    "ARG PYTHON=3.12\nFROM python:${PYTHON}-slim\nWORKDIR /app\nCOPY requirements.txt .\n"
    "RUN pip install -r requirements.txt\nCOPY . .\n"
)


def plan_of(repo_of: RepoMaker, compose: str, **files: str) -> Plan:
    given = {"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, "compose.yml": compose}
    return migrate(repo_of(given | {name.replace("__", "."): text for name, text in files.items()}).root, UNLOCKED)


def after(plan: Plan, path: str) -> str | None:
    return next((change.after for change in plan.changes if change.path == path), None)


def places(plan: Plan, code: str) -> list[tuple[str, int | None]]:
    return [(each.path, each.line) for each in plan.findings if each.code == code]


WATCH = "services:\n  web:\n    build: .\n    develop:\n      watch:\n        - action: {}\n          path: {}\n"


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("requirements.txt", "uv.lock"),
        ("./requirements.txt", "./uv.lock"),
        ("'requirements.txt'", "'uv.lock'"),
        ('"./requirements.txt" # ours', '"./uv.lock" # ours'),
    ],
)
def test_a_change_of_the_lock_rebuilds_the_image(repo_of: RepoMaker, written: str, becomes: str) -> None:
    plan = plan_of(repo_of, WATCH.format("rebuild", written))
    assert after(plan, "compose.yml") == WATCH.format("rebuild", becomes)
    assert "requirements.txt" in {change.path for change in plan.changes if change.after is None}


@pytest.mark.parametrize(
    ("action", "path"),
    [
        ("sync", "requirements.txt"),
        ("sync+restart", "."),
        ("rebuild", "."),
        ("rebuild", "package.json"),
        ("rebuild", "other.txt"),
        ("rebuild", "${FILE:-requirements.txt}"),
        ("rebuild", "${FILE}"),
        ("rebuild", "[requirements.txt]"),
    ],
)
def test_other_entries_of_watch_stay(repo_of: RepoMaker, action: str, path: str) -> None:
    plan = plan_of(repo_of, WATCH.format(action, path), other__txt="x\n")
    assert after(plan, "compose.yml") is None


def test_an_image_that_is_left_is_still_rebuilt_by_its_requirements(repo_of: RepoMaker) -> None:
    left = DOCKERFILE.replace("COPY . .", "RUN pip freeze > installed.txt")
    plan = plan_of(repo_of, WATCH.format("rebuild", "requirements.txt"), Dockerfile=left)
    assert after(plan, "compose.yml") is None


def test_the_folder_of_the_requirements_and_two_services(repo_of: RepoMaker) -> None:
    dockerfile = DOCKERFILE.replace("requirements.txt", "requirements/prod.txt", 1).replace(
        "-r requirements.txt", "-r prod.txt"
    )
    service = (
        "{0}:\n    build: {{context: .., dockerfile: docker/{1}}}\n"
        "    develop: {{watch: [{{action: rebuild, path: ../requirements}}]}}\n"
    )
    compose = "services:\n  " + service.format("a", "A.Dockerfile") + "  " + service.format("b", "B.Dockerfile")
    files = {"requirements/prod.txt": "flask\n", "docker/A.Dockerfile": dockerfile, "docker/B.Dockerfile": dockerfile}
    plan = migrate(repo_of(files | {"docker/compose.yml": compose}).root, UNLOCKED)
    assert after(plan, "docker/compose.yml") == compose.replace("../requirements}", "../uv.lock}")


BUILD = "services:\n  web:\n    build:\n      context: .\n"


def test_a_build_with_another_python_than_the_lock_is_told(repo_of: RepoMaker) -> None:
    compose = BUILD + "      args:\n        PYTHON: 3.11\n  other:\n    build: .\n"
    plan = plan_of(repo_of, compose)
    assert places(plan, "F508") == [("compose.yml", 6)]
    assert "python:${PYTHON}-slim AS builder" in (after(plan, "Dockerfile") or "")


@pytest.mark.parametrize(
    "compose",
    [
        BUILD + "      args:\n        PYTHON: '3.12'\n",
        BUILD + "      args:\n        PYTHON: ${VERSION}\n",
        BUILD + "      args:\n        OTHER: 3.9\n",
        BUILD + "      args: {PYTHON: 3.11}\n",  # the only one who builds it: that is its Python
        BUILD,
    ],
)
def test_other_build_arguments_are_no_news(repo_of: RepoMaker, compose: str) -> None:
    assert places(plan_of(repo_of, compose), "F508") == []


@pytest.mark.parametrize(
    ("compose", "is_migrated"),
    [
        (BUILD + "      args: {IMAGE: 'python:3.11-slim'}\n", True),
        (BUILD + "      args: {IMAGE: 'registry.example/base'}\n", False),
        (BUILD + "      args: {IMAGE: $IMAGE}\n", False),
        (BUILD + "      args: {IMAGE: 'python:3.11'}\n  b:\n    build:\n      args: {IMAGE: 'python:3.12'}\n", False),
        (BUILD, False),
    ],
)
def test_a_base_that_only_builds_tell(repo_of: RepoMaker, compose: str, *, is_migrated: bool) -> None:
    dockerfile = DOCKERFILE.replace("ARG PYTHON=3.12\nFROM python:${PYTHON}-slim", "ARG IMAGE\nFROM ${IMAGE}")
    plan = plan_of(repo_of, compose, Dockerfile=dockerfile)
    assert ("FROM ${IMAGE} AS builder" in (after(plan, "Dockerfile") or "")) is is_migrated
    assert ("D303" in {each.code for each in plan.findings}) is not is_migrated


def test_a_stage_by_number_that_has_another_number_now(repo_of: RepoMaker) -> None:
    stages = DOCKERFILE.replace("FROM", "FROM node:20 AS web\nFROM", 1)
    service = "services:\n  a:\n    build: {{context: ., target: {}}}\n"
    assert places(plan_of(repo_of, service.format(1), Dockerfile=stages), "F509") == [("compose.yml", 3)]
    for other in ("0", "web", "'x1'", "-1", "true"):
        assert places(plan_of(repo_of, service.format(other), Dockerfile=stages), "F509") == []
