"""Which uv is used. The uv of these tests is the real one, under other names and in other places."""

from pathlib import Path

import pytest
from uv import find_uv_bin

from migrate.errors import MigrateError
from migrate.lock.uv import LockFailed, TookTooLong, Uv

PROJECT = '[project]\nname = "x"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = [{}]\n'


def program(folder: Path, name: str, output: str) -> Path:
    """Return a program that is no uv and prints a text."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{output}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def no_uv_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is the only one on PATH besides the system's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def test_bundled_uv_without_another(no_uv_on_path: Path) -> None:
    assert no_uv_on_path.exists()
    assert Uv.found().path == find_uv_bin()


def test_uv_on_path_comes_before_the_bundled_one(no_uv_on_path: Path) -> None:
    uv = no_uv_on_path / "uv"
    uv.write_bytes(Path(find_uv_bin()).read_bytes())
    uv.chmod(0o755)
    assert Uv.found() == Uv(str(uv), Uv(find_uv_bin(), Uv.found(find_uv_bin()).version).version)


@pytest.mark.parametrize(
    "output", ["uv 0.12.99 (x86_64)", "uv 0.4.0", "uv 0.99.0+3 (dirty)", "uv 0.99.0-beta.1", "something else", ""]
)
def test_uv_on_path_that_is_old_or_no_release_is_passed_over(no_uv_on_path: Path, output: str) -> None:
    program(no_uv_on_path, "uv", output)
    assert Uv.found().path == find_uv_bin()


def test_relative_entries_of_path_are_ignored(
    no_uv_on_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(no_uv_on_path, "uv", "uv 99.0.0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "bin:/usr/bin:/bin")
    assert Uv.found().path == find_uv_bin()


def test_chosen_uv_comes_first(no_uv_on_path: Path, tmp_path: Path) -> None:
    program(no_uv_on_path, "uv", "uv 98.0.0")
    chosen = tmp_path / "other-uv"
    chosen.symlink_to(find_uv_bin())
    assert Uv.found(str(chosen)).path == str(chosen)


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("uv 0.12.5 (x86_64)", "is uv 0.12.5; uvmigrate needs 0.13 or newer"),
        ("pip 24.0", "is not a released uv"),
        ("uv 0.99.0+3", "is not a released uv"),
    ],
)
def test_chosen_uv_that_does_not_do_is_refused(tmp_path: Path, output: str, reason: str) -> None:
    with pytest.raises(MigrateError, match=reason):
        Uv.found(str(program(tmp_path, "uv", output)))


def test_chosen_uv_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrateError, match="is not a released uv"):
        Uv.found(str(tmp_path / "missing"))


def test_lock_that_needs_no_index() -> None:
    lock = Uv.found().lock(PROJECT.format(""), None, None, python="3.11")
    assert 'requires-python = ">=3.11"' in lock
    assert "exclude-newer" not in lock


def test_same_input_is_locked_once(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    counting = program(tmp_path / "bin", "uv", "")
    counting.write_text(f'#!/bin/sh\necho "$1" >> {ran}\nexec {find_uv_bin()} "$@"\n')
    uv = Uv.found(str(counting))
    same = {uv.lock(PROJECT.format(""), None, None) for _ in range(3)}
    other = uv.lock(PROJECT.format("").replace('"x"', '"y"'), None, None)
    assert len(same | {other}) == 2
    assert ran.read_text().split() == ["--version", "lock", "lock"]


def test_lock_with_a_python_that_is_not_installed_uses_another() -> None:
    assert Uv.found().lock(PROJECT.format(""), None, None, python="3.99")


def test_failure_is_uvs_own_explanation_without_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_NO_CACHE", "1")
    with pytest.raises(LockFailed, match=r"\Aerror: No solution found"):
        Uv.found().lock(PROJECT.format('"flask"'), None, None)


def test_lock_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://192.0.2.1/simple")
    with pytest.raises(TookTooLong, match="did not finish within"):
        Uv.found().lock(PROJECT.format('"flask"'), None, None, timeout=0.05)
