import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.ignorefile import hides, with_rules


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ("uv.lock", "uv.lock"),
        ("/uv.lock", "uv.lock"),
        ("./uv.lock", "uv.lock"),
        ("*.lock", "uv.lock"),
        ("**/*.lock", "uv.lock"),
        ("**/*.lock", "a/b/uv.lock"),
        ("**", "uv.lock"),
        ("*", "a/b"),
        ("?v.lock", "uv.lock"),
        ("[tuv]v.lock", "uv.lock"),
        ("a/../uv.lock", "uv.lock"),
        ("folder", "folder/deep/file"),
        ("folder/", "folder/file"),
        ("!uv.lock\nuv.lock", "uv.lock"),
        ("  uv.lock  ", "uv.lock"),
        ("\ufeffuv.lock", "uv.lock"),
        ("\\*.lock", "*.lock"),
    ],
)
def test_hidden(rules: str, path: str) -> None:
    assert hides(rules, path)


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ("", "uv.lock"),
        ("# uv.lock", "uv.lock"),
        ("*.lock", "a/uv.lock"),
        ("uv.lock", "a/uv.lock"),
        ("uv", "uv.lock"),
        ("*\n!uv.lock", "uv.lock"),
        ("**\n!*.lock", "uv.lock"),
        ("a/*/b", "a/b"),
        ("[^u]v.lock", "uv.lock"),
        ("[", "uv.lock"),
        ("[z-a]", "uv.lock"),
        (".", "uv.lock"),
        ("!", "uv.lock"),
    ],
)
def test_visible(rules: str, path: str) -> None:
    assert not hides(rules, path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ".venv\n"),
        ("", ".venv\n"),
        (".git\n", ".git\n.venv\n"),
        (".git", ".git\n.venv\n"),
        (".git\r\n", ".git\r\n.venv\r\n"),
        ("*.lock\n", "*.lock\n.venv\n!uv.lock\n"),
        ("*\n!app\n", "*\n!app\n!pyproject.toml\n!uv.lock\n"),
    ],
)
def test_fewest_rules_are_added(before: str | None, after: str) -> None:
    assert with_rules(before, hidden=[".venv"], visible=["pyproject.toml", "uv.lock"]) == after


@pytest.mark.parametrize("rules", [".venv\n", "**/.venv", ".*\n", "*\n!uv.lock\n!pyproject.toml\n"])
def test_nothing_is_added_where_nothing_is_missing(rules: str) -> None:
    assert with_rules(rules, hidden=[".venv"], visible=["pyproject.toml", "uv.lock"]) == rules


@given(st.text(alphabet="*?![]\\/.#\n uvlock", max_size=40))
def test_result_hides_and_shows_what_is_asked(rules: str) -> None:
    after = with_rules(rules, hidden=[".venv"], visible=["uv.lock"])
    assert after.startswith(rules)
    assert hides(after, ".venv")
    assert not hides(after, "uv.lock")
    assert with_rules(after, hidden=[".venv"], visible=["uv.lock"]) == after
