"""Which requirements files the images install."""

import pytest
from conftest import RepoMaker

from migrate.dockerfile.found import found
from migrate.dockerfile.installed import installed as installed_by
from migrate.repo import Repo

FILES = dict.fromkeys(
    ("requirements.txt", "requirements/prod.txt", "requirements/base.txt", "app/requirements.txt"), "a\n"
)
START = "FROM python:3.12-slim\nWORKDIR /app\n"


def installed(repo: Repo) -> dict[str, tuple[str, ...]]:
    return installed_by(found(repo), repo)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("COPY requirements.txt .\nRUN pip install -r requirements.txt\n", ("requirements.txt",)),
        ("COPY app/requirements.txt .\nRUN pip install -r requirements.txt\n", ("app/requirements.txt",)),
        ("COPY requirements/prod.txt /tmp/r.txt\nRUN pip install -r /tmp/r.txt\n", ("requirements/prod.txt",)),
        ("COPY . .\nRUN pip install -rrequirements/prod.txt\n", ("requirements/prod.txt",)),
        ("COPY . .\nRUN cd requirements && pip3 install --requirement=base.txt\n", ("requirements/base.txt",)),
        (
            "COPY . .\nRUN pip install -r requirements/base.txt -r requirements/prod.txt\n",
            ("requirements/base.txt", "requirements/prod.txt"),
        ),
        ("COPY . .\nRUN pip wheel -w /wheels -r requirements.txt\n", ("requirements.txt",)),
        (
            "RUN --mount=type=bind,source=requirements.txt,target=requirements.txt pip install -r requirements.txt\n",
            ("requirements.txt",),
        ),
        ("COPY . .\nRUN if true; then pip install -r requirements.txt; fi\n", ("requirements.txt",)),
        ("COPY . .\nRUN <<EOF\npip install -r requirements.txt\nEOF\n", ("requirements.txt",)),
        ("COPY . .\nRUN uv pip install --system -r requirements.txt\n", ("requirements.txt",)),
        ("COPY . .\nRUN uv pip install --system -r pyproject.toml\n", ()),
        ("COPY . .\nRUN uv pip install --system --requirements requirements.txt\n", ("requirements.txt",)),
        (
            "COPY . .\nRUN for f in base prod; do pip install -r requirements/$f.txt; done\n",
            ("requirements/base.txt", "requirements/prod.txt"),
        ),
        ("COPY . .\nRUN pip install -r missing.txt\n", ()),
        ("COPY . .\nRUN pip install -r $FILE\n", ()),
        ("COPY . .\nRUN pip install flask\n", ()),
        ("COPY . .\nRUN cp -r requirements.txt /srv\n", ()),
        ("ENV A=\n", ()),
    ],
)
def test_files_of_an_image(repo_of: RepoMaker, text: str, expected: tuple[str, ...]) -> None:
    repo = repo_of({**FILES, "Dockerfile": START + text})
    assert installed(repo) == ({"Dockerfile": expected} if expected else {})


def test_dockerfile_in_a_folder_is_built_there_or_at_the_root(repo_of: RepoMaker) -> None:
    text = START + "COPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    repo = repo_of({**FILES, "app/Dockerfile": text, "docker/Dockerfile": text})
    assert installed(repo) == {"app/Dockerfile": ("app/requirements.txt",), "docker/Dockerfile": ("requirements.txt",)}


def test_file_of_another_stage_counts(repo_of: RepoMaker) -> None:
    text = (
        START
        + "COPY requirements.txt .\nRUN pip install -r requirements.txt\nFROM python:3.12-slim\nCOPY --from=0 / /\n"
    )
    assert installed(repo_of({**FILES, "Dockerfile": text})) == {"Dockerfile": ("requirements.txt",)}


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"RUN <<EOF\n", b"FROM\n"])
def test_dockerfile_that_cannot_be_read_installs_nothing(repo_of: RepoMaker, content: bytes) -> None:
    assert installed(repo_of({**FILES, "Dockerfile": content})) == {}
