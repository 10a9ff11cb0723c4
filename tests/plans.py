"""What tests ask of a plan."""

import tomllib
from typing import Any

from migrate.options import Options
from migrate.plan import Plan

UNLOCKED = Options(lock=False)
DOCKERFILE = (
    "FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
)
PYTHON: dict[str, str | bytes] = {".python-version": "3.11\n"}


def codes(plan: Plan) -> list[str]:
    """Return the codes of all findings, in their order."""
    return [finding.code for finding in plan.findings]


def after(plan: Plan, path: str) -> str:
    """Return the text that a plan gives a file."""
    (change,) = (change for change in plan.changes if change.path == path)
    assert change.after is not None
    return change.after


def tables(plan: Plan, path: str) -> dict[str, Any]:
    """Return what the TOML says that a plan gives a file."""
    return tomllib.loads(after(plan, path))


def locked(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return the version and the source of each package of a plan's lock, the project aside."""
    return {
        one["name"]: (one["version"], next(iter(one["source"].values())))
        for one in tables(plan, "uv.lock")["package"]
        if "virtual" not in one["source"]
    }
