"""`apply` writes all changes or none, whatever happens in between, and nothing but them."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.apply import apply, interrupted, recover
from migrate.errors import MigrateError
from migrate.plan import Change

CHANGES = (
    Change("Dockerfile", "FROM a\r\n", "FROM b\r\n"),
    Change("pyproject.toml", None, "[project]\n"),
    Change("requirements.txt", "flask\n", None),
    Change("sub/.dockerignore", "\ufeffx", "\ufeffx\n.venv\n"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a project in which `CHANGES` can be applied, beside files that nobody may touch."""
    root = tmp_path / "project"
    fill(root)
    (tmp_path / "outside").write_text("outside")
    return root


def fill(root: Path) -> None:
    (root / "sub").mkdir(parents=True)
    (root / "other.txt").write_text("other")
    for change in CHANGES:
        if change.before is not None:
            (root / change.path).write_bytes(change.before.encode())
    (root / "Dockerfile").chmod(0o755)
    (root / "requirements.txt").chmod(0o600)


def state(folder: Path) -> dict[str, tuple[int, bytes | str | None]]:
    """Return everything below a folder: mode, and content of a file or target of a link."""
    found: dict[str, tuple[int, bytes | str | None]] = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content: bytes | str | None = None
        if stat.S_ISLNK(mode):
            content = str(path.readlink())
        elif stat.S_ISREG(mode):
            content = path.read_bytes()
        found[path.relative_to(folder).as_posix()] = (mode, content)
    return found


def after(before: dict[str, tuple[int, bytes | str | None]]) -> dict[str, tuple[int, bytes | str | None]]:
    """Return the state that `CHANGES` make of another."""
    expected = dict(before)
    for change in CHANGES:
        mode, _ = expected.pop(change.path, (stat.S_IFREG | 0o666 & ~umask(), None))
        if change.after is not None:
            expected[change.path] = (mode, change.after.encode())
    return expected


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def assert_refused(root: Path, match: str, *changes: Change, force: bool = True) -> None:
    """Assert that changes, put between two that would be fine, are refused and nothing at all is written."""
    around = (Change("0", None, "new\n"), *changes, Change("other.txt", "other", "changed"))
    before = state(root.parent)
    with pytest.raises(MigrateError, match=match) as caught:
        apply(root, around, force=force)
    assert "\n" not in str(caught.value)
    assert state(root.parent) == before


# --- what is written


def test_files_are_changed_made_and_removed_and_nothing_else_is_touched(root: Path) -> None:
    expected = after(state(root))
    apply(root, CHANGES)
    assert state(root) == expected


def test_the_inverse_changes_lead_back(root: Path) -> None:
    before = {path: content for path, (_, content) in state(root).items()}
    apply(root, CHANGES)
    apply(root, [Change(change.path, change.after, change.before) for change in CHANGES])
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


# --- what is refused


@pytest.mark.parametrize(
    "change",
    [
        Change("other.txt2", "gone", "new"),
        Change("Dockerfile", "FROM a\n", "new"),
        Change("Dockerfile", "FROM a\r\n\n", None),
        Change("Dockerfile", None, "new"),
        Change("sub/.dockerignore", "x", "new"),
    ],
    ids=lambda change: f"{change.path}-{change.before!r}",
)
def test_a_file_that_is_not_as_it_was_read(root: Path, change: Change) -> None:
    assert_refused(root, f"^{change.path} has changed since it was read; run uvmigrate again$", change)


def test_a_file_that_is_no_longer_text(root: Path) -> None:
    (root / "Dockerfile").write_bytes(b"\xff")
    assert_refused(root, "Dockerfile has changed", CHANGES[0])


OUTSIDE = [
    "../outside",
    "/etc/passwd",
    "sub/../../outside",
    "sub/../new",
    "",
    ".",
    "..",
    "sub/",
    "sub//x",
    "./new",
    "\0",
]
GENERATED = [".git/config", ".GIT/hooks/post-checkout", "sub/.venv/x", ".uvmigrate/journal.json", ".git", "a/.Hg/hgrc"]


@pytest.mark.parametrize("path", [*OUTSIDE, *GENERATED, "\ud800"])
def test_a_path_that_is_not_one_of_a_file_of_the_project(root: Path, path: str) -> None:
    (root / ".git").mkdir()
    (root / ".git/config").write_text("")
    for before in (None, "outside", ""):
        assert_refused(root, "is not the path of a file that uvmigrate may change$", Change(path, before, "new"))


