"""The script between uvmigrate and a program."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from shells import number_in

from migrate import supervisor


def supervised(
    *arguments: str, cwd: Path, hang_up_on: str | None = None, patience: str = "0", lock: str = ""
) -> tuple[int, bytes, bytes]:
    """Run the supervisor as the script it is; close its line as soon as a file exists.

    Return the exit code, the output and what was said on the line.
    """
    ours, theirs = socket.socketpair()
    command = [sys.executable, supervisor.__file__, patience, lock, *arguments]
    with (
        ours,
        subprocess.Popen(
            command, stdin=theirs.fileno(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd
        ) as it,
    ):
        theirs.close()
        if hang_up_on:
            number_in(cwd / hang_up_on)
            ours.shutdown(socket.SHUT_WR)
        output, _ = it.communicate(timeout=30)
        return it.returncode, output, ours.recv(100)


def test_the_supervisor_passes_output_and_exit_code_on(tmp_path: Path) -> None:
    assert supervised("/bin/sh", "-c", r"printf '\377'; exit 3", cwd=tmp_path) == (3, "\ufffd".encode(), b"")


def test_the_supervisor_names_the_reason_when_it_cannot_start(tmp_path: Path) -> None:
    assert supervised("/no/such/program", cwd=tmp_path) == (127, b"", b"No such file or directory")


def test_the_supervisor_asks_the_program_to_end_when_the_line_is_closed(tmp_path: Path) -> None:
    script = "echo $$ >pid; exec sleep 60"
    assert supervised("/bin/sh", "-c", script, cwd=tmp_path, hang_up_on="pid") == (128 + signal.SIGTERM, b"", b"")


def test_the_supervisor_kills_a_program_that_does_not_end(tmp_path: Path) -> None:
    script = "trap '' TERM; echo $$ >pid; while :; do sleep 0.1; done"
    assert supervised("/bin/sh", "-c", script, cwd=tmp_path, hang_up_on="pid") == (128 + signal.SIGKILL, b"", b"")


def test_a_patient_supervisor_lets_the_program_end_by_itself(tmp_path: Path) -> None:
    script = "echo $$ >pid; sleep 0.5; exit 3"
    assert supervised("/bin/sh", "-c", script, cwd=tmp_path, hang_up_on="pid", patience="20") == (3, b"", b"")


def test_the_patience_of_the_supervisor_has_an_end(tmp_path: Path) -> None:
    script = "echo $$ >pid; exec sleep 60"
    ended = supervised("/bin/sh", "-c", script, cwd=tmp_path, hang_up_on="pid", patience="0.2")
    assert ended == (128 + signal.SIGTERM, b"", b"")


def test_the_supervisor_starts_nothing_when_the_line_is_closed_before_it_has_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    ours, theirs = socket.socketpair()
    command = [sys.executable, supervisor.__file__, "0", str(lock), "/bin/sh", "-c", "echo started >here"]
    with lock.open("w") as holder, ours, theirs:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with subprocess.Popen(command, stdin=theirs.fileno(), cwd=tmp_path) as it:
            ours.shutdown(socket.SHUT_WR)
            with pytest.raises(subprocess.TimeoutExpired):
                it.wait(1)
            fcntl.flock(holder, fcntl.LOCK_UN)
            assert it.wait(30) == 128 + signal.SIGTERM
    assert not (tmp_path / "here").exists()


def test_the_supervisor_holds_the_lock_until_the_program_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.touch()
    script = "flock --exclusive --nonblock lock true && echo free || echo taken"
    assert supervised("/bin/sh", "-c", script, cwd=tmp_path, lock=str(lock)) == (0, b"taken\n", b"")


def test_the_supervisor_does_not_take_a_stopped_program_for_an_ended_one(tmp_path: Path) -> None:
    script = "(sleep 0.3; kill -CONT $$) & kill -STOP $$; echo on"
    assert supervised("/bin/sh", "-c", script, cwd=tmp_path) == (0, b"on\n", b"")


def test_the_supervisor_reads_what_a_runaway_child_left_in_the_pipe(tmp_path: Path) -> None:
    script = "setsid sh -c 'echo late; echo $$ >child; sleep 30' & until test -s child; do :; done"
    code, output, _ = supervised("/bin/sh", "-c", script, cwd=tmp_path)
    os.kill(number_in(tmp_path / "child"), signal.SIGKILL)
    assert (code, output) == (0, b"late\n")
