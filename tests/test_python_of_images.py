"""Which Python the images tell, and what it does to the project."""

import pytest
from conftest import RepoMaker
from indexes import served, simple_index, wheel
from plans import DOCKERFILE, UNLOCKED, after, codes, tables

from migrate.dockerfile.facts.distributions import release_of
from migrate.dockerfile.facts.images import Image
from migrate.migration import migrate
from migrate.python_version import Version


def test_python_of_the_image_bounds_the_project(repo_of: RepoMaker) -> None:
    plan = migrate(
        repo_of({"requirements.txt": "flask\n", "Dockerfile": "ARG V=3.10\nFROM python:$V\n"}).root, UNLOCKED
    )
    assert 'requires-python = ">=3.10"\n' in after(plan, "pyproject.toml")


@pytest.mark.parametrize("dockerfile", ["FROM python\n", "FROM python:3\n", "FROM debian:12\n", "RUN x\n", "", b"\xff"])
def test_image_that_tells_no_python_is_said(repo_of: RepoMaker, dockerfile: str | bytes) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask\n", "Dockerfile": dockerfile}).root, UNLOCKED)
    assert "U403" in codes(plan)


def test_a_stray_python_version_file_does_not_choose_the_python_of_an_image(repo_of: RepoMaker) -> None:
    plan = migrate(
        repo_of({"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, ".python-version": "3.9\n"}).root, UNLOCKED
    )
    assert "UV_PYTHON=/usr/local/bin/python3\n" in after(plan, "Dockerfile")


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize(
    ("needs", "requires_python", "left", "said"),
    [
        (">=3.8", ">=3.9", [], []),
        (">=3.10", ">=3.11", ["worker.Dockerfile"], ["U402", "D345"]),
    ],
)
def test_images_with_several_pythons_share_a_lock_if_there_is_one(
    repo_of: RepoMaker, needs: str, requires_python: str, left: list[str], said: list[str]
) -> None:
    images = {"Dockerfile": "3.11", "worker.Dockerfile": "3.9", "newer.Dockerfile": "3.12"}
    with served(simple_index(wheel("demo", "1.0", python=needs))) as host:
        files: dict[str, str | bytes] = {path: DOCKERFILE.replace("3.12", python) for path, python in images.items()}
        plan = migrate(repo_of(files | {"requirements.txt": f"-i http://{host}/simple\ndemo==1.0\n"}).root)
    assert tables(plan, "pyproject.toml")["project"]["requires-python"] == requires_python
    assert images.keys() - {change.path for change in plan.changes} == {*left}
    assert [code for code in codes(plan) if code in {"D345", "U401", "U402", "U404"}] == said


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("debian:bookworm-slim", (3, 11)),
        ("debian:11", (3, 9)),
        ("debian:12.5", (3, 11)),
        ("ubuntu:22.04", (3, 10)),
        ("docker.io/library/ubuntu:noble", (3, 12)),
        ("nvidia/cuda:12.1.1-cudnn8-devel-ubuntu20.04", (3, 8)),
        ("nvidia/cuda:12.1.1-runtime-ubi8", None),
        ("debian", None),
        ("debian:stable-slim", None),
        ("ubuntu:18.04", (3, 6)),
        ("ubuntu:26.04", (3, 14)),
        ("ubuntu:latest", None),
        ("alpine:3.19", (3, 11)),
        ("alpine:3.22.1", (3, 12)),
        ("alpine:3.9", None),
        ("alpine:3", None),
        ("alpine", None),
        ("alpine:edge", None),
        ("node:20-alpine3.19", (3, 11)),
        ("node:20-alpine", None),
        ("node:20-bookworm-slim", (3, 11)),
        ("node:20-slim", None),
        ("node:22.04", None),
        ("golang:1.22-bookworm", (3, 11)),
        ("python:3.12-bookworm", None),
        ("selenium/node-chrome:bookworm", None),
        ("mcr.microsoft.com/playwright/python:v1.40.0-jammy", (3, 10)),
        ("mcr.microsoft.com/playwright:v1.40.0-jammy", None),
        ("registry.example/debian:12", None),
    ],
)
def test_python_of_a_distribution(image: str, version: tuple[int, int] | None) -> None:
    parsed = Image.parse(image)
    assert parsed
    release = release_of(parsed)
    assert (release and release.python) == (Version(*version) if version else None)