@pytest.mark.parametrize("target", ["other.txt", "../outside", "nowhere", "link"])
@pytest.mark.parametrize("before", [None, "other", "outside"])
def test_a_link_in_place_of_a_file(root: Path, target: str, before: str | None) -> None:
    (root / "link").symlink_to(target)
    assert_refused(root, "^link cannot be changed: it is not a regular file$", Change("link", before, "new"))


@pytest.mark.parametrize("target", ["sub", "..", "nowhere", "other.txt"])
def test_a_link_in_place_of_a_folder(root: Path, target: str) -> None:
    (root / "link").symlink_to(target)
    for path in ("link/new", "link/outside", "link/sub/new"):
        assert_refused(root, "link is missing, a link, or no folder$", Change(path, None, "new"))


def test_a_folder_or_a_pipe_in_place_of_a_file(root: Path) -> None:
    os.mkfifo(root / "pipe")
    for path in ("sub", "pipe"):
        assert_refused(root, f"^{path} cannot be changed: it is not a regular file$", Change(path, None, "new"))


@pytest.mark.parametrize("path", ["missing/new", "other.txt/new"])
def test_a_folder_that_does_not_exist(root: Path, path: str) -> None:
    assert_refused(root, "is missing, a link, or no folder$", Change(path, None, "new"))


def test_a_name_that_the_system_does_not_take(root: Path) -> None:
    assert_refused(root, "File name too long; nothing was changed$", Change("x" * 300, None, "new"))


def test_a_text_that_utf8_cannot_hold(root: Path) -> None:
    change = Change("new", None, "\udcff")
    assert_refused(root, "^new cannot be written as UTF-8: surrogates not allowed$", change)


@pytest.mark.parametrize("name", ["missing", "other.txt"])
def test_a_project_that_is_no_folder(root: Path, name: str) -> None:
    for call in (lambda: apply(root / name, CHANGES), lambda: recover(root / name)):
        with pytest.raises(MigrateError, match=f"{name} cannot be written: .*; nothing was changed$"):
            call()
    assert not interrupted(root / name)


def test_two_changes_of_one_path_are_a_mistake_of_the_caller(root: Path) -> None:
    before = state(root)
    with pytest.raises(ValueError, match="same path"):
        apply(root, [*CHANGES, CHANGES[0]])
    assert state(root) == before


# --- git


def commit_all(root: Path) -> None:
    user = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgSign=false")
    for arguments in (("init", "--quiet"), ("add", "--all"), (*user, "commit", "--quiet", "--message", "test")):
        subprocess.run(["git", *arguments], cwd=root, check=True)


def test_git_has_everything_and_nobody_is_bothered(root: Path) -> None:
    commit_all(root)
    (root / "notes").write_text("not ours")
    apply(root, CHANGES)
    assert (root / "pyproject.toml").exists()


def test_a_file_with_uncommitted_changes_needs_force(root: Path) -> None:
    commit_all(root)
    (root / "sub/.dockerignore").write_text("mine")
    change = Change("sub/.dockerignore", "mine", "yours")
    message = r"^git has uncommitted changes in sub/\.dockerignore; commit them or use --force$"
    assert_refused(root, message, change, force=False)
    apply(root, [change], force=True)
    assert (root / "sub/.dockerignore").read_text() == "yours"


def test_a_file_that_git_does_not_know_needs_force(root: Path) -> None:
    commit_all(root)
    (root / "requirements.in").write_text("flask")
    assert_refused(
        root, "uncommitted changes in requirements.in;", Change("requirements.in", "flask", None), force=False
    )


def test_a_repository_that_git_cannot_read_needs_force(root: Path) -> None:
    (root / ".git").write_text("gitdir: nowhere")
    assert_refused(root, "^git cannot tell .*; use --force to go on without it$", force=False)
    apply(root, CHANGES, force=True)


# --- interruptions: everything below happens in a child process at the n-th operation on the project's files

