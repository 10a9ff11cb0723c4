"""What a build says is read as steps and seconds."""

import pytest

from migrate.images.steps import Step, Watch

BUILDKIT = """\
#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s

#4 [builder 1/2] FROM docker.io/library/python:3.11-slim
#4 CACHED

#5 [builder 2/2] RUN --mount=type=cache,target=/root/.cache/uv     uv sync --locked
#5 0.312 Resolved 5 packages
#6 [stage-1 2/3] COPY . .
#6 DONE 0.1s
#5 DONE 12.25s
#7 exporting to image
#7 DONE 0.4s
"""


def test_buildkit_tells_seconds() -> None:
    begun: list[str] = []
    with Watch(begun.append) as watch:
        for part in BUILDKIT.partition("uv sy"):  # a write may end anywhere
            watch.write(part)
    assert watch.steps == (
        Step("FROM docker.io/library/python:3.11-slim", 0.0, is_cached=True),
        Step("RUN --mount=type=cache,target=/root/.cache/uv     uv sync --locked", 12.25),
        Step("COPY . .", 0.1),
    )
    assert begun == [step.text for step in watch.steps]
    assert watch.seconds >= 0


def test_podman_is_timed_by_arrival() -> None:
    with Watch() as watch:
        watch.write(
            "STEP 1/3: FROM python:3.11\nSTEP 2/3: RUN pip install x\n--> Using cache 1234\n[1/2] STEP 3/3: CMD x\n"
        )
    assert [(step.text, step.is_cached) for step in watch.steps] == [
        ("FROM python:3.11", False),
        ("RUN pip install x", True),
        ("CMD x", False),
    ]
    assert all(step.seconds >= 0 for step in watch.steps)


@pytest.mark.parametrize(
    "text",
    [
        "RUN pip install -r requirements.txt",
        "RUN pip3 --no-cache-dir install flask",
        "RUN apt-get update && python -m pip install flask",
        "RUN --mount=type=cache,target=/c uv sync --locked",
        "RUN uv pip install flask",
        "RUN pip install --upgrade pip && poetry install",
    ],
)
def test_an_installing_step_is_known(text: str) -> None:
    assert Step(text, 1).installs


@pytest.mark.parametrize(
    "text", ["RUN apt-get install -y python3-pip", "COPY pip install", "RUN uv --version", "RUN pip list"]
)
def test_another_step_is_not(text: str) -> None:
    assert not Step(text, 1).installs
