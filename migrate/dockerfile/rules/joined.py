"""uv in the place of pip, for the image's own Python: it is there by a mount, and only while it installs."""

from collections.abc import Iterator
from posixpath import join

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.alone import Alone
from migrate.dockerfile.rules.builder import CACHE, uv_image
from migrate.dockerfile.rules.style import style_of
from migrate.text import Edit

_EXPORTED = "/tmp/requirements.txt"  # noqa: S108 - of the image, removed in the same step


def with_uv(facts: Facts, decision: Decision, alone: Alone | None) -> str | None:
    """Return the text of the RUN of the joint, from which doomed commands are gone, with uv instead of pip.

    before: RUN pip install -r requirements.txt
    after:  RUN --mount=from=ghcr.io/astral-sh/uv … UV_PROJECT_ENVIRONMENT=/usr/local uv sync --locked --inexact …
    """
    if alone is None or decision.joint is None:
        return None
    style, instruction, command = style_of(facts), alone.instruction, alone.commands[decision.joint[1]]
    following = f" {style.escape}{style.newline}{style.indentation}"
    edits = (
        Edit(instruction.start + len("RUN"), instruction.arguments_start, f" {following.join((*_mounts(facts), ''))}"),
        Edit(command.start, command.end, following.join(_commands(facts, decision))),
    )
    return alone.with_edits(edits)


def _mounts(facts: Facts) -> Iterator[str]:
    yield f"--mount=from={uv_image(facts)},source=/uv,target=/bin/uv"
    yield f"--mount=type=cache,target={CACHE}"
    for name in ("pyproject.toml", "uv.lock"):
        yield f"--mount=type=bind,source={join(facts.target.project, name)},target={name}"


def _commands(facts: Facts, decision: Decision) -> Iterator[str]:
    settings = "UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0"
    python = f"{decision.venv}/bin/python3"
    selection = " ".join(decision.sync)
    if facts.exchange.target:
        yield f"uv export --quiet --locked --no-emit-project {selection} --output-file {_EXPORTED}"
        target = facts.exchange.target
        yield " ".join(("&&", *decision.build.of_command, settings))
        yield f"uv pip install --python {python} --target {target} --no-deps --requirements {_EXPORTED}"
        yield f"&& rm -f {_EXPORTED} {target}/.lock"
        return
    stray = join(facts.target.project, ".python-version") in facts.target.repo.files
    yield f"UV_PROJECT_ENVIRONMENT={decision.venv} {f'UV_PYTHON={python} ' if stray else ''}{settings}"
    yield from [" ".join(decision.build.of_command)] if decision.build.of_command else []
    yield f"uv sync --locked --inexact --no-install-project {selection}"
