"""`recover` believes no journal that would do what uvmigrate never does."""

import json
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import BAD_PATHS, digest, made, state, write

from migrate.apply import interrupted, recover
from migrate.errors import MigrateError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path)


def forge(root: Path, *steps: tuple[str, str | None, str | None]) -> None:
    """Write what an interrupted apply would have left."""
    (root / ".uvmigrate").mkdir()
    entries = []
    for number, (path, old, new) in enumerate(steps):
        hashes = [None if text is None else digest(text) for text in (old, new)]
        entries.append({"path": path, "before": hashes[0], "after": hashes[1]})
        if new is not None:
            (root / ".uvmigrate" / f"{number}.{hashes[1]}").write_text(new)
    (root / ".uvmigrate/journal.json").write_text(json.dumps({"schema": 1, "steps": entries}))


def assert_not_recovered(root: Path, match: str) -> str:
    before = state(root.parent)
    texts = []
    for call in (lambda: recover(root), write(root)):
        with pytest.raises(MigrateError, match=match) as caught:
            call()
        texts.append(str(caught.value))
    assert state(root.parent) == before
    assert texts[0] == texts[1]
    assert "\n" not in texts[0]
    return texts[0]


def test_the_forged_journal_of_these_tests_is_a_real_one(root: Path) -> None:
    forge(root, ("other.txt", "other", "changed"), ("new", None, "new"), ("requirements.txt", "flask\n", None))
    assert interrupted(root)
    assert recover(root)
    assert (root / "other.txt").read_text() == "changed"
    assert (root / "new").read_text() == "new"
    assert {path.name for path in root.iterdir()} == {"Dockerfile", "new", "other.txt", "sub"}


@pytest.mark.parametrize("path", BAD_PATHS)
@pytest.mark.parametrize("before", [None, "outside", ""])
def test_a_journal_cannot_write_outside_of_the_project(root: Path, path: str, before: str | None) -> None:
    (root / ".git").mkdir()
    forge(root, ("new", None, "new"), (path, before, "evil"))
    text = assert_not_recovered(root, "is not the path of a file that uvmigrate may change; ")
    assert text.startswith("an interrupted apply cannot be finished: ")
    assert text.endswith(f"; remove {root / '.uvmigrate'} to leave all files as they are now")


@pytest.mark.parametrize("path", ["file", "folder/outside", "folder/new"])
@pytest.mark.parametrize("before", [None, "outside"])
def test_a_journal_cannot_write_through_links(root: Path, path: str, before: str | None) -> None:
    (root / "file").symlink_to("../outside")
    (root / "folder").symlink_to("..")
    forge(root, ("new", None, "new"), (path, before, "evil"))
    assert_not_recovered(root, "(not a regular file|a link, or no folder); remove ")


@pytest.mark.parametrize(("old", "new"), [("else", "changed"), (None, "changed"), ("else", None)])
def test_a_file_that_is_neither_old_nor_new_stops_recovery(root: Path, old: str | None, new: str | None) -> None:
    forge(root, ("new", None, "new"), ("other.txt", old, new))
    assert_not_recovered(root, r": other\.txt has changed in the meantime; remove ")


@pytest.mark.parametrize("content", [None, "", "evil"])
def test_a_new_content_that_is_missing_or_damaged_stops_recovery(root: Path, content: str | None) -> None:
    forge(root, ("new", None, "new"), ("other.txt", "other", "changed"))
    staged = root / f".uvmigrate/1.{digest('changed')}"
    staged.unlink()
    if content is not None:
        staged.write_text(content)
    assert_not_recovered(root, r": the new content of other\.txt is lost; remove ")


