"""hadolint has nothing to say about a result that it did not say about its origin."""

import json
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HADOLINT = Path(sysconfig.get_path("scripts"), "hadolint")

# Libraries that the full image had, or that stand in for headers with a version; which version, the release decides.
ASKED_FOR = {"apt-versions-by-pattern": {"DL3008"}, "slim-with-libraries": {"DL3008"}}


def pairs() -> list[tuple[Path, Path]]:
    """Every Dockerfile before and after a migration that the repository holds."""
    examples = [
        (after.parents[1] / "before" / after.name, after) for after in ROOT.glob("examples/*/after/*Dockerfile*")
    ]
    golden = [
        (after.with_name("before.Dockerfile"), after)
        for after in ROOT.glob("tests/dockerfiles/golden/*/after.Dockerfile")
    ]
    return sorted((before, after) for before, after in examples + golden if before.exists() and after.is_file())


def codes(dockerfile: Path, folder: Path) -> set[str]:
    """Return the rules that hadolint reports by default; it runs in an empty `folder`, so it finds no settings."""
    report = subprocess.run(
        [HADOLINT, "--no-fail", "--format", "json", dockerfile],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return {finding["code"] for finding in json.loads(report.stdout)}


@pytest.mark.parametrize(
    ("before", "after"),
    [pytest.param(before, after, id=str(after.relative_to(ROOT))) for before, after in pairs()],
)
def test_nothing_new_is_reported(before: Path, after: Path, tmp_path: Path) -> None:
    assert codes(after, tmp_path) - codes(before, tmp_path) == ASKED_FOR.get(after.parent.name, set())


def test_a_new_fault_would_be_reported(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_text("FROM python:3.12-slim\n")
    after.write_text("FROM python:latest\nCOPY --from=tools /uv /bin/\n")
    assert codes(before, tmp_path) == set()
    assert "DL3007" in codes(after, tmp_path)
