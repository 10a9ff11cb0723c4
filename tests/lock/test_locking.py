"""What uv does with a plan: real resolutions."""

from pathlib import Path

import pytest
from conftest import RepoMaker

from migrate.migration import migrate

pytestmark = pytest.mark.network


def test_range_is_narrowed_to_the_image_when_the_wide_one_has_no_lock(repo_of: RepoMaker) -> None:
    repo = repo_of({"requirements.txt": "numpy==1.24.4\npandas==2.2.2\n", "Dockerfile": "FROM python:3.11-slim\n"})
    plan = migrate(repo.root)
    texts = {change.path: change.after for change in plan.changes}
    assert 'requires-python = "==3.11.*"' in str(texts["pyproject.toml"])
    assert 'name = "numpy"\nversion = "1.24.4"' in str(texts["uv.lock"])
    (finding,) = [finding for finding in plan.findings if finding.code == "U402"]
    assert "numpy" in finding.message


def test_settings_of_the_shell_do_not_lead_uv_elsewhere(
    repo_of: RepoMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("UV_PROJECT", "UV_WORKING_DIRECTORY", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("UV_FROZEN", "1")
    repo = repo_of({"requirements.txt": "six==1.17.0\n", "Dockerfile": "FROM python:3.11-slim\n"})
    assert {change.path for change in migrate(repo.root).changes} >= {"uv.lock", "pyproject.toml"}
