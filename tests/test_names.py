"""What a file is called tells what it is."""

import pytest

from migrate.names import is_dockerfile


@pytest.mark.parametrize(
    "path",
    [
        "Dockerfile",
        "a/b/Dockerfile",
        "dockerfile",
        "Containerfile",
        "Dockerfile.dev",
        "Dockerfile-dev",
        "Dockerfile_dev",
        "Dockerfile.dev.old",
        "web.Dockerfile",
        "web-Dockerfile",
        "python3.11-slim.dockerfile",
        "containerfile.alpine",
        "Dockerfile.j2",
    ],
)
def test_usual_names_of_dockerfiles(path: str) -> None:
    assert is_dockerfile(path)


@pytest.mark.parametrize(
    "path",
    [
        "Dockerfiles",
        "dockerfile-lint.yml",
        "Dockerfile.dockerignore",
        "dev.Dockerfile.dockerignore",
        "custom_dockerfile.py",
        "generate_dockerfiles.sh",
        "Dockerfile.md",
        "many_dockerfile.json",
        "setup_dockerfile.png",
        "Dockerfile/requirements",
        "mydockerfile",
        "docker",
        "",
    ],
)
def test_other_names(path: str) -> None:
    assert not is_dockerfile(path)
