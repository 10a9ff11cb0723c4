"""What a campaign is told to migrate, and the names it gives."""

import re
from pathlib import Path

import pytest
from campaigns import EMPTY, LEGACY, bare, written
from hypothesis import given
from hypothesis import strategies as st

from migrate.batch.sources import Repository, locations, named
from migrate.errors import MigrateError


def test_a_project_is_one_repository_and_a_folder_of_them_is_each(tmp_path: Path) -> None:
    one = written(tmp_path / "all" / "one", LEGACY)
    two = written(tmp_path / "all" / "two", EMPTY)
    written(tmp_path / "all" / ".hidden", LEGACY)
    written(tmp_path / "all" / "campaign", {"ledger.sqlite": ""})
    (tmp_path / "all" / "link").symlink_to(one)
    assert locations([str(one)]) == (str(one),)
    assert locations([str(tmp_path / "all")]) == (str(one), str(two))
    assert locations([str(tmp_path / "all"), str(one)]) == (str(one), str(two))


def test_a_bare_repository_is_cloned(tmp_path: Path) -> None:
    place = bare(tmp_path / "service.git", LEGACY)
    assert locations([str(place)]) == (place.as_uri(),)
    assert named([place.as_uri()])[0].name == "service"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://git.example/acme/billing.git", "acme/billing"),
        ("https://git.example/acme/billing", "acme/billing"),
        ("git@git.example:acme/billing.git", "acme/billing"),
        ("ssh://git@git.example:2222/acme/billing.git", "acme/billing"),
        ("https://git.example/a/b/c.git", "b/c"),
        ("https://git.example/../..", "repository/repository"),
        ("https://git.example/a/.git", "a/git"),
        ("https://git.example/a b/%2e%2e", "a-b/2e-2e"),
    ],
)
def test_name_of_a_url(url: str, name: str) -> None:
    assert locations([url]) == (url,)
    assert named([url]) == (Repository(name, url),)
    assert named([url])[0].is_remote


def test_lists(tmp_path: Path) -> None:
    one = written(tmp_path / "one", LEGACY)
    url = "https://git.example/acme/x.git"
    (tmp_path / "list.txt").write_text(f"# ours\n\none\n{url}\n")
    (tmp_path / "list.csv").write_text(f"team,URL\nred,one\n\nblue,{url}\nshort\n")
    (tmp_path / "plain.csv").write_text(f"one,red\n{url},blue\n")
    for name in ("list.txt", "list.csv", "plain.csv"):
        assert locations([str(tmp_path / name)]) == (str(one), url)
    assert locations(["-"], [f"{one}\n", "\n", f"{url}\n"]) == (str(one), url)


@pytest.mark.parametrize(
    "source",
    [
        "missing",
        "https://user:secret@git.example/acme/x.git",
        "https://token@git.example/acme/x.git",
        "ext::sh -c touch% /tmp/x",
        "ext://x/y",
        "javascript://x/y",
        "https://[broken/acme/x",
        "ftp://user:secret@git.example/acme/x.git",
        "https://user:secret@[broken/acme/x",
        "https:/user:secret@git.example/acme/x",
        "user:secret@git.example:acme/x",
        "https://git.example/acme/x?private_token=token",
        "~no:such:user/x",
        "a:" + 5000 * "a",
        "a\0:b",
        "empty",
        "latin.txt",
        "loop",
        "loop/x",
        "long.csv",
    ],
)
def test_what_is_no_source_is_refused_without_showing_secrets(source: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "long.csv").write_text(f'url\n"{200_000 * "x"}"\n')
    with pytest.raises(MigrateError) as caught:
        locations([source if ":" in source else str(tmp_path / source)])
    assert "secret" not in str(caught.value)
    assert "token" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("l.txt", "# ours\n\nnowhere\n", "l.txt:3: nowhere is neither a folder"),
        ("l.csv", 'name,url\n"two\nlines",ftp://git.example/x\n', "l.csv:3: ftp://git.example/x has a scheme"),
        ("l.txt", "# nothing yet\n", "l.txt lists no repository"),
    ],
)
def test_a_list_that_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(MigrateError, match=re.escape(sentence)):
        locations([str(tmp_path / name)])


def test_an_empty_name_is_not_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path, LEGACY))
    for sources in ([""], [" "]):
        with pytest.raises(MigrateError, match="is neither a folder"):
            locations(sources)


def test_names_are_short_enough_for_a_file() -> None:
    (long,) = named([f"https://git.example/{'a' * 300}/{'b' * 300}"])
    assert len(long.in_one_word) < len(long.location) / 2


def test_known_names_stay_and_no_two_are_equal() -> None:
    first = named(["/a/api", "/b/api", "/c/b/api"])
    assert [each.name for each in first[:2]] == ["api", "b/api"]
    assert first[2].name.endswith("/api")
    assert named(["/c/b/api", "/a/api"], first) == (first[2], first[0])
    assert [each.name for each in named(["/z/API"], first)] == ["z/API"]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=8))
def test_every_name_is_a_path_below_the_clones(paths: list[str]) -> None:
    repositories = named(dict.fromkeys(f"https://git.example/{path}" for path in paths))
    names = [each.name.casefold() for each in repositories]
    assert len(set(names)) == len(names)
    for name in names:
        parts = name.split("/")
        assert len(parts) <= 2
        assert not any(part in ("", ".", "..") or part.startswith((".", "-")) for part in parts)
