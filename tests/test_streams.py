"""Streams that are closed, full or left: the work is done, and the exit code says what became of it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = f'"{sys.executable}" -m migrate'
ALL = "batch all --no-lock --campaign c --jobs 1"
ON_BATCH = "batch service --no-lock --campaign c"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "service").mkdir()
    (tmp_path / "service" / "requirements.txt").write_text("flask==3.0.3\n")
    return tmp_path


def shell(place: Path, line: str) -> tuple[int, str]:
    """Run a line of bash, and return the exit code of its first program and what reaches the end of both outputs."""
    done = subprocess.run(
        ["bash", "-c", f"{line}\nexit ${{PIPESTATUS[0]}}"],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stdout
    assert "internal error" not in done.stdout
    return done.returncode, done.stdout


@pytest.mark.parametrize("ends", [">&-", "2>&-", ">&- 2>&-", "<&-", "2>/dev/full", "| true", "2>&1 | head -c 1"])
@pytest.mark.parametrize("command", ["apply service --no-lock", f"{ON_BATCH} --apply"])
def test_what_was_asked_for_is_done(place: Path, command: str, ends: str) -> None:
    code, _ = shell(place, f"{COMMAND} {command} {ends}")
    assert code == 0
    assert sorted(path.name for path in (place / "service").iterdir()) == ["pyproject.toml"]
    if "batch" in command:
        assert (place / "c" / "report.html").exists()


@pytest.mark.parametrize("ends", [">&-", "| head -1", "| true"])
def test_a_reader_who_leaves_has_wanted_no_more(place: Path, ends: str) -> None:
    assert shell(place, f"{COMMAND} -C service --dry-run --no-lock {ends}")[0] == 0
    assert shell(place, f"{COMMAND} -C service --check --no-lock {ends}")[0] == 1


@pytest.mark.parametrize("command", ["--version", "--help", "-C service --dry-run --no-lock --format diff"])
def test_what_is_lost_is_told(place: Path, command: str) -> None:
    assert shell(place, f"{COMMAND} {command} >/dev/full") == (
        2,
        "uvmigrate: standard output cannot be written: No space left on device\n",
    )


@pytest.mark.parametrize("command", ["apply service --no-lock", f"{ON_BATCH} --apply"])
def test_a_lost_output_is_no_lost_work(place: Path, command: str) -> None:
    code, said = shell(place, f"{COMMAND} {command} >/dev/full")
    assert code == 0
    assert said.endswith("uvmigrate: standard output cannot be written: No space left on device\n")
    assert (place / "service" / "pyproject.toml").exists()


@pytest.mark.parametrize("ends", ["2>&-", ">&- 2>&-", "2>/dev/full"])
def test_a_message_that_nobody_hears_does_not_change_the_exit_code(place: Path, ends: str) -> None:
    assert shell(place, f"{COMMAND} --no-such-option {ends}")[0] == 2
    assert shell(place, f"{COMMAND} batch nowhere {ends}")[0] == 2


def test_a_message_takes_one_line_and_commands_no_terminal(place: Path) -> None:
    code, said = shell(place, f"{COMMAND} batch $'no\\e[31m\\nwhere\\u202e'")
    assert code == 2
    assert said.startswith("uvmigrate: no\\x1b[31m\\nwhere\\u202e is neither")
    assert said.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_is_to_be_ignored_is(place: Path, number: signal.Signals) -> None:
    for name in range(12):
        (place / "all" / str(name)).mkdir(parents=True)
        (place / "all" / str(name) / "requirements.txt").write_text("flask==3.0.3\n")
    begun = place / "c" / "ledger.sqlite"
    process = subprocess.Popen(
        ["env", f"--ignore-signal={number.name}", *COMMAND.replace('"', "").split(), *ALL.split()],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    assert begun.exists()
    for _ in range(2):
        os.kill(process.pid, number)
        time.sleep(0.02)
    rest = process.communicate(timeout=60)[1]
    assert process.returncode == 0, rest
    assert len([first, *rest.splitlines()]) == 12


@pytest.mark.parametrize("command", ["apply service", "batch service", "-C service --dry-run"])
def test_an_interrupt_while_python_still_imports_is_one_sentence(place: Path, command: str) -> None:
    (place / "early").mkdir()
    (place / "early" / "typer.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    assert shell(place, f"PYTHONPATH=early {COMMAND} {command}") == (
        130,
        "uvmigrate: interrupted; nothing was changed\n",
    )
    assert sorted(path.name for path in place.iterdir()) == ["early", "service"]
