"""A lock writes nothing outside of its scratch folder and the user's own cache, whatever a project configures."""

import os
from pathlib import Path

import pytest

from migrate.errors import MigrateError
from migrate.lock.uv import Uv

PROJECT = '[project]\nname = "x"\nversion = "0"\nrequires-python = ">=3.11"\n'


@pytest.mark.parametrize(
    "table", ["[tool.uv]\ncache-dir = '{}'", "tool.uv.cache-dir = '{}'", '["tool"."\\u0075v"]\ncache-dir = \'{}\'']
)
def test_a_project_does_not_choose_where_the_cache_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    setting = table.format(tmp_path / "theirs")
    text = f"{setting}\n{PROJECT}" if table.startswith("tool") else f"{PROJECT}{setting}\n"
    assert 'name = "x"' in Uv.found().lock(text, None, None)
    assert not (tmp_path / "theirs").exists()


def test_the_user_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "mine"))
    Uv.found().lock(f"{PROJECT}[tool.uv]\ncache-dir = '{tmp_path}/theirs'\n", None, None)
    assert sorted(os.listdir(tmp_path)) == ["mine"]  # noqa: PTH208 - names


def test_a_workspace_around_the_scratch_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "pyproject.toml").write_text(f'{PROJECT.replace("x", "outer")}[tool.uv.workspace]\nmembers = ["*/*"]\n')
    with pytest.raises(MigrateError, match="makes a workspace"):
        Uv.found().lock(PROJECT, None, None)
