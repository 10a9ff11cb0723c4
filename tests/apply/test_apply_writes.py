"""`apply` writes all changes, exactly, and nothing but them."""

import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import CHANGES, after, inverse, made, state

from migrate.apply import apply
from migrate.plan import Change


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path)


def test_files_are_changed_made_and_removed_and_nothing_else_is_touched(root: Path) -> None:
    expected = after(state(root))
    apply(root, CHANGES)
    assert state(root) == expected


def test_the_inverse_changes_lead_back(root: Path) -> None:
    before = {path: content for path, (_, content) in state(root).items()}
    apply(root, CHANGES)
    apply(root, inverse())
    assert {path: content for path, (_, content) in state(root).items()} == before


def test_no_changes_write_nothing(root: Path) -> None:
    before = state(root)
    apply(root, [])
    assert state(root) == before


TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS).filter(lambda pair: pair[0] != pair[1]), max_size=6))
def test_every_text_is_written_as_its_exact_bytes(texts: list[tuple[str | None, str | None]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number, (old, _) in enumerate(texts):
            if old is not None:
                (root / str(number)).write_bytes(old.encode())
        apply(root, [Change(str(number), *pair) for number, pair in enumerate(texts)], force=True)
        expected = {str(number): new.encode() for number, (_, new) in enumerate(texts) if new is not None}
        assert {path.name: path.read_bytes() for path in root.iterdir()} == expected


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_mode_that_the_user_wants_for_new_files(root: Path, mask: int) -> None:
    old = os.umask(mask)
    try:
        apply(root, CHANGES)
    finally:
        os.umask(old)
    assert stat.S_IMODE((root / "pyproject.toml").stat().st_mode) == 0o666 & ~mask
    assert stat.S_IMODE((root / "Dockerfile").stat().st_mode) == 0o755


def test_a_file_without_permission_to_write_is_replaced_and_keeps_its_mode(root: Path) -> None:
    (root / "Dockerfile").chmod(0o444)
    apply(root, CHANGES)
    assert stat.S_IMODE((root / "Dockerfile").stat().st_mode) == 0o444


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to somebody else")
def test_root_leaves_files_to_their_owners(root: Path) -> None:
    os.chown(root / "Dockerfile", 12345, 23456)
    apply(root, CHANGES)
    status = (root / "Dockerfile").stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o755)


def test_another_name_of_a_file_keeps_the_old_content(root: Path) -> None:
    (root / "twin").hardlink_to(root / "Dockerfile")
    apply(root, CHANGES)
    assert (root / "twin").read_bytes() == b"FROM a\r\n"


def test_the_folder_may_be_named_through_a_link_or_relative(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = after(state(root))
    (root.parent / "link").symlink_to("project")
    monkeypatch.chdir(root.parent)
    apply(Path("link"), CHANGES)
    assert state(root) == expected
