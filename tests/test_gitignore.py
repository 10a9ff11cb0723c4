"""`.gitignore` is read as git reads it."""

import subprocess
from pathlib import Path

import pytest

from migrate.gitignore import hidden_by

PATHS = (
    "uv.lock",
    "app/uv.lock",
    "app/deep/uv.lock",
    "a b",
    "app/a b",
    "x[1]",
    "app/#x",
    "!x",
    "app/b/c/d",
    "back\\slash",
)
CASES = [
    {"": "*.lock\n"},
    {"": "uv.lock\n"},
    {"": "/uv.lock\n"},
    {"": "uv.lock/\n"},
    {"": "app/\n"},
    {"": "app\n!app/uv.lock\n"},
    {"": "app/*\n!app/uv.lock\n"},
    {"": "*\n!uv.lock\n"},
    {"": "*\n!app\n!uv.lock\n"},
    {"": "*\n!*/\n!uv.lock\n"},
    {"": "*.lock\n", "app": "!uv.lock\n"},
    {"": "!uv.lock\n", "app": "*\n"},
    {"app": "/uv.lock\n"},
    {"app": "deep/\n", "app/deep": "!uv.lock\n"},
    {"": "**/deep\n"},
    {"": "**/deep/uv.lock\n"},
    {"": "app/**\n"},
    {"": "app/**/uv.lock\n"},
    {"": "app/**/d\n"},
    {"": "a**k\n"},
    {"": "app/deep/uv.lock\n"},
    {"": "deep/uv.lock\n"},
    {"": "a b\n"},
    {"": "a b   \n"},
    {"": "a\\ b\\ \n"},
    {"": "\\#x\n"},
    {"": "#x\n"},
    {"": "\\!x\n"},
    {"": "x[[]1]\n"},
    {"": "u[!a-t]*\n"},
    {"": "u[^v].lock\n"},
    {"": "u?.lock\n"},
    {"": "app?uv.lock\n"},
    {"": "app[/]uv.lock\n"},
    {"": "[\n"},
    {"": "[z-a]*\n"},
    {"": "/\n"},
    {"": "*.lock\r\n"},
    {"": "\ufeffuv.lock\n"},
    {"": "UV.LOCK\n"},
    {"": "\n \nuv.lock"},
    {},
]


@pytest.mark.parametrize("texts", CASES)
def test_git_keeps_out_the_same_files(tmp_path: Path, texts: dict[str, str]) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for folder, text in texts.items():
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / ".gitignore").write_text(text, encoding="utf-8", newline="")
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    command = ("git", "-c", "core.excludesFile=", "-C", str(tmp_path), "check-ignore", "--no-index", "-z", "--stdin")
    ignored = subprocess.run(command, check=False, capture_output=True, text=True, input="\0".join(PATHS)).stdout
    assert {path for path in PATHS if hidden_by(texts, path)} == set(filter(None, ignored.split("\0")))


def test_the_place_is_that_of_the_pattern_that_decides() -> None:
    texts = {"": "*.lock\n!uv.lock\n", "app": "# ours\nuv.*\n"}
    assert hidden_by(texts, "uv.lock") is None
    assert hidden_by(texts, "app/uv.lock") == ("app", 2)
    assert hidden_by(texts, "other.lock") == ("", 1)
