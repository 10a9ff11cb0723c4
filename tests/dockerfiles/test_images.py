import pytest

from migrate.dockerfile.facts.images import Image
from migrate.python_version import Version


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        ("python:3.11", (3, 11)),
        ("python:3.11.4", (3, 11)),
        ("python:3.12-slim-bookworm", (3, 12)),
        ("python:3.13rc1-slim", (3, 13)),
        ("python:3.14.0b2", (3, 14)),
        ("docker.io/library/python:3.10-alpine3.19", (3, 10)),
        ("registry.hub.docker.com/library/python:3.10", (3, 10)),
        ("public.ecr.aws/docker/library/python:3.11-slim", (3, 11)),
        ("mirror.gcr.io/library/python:3.12", (3, 12)),
        ("gitlab.example:443/shop/web/dependency_proxy/containers/python:3.13-slim", (3, 13)),
        ("python:3.9-slim@sha256:" + "0" * 64, (3, 9)),
    ],
)
def test_tag_of_the_official_image_promises_a_version(reference: str, version: tuple[int, int]) -> None:
    image = Image.parse(reference)
    assert image is not None
    assert image.python == Version(*version)


@pytest.mark.parametrize(
    "reference",
    [
        "python",
        "python:3",
        "python:latest",
        "python:slim",
        "python:3-slim",
        "python@sha256:" + "0" * 64,
        "debian:12.5",
        "pypy:3.10",
        "localhost:5000/python:3.11",
        "public.ecr.aws/shop/python:3.11",
        "mirror.gcr.io/shop/python:3.11",
        "registry.example/docker.io/library/python:3.11",
        "tiangolo/uvicorn-gunicorn:python3.11",
    ],
)
def test_other_references_promise_none(reference: str) -> None:
    image = Image.parse(reference)
    assert image is not None
    assert image.python is None


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("debian", "debian"),
        ("docker.io/library/node", "node"),
        ("public.ecr.aws/docker/library/ubuntu", "ubuntu"),
        ("nvidia/cuda", None),
        ("registry.example/debian", None),
    ],
)
def test_what_docker_calls_its_images(name: str, official: str | None) -> None:
    assert Image(name).official == official


def test_port_of_a_registry_is_not_a_tag() -> None:
    assert Image.parse("localhost:5000/python") == Image("localhost:5000/python")


def test_what_is_no_reference() -> None:
    assert Image.parse("") is None
    assert Image.parse("two words") is None


def test_alpine() -> None:
    assert Image("python", "3.11-alpine").is_alpine
    assert not Image("python", "3.11-slim").is_alpine
