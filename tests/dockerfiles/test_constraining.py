"""Which files limit versions wherever the images install something."""

import pytest
from conftest import RepoMaker

from migrate.dockerfile.project import constraining
from migrate.legacy import legacy
from migrate.options import Options

FILES = {
    "requirements.txt": "flask\n",
    "requirements-dev.txt": "pytest\n",
    "constraints.txt": "click<9\n",
    "other.txt": "click<8\n",
    "pyproject.toml": "[build-system]\n",
}
START = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
LIMITED = "RUN pip install -c constraints.txt -r requirements.txt\n"


@pytest.mark.parametrize(
    "text",
    [
        LIMITED,
        "RUN pip install --upgrade pip\nRUN pip check\n" + LIMITED,
        "RUN pip install -cconstraints.txt -r requirements.txt gunicorn\n",
        LIMITED + "RUN pip install --no-deps .\n",
        LIMITED + "RUN pip install --constraint constraints.txt -e .[web]\n",
        "RUN cd / && pip install -c app/constraints.txt -r app/requirements.txt\n",
        LIMITED
        + "FROM python:3.12-slim\nWORKDIR /srv\nCOPY constraints.txt c.txt\nRUN pip install -c c.txt gunicorn\n",
    ],
)
def test_certain(repo_of: RepoMaker, text: str) -> None:
    assert constraining(repo_of({**FILES, "Dockerfile": START + text})) == ("constraints.txt",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RUN pip install -r requirements.txt\n",
        LIMITED + "RUN pip install gunicorn\n",
        LIMITED + "RUN pip install .\n",
        LIMITED + "RUN pip install --no-deps -r requirements-dev.txt\n",
        LIMITED + "RUN pip install -c other.txt -r requirements-dev.txt\n",
        LIMITED + "RUN pip install $MORE\n",
        LIMITED + "RUN pip uninstall -y click\n",
        "RUN pip install -c constraints.txt -c missing.txt -r requirements.txt\n",
        "RUN pip install -c https://pypi.example/constraints.txt -r requirements.txt\n",
        "ARG WHICH=constraints\nRUN pip install -c $WHICH.txt -r requirements.txt\n",
        "FROM python:3.12-slim\nRUN pip install -c constraints.txt -r requirements.txt\n",
        LIMITED + "FROM python:3.12-slim\nRUN pip install poetry\n",
    ],
)
def test_not_certain(repo_of: RepoMaker, text: str) -> None:
    assert constraining(repo_of({**FILES, "Dockerfile": START + text})) == ()


def test_another_image_without_them(repo_of: RepoMaker) -> None:
    repo = repo_of({**FILES, "Dockerfile": START + LIMITED, "web.Dockerfile": START + "RUN pip install gunicorn\n"})
    assert constraining(repo) == ()


def test_paths_are_those_of_the_project(repo_of: RepoMaker) -> None:
    files = {f"shop/{name}": text for name, text in FILES.items()}
    text = "FROM python:3.12\nWORKDIR /app\nCOPY shop/*.txt ./\n" + LIMITED
    repo = repo_of({**files, "shop/Dockerfile": text, "compose.yaml": COMPOSE})
    assert constraining(repo.below("shop")) == ("constraints.txt",)


COMPOSE = "services:\n  shop:\n    build:\n      context: .\n      dockerfile: shop/Dockerfile\n"


def test_they_limit_versions_and_go(repo_of: RepoMaker) -> None:
    old = legacy(repo_of({**FILES, "Dockerfile": START + LIMITED}), "9.9.9", Options())
    assert [one.text for one in old.production.constraints] == ["click<9"]
    assert "constraints.txt" in old.files
    assert old.target.constraints == {"constraints.txt"}


def test_file_that_is_no_constraints_for_uv_is_left(repo_of: RepoMaker) -> None:
    files = {**FILES, "constraints.txt": "click[extra]<9\n", "Dockerfile": START + LIMITED}
    old = legacy(repo_of(files), "9.9.9", Options())
    assert not old.production.blocked
    assert (old.constraints, old.target.constraints) == ((), frozenset())