STEP = {"path": "new", "before": None, "after": digest("new")}
MALFORMED: list[Any] = [
    None,
    [],
    {},
    "steps",
    {"schema": 1},
    {"steps": [STEP]},
    {"schema": 2, "steps": [STEP]},
    {"schema": 1, "steps": None},
    {"schema": 1, "steps": "steps"},
    {"schema": 1, "steps": {"path": "new"}},
    {"schema": 1, "steps": [STEP, STEP]},
    {"schema": 1, "steps": [None]},
    {"schema": 1, "steps": [{}]},
    {"schema": 1, "steps": [{"path": "new", "before": None}]},
    {"schema": 1, "steps": [STEP | {"path": 1}]},
    {"schema": 1, "steps": [STEP | {"path": ["new"]}]},
    {"schema": 1, "steps": [STEP | {"path": None}]},
    {"schema": 1, "steps": [STEP | {"after": "../../outside"}]},
    {"schema": 1, "steps": [STEP | {"after": digest("new").upper()}]},
    {"schema": 1, "steps": [STEP | {"before": 7}]},
    {"schema": 1, "steps": [STEP | {"after": digest("new") + "\n"}]},
]


@pytest.mark.parametrize(
    "content",
    [
        *(json.dumps(value).encode() for value in MALFORMED),
        *(b"", b"{", b"\xff"),
        pytest.param(b"[" * 10**5, id="deep"),
        pytest.param(b"9" * 10**4, id="long"),
    ],
)
def test_a_malformed_journal_is_one_sentence(root: Path, content: bytes) -> None:
    forge(root, ("new", None, "new"))
    (root / ".uvmigrate/journal.json").write_bytes(content)
    assert_not_recovered(root, r"journal\.json was not written by uvmigrate; remove ")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["../outside", "new", digest("new")]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["schema", "steps", "path", "before", "after"]), inner, max_size=5)
        | st.fixed_dictionaries({"schema": st.just(1), "steps": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"path": inner, "before": inner, "after": inner})
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_no_journal_makes_more_than_a_refusal_or_the_files_it_names(value: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        root.mkdir()
        forge(root, ("new", None, "new"))
        (root / ".uvmigrate/journal.json").write_text(json.dumps(value))
        with suppress(MigrateError):
            recover(root)
        assert {path.name for path in Path(name).iterdir()} == {"project"}
        assert {path.name for path in root.iterdir()} <= {".uvmigrate", "new"}


@pytest.mark.parametrize(
    "content", ["folder", "link to folder", "link to file", "pipe", "unknown file", "unknown name"]
)
def test_a_folder_of_that_name_with_other_things_in_it_is_left_alone(root: Path, content: str) -> None:
    folder = root / ".uvmigrate"
    name = folder / ("7." + digest("new"))
    folder.mkdir()
    if content == "folder":
        name.mkdir()
    elif content == "pipe":
        os.mkfifo(name)
    elif content.startswith("link"):
        name.symlink_to(root.parent if content == "link to folder" else root.parent / "outside")
    else:
        (folder / ("notes.txt" if content == "unknown file" else name.name + "\n")).write_text("mine")
    assert_not_recovered(
        root, f"^{re.escape(str(folder))} was not written by uvmigrate, which needs that name; move it"
    )


@pytest.mark.parametrize("kind", ["file", "link", "link to nothing", "pipe"])
def test_something_else_with_that_name_is_left_alone(root: Path, kind: str) -> None:
    folder = root / ".uvmigrate"
    if kind == "file":
        folder.write_text("mine")
    elif kind == "pipe":
        os.mkfifo(folder)
    else:
        elsewhere = root.parent / "elsewhere"
        folder.symlink_to(elsewhere)
        if kind == "link":
            forge(root.parent, ("outside", "outside", "evil"))
            (root.parent / ".uvmigrate").rename(elsewhere)
    assert_not_recovered(root, "was not written by uvmigrate, which needs that name; move it away$")


def test_what_was_staged_but_not_committed_is_removed(root: Path) -> None:
    before = state(root)
    forge(root, ("new", None, "new"))
    (root / ".uvmigrate/journal.json").rename(root / ".uvmigrate/forward.json")
    assert not interrupted(root)
    assert not recover(root)
    assert state(root) == before
