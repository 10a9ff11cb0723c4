"""The folder in which uv and pip are given files: nothing is written outside of what is removed."""

import tempfile
from pathlib import Path

import pytest

from migrate.lock.scratch import scratch


@pytest.mark.parametrize(
    "paths",
    [
        ("requirements.txt",),
        ("requirements.txt", "../base.txt"),
        ("a/b/requirements.txt", "../../../constraints.txt", "../c/base.txt"),
    ],
)
def test_files_above_the_folder_are_removed_with_it(
    paths: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch(dict.fromkeys(paths, "x")) as folder:
        assert [(folder / path).read_text() for path in paths] == ["x"] * len(paths)
        (place,) = tmp_path.iterdir()
        assert all((folder / path).resolve().is_relative_to(place) for path in paths)
    assert list(tmp_path.iterdir()) == []
