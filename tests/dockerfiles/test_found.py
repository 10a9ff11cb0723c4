"""From which folder a Dockerfile is built, and what is mounted over the folders of its containers."""

import pytest
from conftest import RepoMaker

from migrate.dockerfile.found import Found, found
from migrate.options import Options

PIP = "FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
ALL = PIP.replace("COPY requirements.txt .", "COPY . .")


def only(repo_of: RepoMaker, files: dict[str, str], options: Options | None = None) -> Found:
    (one,) = found(repo_of(files), options or Options())
    return one


@pytest.mark.parametrize(
    ("files", "context"),
    [
        ({"Dockerfile": PIP, "requirements.txt": ""}, ""),
        ({"docker/Dockerfile": PIP, "requirements.txt": ""}, ""),
        ({"a/b/Dockerfile": PIP, "requirements.txt": ""}, ""),
        ({"svc/Dockerfile": PIP, "svc/requirements.txt": ""}, "svc"),
        ({"svc/Dockerfile": PIP, "svc/requirements.txt": "", "requirements.txt": ""}, None),
        ({"docker/Dockerfile": ALL, "requirements.txt": ""}, ""),
        ({"svc/Dockerfile": ALL, "svc/requirements.txt": ""}, "svc"),  # the root has it too, but not where pip looks
        ({"svc/Dockerfile": ALL, "svc/requirements.txt": "", "requirements.txt": ""}, None),
        ({"svc/Dockerfile": ALL, "svc/req/requirements.txt": ""}, None),
        ({"docker/x.Dockerfile": ALL.replace("COPY . .", "COPY docker/start.sh . ."), "docker/start.sh": ""}, ""),
        (
            {
                "svc/Dockerfile": PIP,
                "svc/requirements.txt": "",
                "requirements.txt": "",
                "compose.yml": "services:\n  a:\n    build: svc\n",
            },
            "svc",
        ),
        (
            {
                "svc/Dockerfile": ALL,
                "svc/requirements.txt": "",
                "requirements.txt": "",
                "compose.yml": "services:\n  a:\n    build: svc\n  b:\n    build:\n      dockerfile: svc/Dockerfile\n",
            },
            None,
        ),
    ],
)
def test_context(repo_of: RepoMaker, files: dict[str, str], context: str | None) -> None:
    assert only(repo_of, files).context == context


@pytest.mark.parametrize(
    ("path", "text", "targets"),
    [
        ("compose.yml", "services:\n  a:\n    build: .\n    volumes: ['.:/app']\n", {"/app": "compose.yml:4"}),
        ("compose.yml", "services:\n  a:\n    image: redis\n    volumes: ['.:/app']\n", {}),
        ("compose.override.yml", "services:\n  a:\n    volumes: ['.:/app']\n", {"/app": "compose.override.yml:3"}),
        (
            "compose.yml",
            "services:\n  a:\n    build: .\n    image: me\n  b:\n    image: me\n    volumes:\n      - .:/src\n",
            {"/src": "compose.yml:8"},
        ),
        (
            ".devcontainer/devcontainer.json",
            '{"build": {"dockerfile": "../Dockerfile"}, "workspaceMount": "source=.,target=/app,type=bind"}',
            {"/app": ".devcontainer/devcontainer.json:1"},
        ),
        (".devcontainer/devcontainer.json", '{"dockerFile": "../Dockerfile", "workspaceFolder": "/app"}', {}),
    ],
)
def test_mounts(repo_of: RepoMaker, path: str, text: str, targets: dict[str, str]) -> None:
    assert only(repo_of, {"Dockerfile": PIP, "requirements.txt": "", path: text}).mounts == targets


def test_only_the_dockerfiles_that_are_asked_for(repo_of: RepoMaker) -> None:
    files = {"Dockerfile": PIP, "Dockerfile.dev": PIP, "requirements.txt": ""}
    assert only(repo_of, files, Options(dockerfiles=("./Dockerfile.dev",))).path == "Dockerfile.dev"
    assert found(repo_of(files), Options(docker=False)) == ()


def test_a_dockerfile_of_any_name_is_found_by_its_build(repo_of: RepoMaker) -> None:
    files = {"image.build": PIP, "requirements.txt": "", "build.sh": "docker build -f image.build .\n"}
    assert only(repo_of, files).path == "image.build"


@pytest.mark.parametrize("text", ["ENV A\n", "RUN <<E\n"])
def test_what_docker_rejects_is_said(repo_of: RepoMaker, text: str) -> None:
    assert only(repo_of, {"Dockerfile": f"FROM x\n{text}"}).error