OPERATIONS = {"open", "os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "test.fsync"}
Trouble = Callable[[], object]
DONE, REFUSED, OTHER = 0, 1, 2


def child(root: Path, number: int, trouble: Trouble, action: Callable[[], object], *, lasting: bool = False) -> int:
    """Start `action` in a child process that has `trouble` at one operation, or at that and all later ones.

    Return the process id; the child exits with DONE, with REFUSED after a MigrateError, else with OTHER.
    """
    pid = os.fork()
    if pid:
        return pid
    with suppress(BaseException):
        count = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            if event in OPERATIONS and (isinstance(arguments[0], int) or str(root) in str(arguments[0])):
                count += 1
                if count == number or (lasting and count > number):
                    trouble()

        setattr(os, "fsync", lambda descriptor: sys.audit("test.fsync", descriptor))
        sys.addaudithook(watch)
        code = OTHER
        try:
            action()
            code = DONE
        except MigrateError:
            code = REFUSED
        finally:
            number = -1
            os._exit(code)
    os._exit(OTHER)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError(ENOSPC, os.strerror(ENOSPC))


def projects(folder: Path) -> Iterator[tuple[int, Path]]:
    """Yield a fresh project for each operation, at most for a number that no apply reaches."""
    for number in range(1, 200):
        root = folder / str(number) / "project"
        fill(root)
        yield number, root
    pytest.fail("the child never came through")


def write(root: Path) -> Callable[[], None]:
    return lambda: apply(root, CHANGES, force=True)


def test_a_kill_at_any_operation_leaves_what_recover_makes_whole(tmp_path: Path) -> None:
    seen: list[tuple[bool, bool]] = []
    for number, root in projects(tmp_path):
        before = state(root)
        code = ended(child(root, number, die, write(root)))
        if code == DONE:
            assert state(root) == after(before)
            break
        assert code == -signal.SIGKILL
        pending, whole = interrupted(root), state(root) in (before, after(before))
        assert recover(root) is pending
        is_done = state(root) == after(before)
        assert is_done or state(root) == before
        assert is_done or not pending
        seen.append((whole, is_done))
        assert not recover(root)
        if not is_done:
            apply(root, CHANGES, force=True)
            assert state(root) == after(before)
    assert [is_done for _, is_done in seen] == sorted(is_done for _, is_done in seen), "there is one moment of commit"
    assert {is_done for _, is_done in seen} == {False, True}


def half_done(root: Path) -> None:
    """Leave an apply of `CHANGES` that was killed after its first file."""

    def stop() -> None:
        if (root / "Dockerfile").read_bytes() == b"FROM b\r\n":
            die()

    assert ended(child(root, 1, stop, write(root), lasting=True)) == -signal.SIGKILL
    assert (root / "Dockerfile").read_bytes() == b"FROM b\r\n"
    assert not (root / "pyproject.toml").exists()


def test_a_kill_at_any_operation_of_recover_is_recovered_too(tmp_path: Path) -> None:
    for number, root in projects(tmp_path):
        expected = after(state(root))
        half_done(root)
        code = ended(child(root, number, die, lambda root=root: recover(root)))
        recover(root)
        assert state(root) == expected
        if code == DONE:
            assert number > 5
            break
        assert code == -signal.SIGKILL


def test_an_interrupted_apply_is_seen_without_writing_and_finished_by_the_next(root: Path) -> None:
    expected = after(state(root))
    assert not interrupted(root)
    half_done(root)
    half = state(root)
    assert interrupted(root)
    assert state(root) == half
    apply(root, [Change("other.txt", "other", "changed")], force=True)
    assert not interrupted(root)
    assert state(root) == expected | {"other.txt": (expected["other.txt"][0], b"changed")}


def test_an_error_at_any_operation_changes_nothing(tmp_path: Path) -> None:
    codes: list[int] = []
    for number, root in projects(tmp_path):
        before = state(root)
        codes.append(ended(child(root, number, fail, write(root))))
        if not interrupted(root):
            recover(root)
            assert state(root) == (before if codes[-1] == REFUSED else after(before))
            if codes[-3:] == [DONE, DONE, DONE]:
                break
        assert codes[-1] in {DONE, REFUSED}
    assert codes.count(REFUSED) > 20


def test_an_error_that_lasts_leaves_what_recover_makes_whole(tmp_path: Path) -> None:
    for number, root in projects(tmp_path):
        before = state(root)
        code = ended(child(root, number, fail, write(root), lasting=True))
        pending = interrupted(root)
        assert recover(root) is pending
        assert state(root) in (before, after(before))
        if code == DONE and number > 20 and not pending:
            break
        assert code in {DONE, REFUSED}


def test_a_kill_while_the_way_back_is_gone_leaves_what_recover_makes_whole(tmp_path: Path) -> None:
    for number, root in projects(tmp_path):
        before = state(root)

        def write_and_meet_an_obstacle(root: Path = root) -> None:
            replace = os.replace

            def refusing(source: Any, target: Any) -> None:
                if (
                    Path(target).name == ".dockerignore"
                    and ".uvmigrate" in str(source)
                    and b"venv" in source.read_bytes()
                ):
                    fail()
                replace(source, target)

            setattr(os, "replace", refusing)
            apply(root, CHANGES, force=True)

        code = ended(child(root, number, die, write_and_meet_an_obstacle))
        recover(root)
        if code == REFUSED:
            assert state(root) == before
            break
        assert code == -signal.SIGKILL
        assert state(root) in (before, after(before))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_any_operation_leaves_all_or_nothing(tmp_path: Path, number: signal.Signals) -> None:
    for operation, root in projects(tmp_path):
        before = state(root)
        code = ended(child(root, operation, lambda: os.kill(os.getpid(), number), write(root)))
        assert state(root) in (before, after(before))
        if code == DONE:
            break
        assert code in {OTHER, -number}  # KeyboardInterrupt, or the end that the system has for the signal


def test_two_at_once_are_one_and_a_refusal(root: Path) -> None:
    before = state(root)

    def pause() -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    for number in (2, 10, 30):
        pid = child(root, number, pause, write(root))
        os.waitpid(pid, os.WUNTRACED)
        for call in (write(root), lambda: recover(root)):
            with pytest.raises(
                MigrateError, match=r"^another uvmigrate is writing to .*; try again when it has finished$"
            ):
                call()
        os.kill(pid, signal.SIGCONT)
        assert ended(pid) == DONE
        assert state(root) == after(before)
        apply(root, [Change(change.path, change.after, change.before) for change in CHANGES], force=True)
        (root / "requirements.txt").chmod(0o600)


def test_a_killed_apply_leaves_no_lock(root: Path) -> None:
    before = state(root)
    assert ended(child(root, 10, die, write(root))) == -signal.SIGKILL
    apply(root, CHANGES, force=True)
    assert state(root) == after(before)


@pytest.fixture
def shared() -> Iterator[Path]:
    """Make a project that everybody can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        fill(Path(name) / "project")
        yield Path(name) / "project"


def as_somebody(action: Callable[[], object]) -> str:
    """Run an action in a child process without root's rights; return the text of its MigrateError."""
    reader, writer = os.pipe()
    if pid := os.fork():
        os.close(writer)
        with os.fdopen(reader) as answer:
            text = answer.read()
        assert ended(pid) == 0, text
        return text
    try:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(12345)
            os.setuid(12345)
        action()
        os.write(writer, b"no error")
    except MigrateError as error:
        os.write(writer, str(error).encode())
    except BaseException as error:  # noqa: BLE001 - the child must not return into the test runner
        os.write(writer, repr(error).encode())
        os._exit(1)
    os._exit(0)


def test_a_folder_that_is_not_writable_is_refused_before_anything_is_written(shared: Path) -> None:
    (shared / "sub").chmod(0o555)
    (shared / "requirements.txt").chmod(0o644)
    shared.chmod(0o777)
    before = state(shared)
    assert as_somebody(write(shared)) == "sub/.dockerignore cannot be changed: its folder is not writable"
    assert state(shared) == before


def test_a_project_that_is_not_writable_is_refused(shared: Path) -> None:
    (shared / "sub").chmod(0o777)
    shared.chmod(0o555)
    before = state(shared)
    change = Change("sub/new", None, "new")
    expected = f"{shared}/.uvmigrate cannot be written: Permission denied; nothing was changed"
    assert as_somebody(lambda: apply(shared, [change], force=True)) == expected
    assert state(shared) == before
    shared.chmod(0o755)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs files of two owners")
def test_a_rename_that_the_system_refuses_is_taken_back_with_all_before_it(shared: Path) -> None:
    for path in (shared, shared / "sub"):
        path.chmod(0o1777)
    for name in ("Dockerfile", "requirements.txt"):
        os.chown(shared / name, 12345, 12345)
    os.chown(shared / "sub", 23456, 23456)
    os.chown(shared, 23456, 23456)
    before = state(shared)
    expected = f"{shared}/sub/.dockerignore cannot be written: Operation not permitted; nothing was changed"
    assert as_somebody(write(shared)) == expected
    assert state(shared) == before


# --- a journal that uvmigrate did not write


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


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


@pytest.mark.parametrize("path", [*OUTSIDE, *GENERATED, "\ud800"])
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
