"""Dockerfiles as a comparison builds them: with cache mounts of their own, and reduced to the images they name."""

import pytest

from migrate.images.dockerfiles import base_of, outside_images, scoped


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("--mount=type=cache,target=/c", "--mount=type=cache,target=/c,id=S-/c"),
        ("--mount=type=cache,id=pip,target=/c", "--mount=type=cache,target=/c,id=S-pip"),
        ("--mount=target=/c,type=cache,sharing=locked", "--mount=target=/c,type=cache,sharing=locked,id=S-/c"),
    ],
)
def test_a_cache_mount_gets_an_identity(before: str, after: str) -> None:
    assert scoped(f"FROM a\nRUN {before} pip x\n", "S") == f"FROM a\nRUN {after} pip x\n"


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\nRUN --mount=type=bind,target=/c pip x\n",
        "FROM a\nRUN --mount=type=secret,id=t pip x\n",
        "FROM a\nRUN --network=none pip x\n",
        "FROM a\nRUN pip x\n",
        "this is no Dockerfile <<",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert scoped(text, "S") == text


STAGES = """\
ARG V=3.11
FROM python:$V AS base
FROM --platform=linux/amd64 node:20 AS web
FROM base AS builder
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
FROM Base
COPY --from=builder /a /a
COPY --from=0 /b /b
COPY --from=$OTHER /c /c
"""


def test_images_from_elsewhere_are_fetched_alone() -> None:
    assert outside_images(STAGES) == (
        "FROM ghcr.io/astral-sh/uv:0.9\n",
        "ARG V=3.11\nFROM --platform=linux/amd64 node:20\n",
        "ARG V=3.11\nFROM python:$V\n",
    )


def test_the_base_is_what_the_last_stage_stands_on() -> None:
    assert base_of(STAGES) == "ARG V=3.11\nFROM python:$V\n"
    assert base_of("FROM a AS a\n") == "FROM a\n"


def test_nothing_is_no_base() -> None:
    assert base_of("FROM python AS a\nFROM scratch\nCOPY --from=a / /\n") is None
    assert outside_images("nothing <<") == ()
