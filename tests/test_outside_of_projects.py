"""Dockerfiles that call pip, and that are the images of no project which is migrated."""

import pytest
from conftest import RepoMaker
from plans import DOCKERFILE, UNLOCKED

from migrate.migration import migrate

OTHER = "FROM python:3.12-slim\nCOPY {0} /\nRUN pip install -r /requirements.txt\n"


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("demo/Dockerfile", OTHER.format("shop/requirements.txt"), "F511"),  # of a project, built from above it
        ("Dockerfile.demo", OTHER.format("lost/requirements.txt"), "F511"),  # not in the repository
        ("demo/Dockerfile", "FROM python:3.12-slim\nRUN pip install -U pip && pip install flask\n", "F510"),
        ("demo/Dockerfile", "FROM python:3.12-slim\nCOPY . /src\nRUN cd /src && python setup.py install\n", "F511"),
    ],
)
def test_dockerfile_beside_a_project_is_told(repo_of: RepoMaker, path: str, text: str, code: str) -> None:
    files = {"shop/requirements.txt": "flask\n", "shop/Dockerfile": DOCKERFILE, path: text}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert {"shop/Dockerfile"} == {change.path for change in plan.changes if "Dockerfile" in change.path}
    assert [each.code for each in plan.findings if each.path == path] == [code]


@pytest.mark.parametrize(
    ("required", "text"),
    [
        ("flask\n", "FROM node:20\nRUN npm install\n"),
        ("flask\n", "FROM python:3.12-slim\nRUN pip --version\n"),
        ("flask\n", "FROM python:3.12-slim\nRUN pip install -U pip setuptools \\\n && poetry install\n"),
        ("--use-feature=x\n", OTHER.format("requirements.txt")),  # its project is left, with a reason of its own
    ],
)
def test_dockerfile_without_pip_or_of_a_project_that_is_left_is_not_told(
    repo_of: RepoMaker, required: str, text: str
) -> None:
    files = {"shop/requirements.txt": "flask\n", "shop/Dockerfile": DOCKERFILE}
    files |= {"demo/requirements.txt": required, "demo/Dockerfile": text}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert not {"F510", "F511"} & {each.code for each in plan.findings}
