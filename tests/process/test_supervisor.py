"""The script between uvmigrate and a program."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from shells import number_in

from migrate import supervisor


def supervised(*arguments: str, cwd: Path, hang_up_on: str | None = None) -> tuple[int, bytes, bytes]:
    """Run the supervisor as the script it is; close its line as soon as a file exists.

    Return the exit code, the output and what was said on the line.
    """
    ours, theirs = socket.socketpair()
    command = [sys.executable, supervisor.__file__, *arguments]
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


def test_the_supervisor_does_not_take_a_stopped_program_for_an_ended_one(tmp_path: Path) -> None:
    script = "(sleep 0.3; kill -CONT $$) & kill -STOP $$; echo on"
    assert supervised("/bin/sh", "-c", script, cwd=tmp_path) == (0, b"on\n", b"")


def test_the_supervisor_reads_what_a_runaway_child_left_in_the_pipe(tmp_path: Path) -> None:
    script = "setsid sh -c 'echo late; echo $$ >child; sleep 30' & until test -s child; do :; done"
    code, output, _ = supervised("/bin/sh", "-c", script, cwd=tmp_path)
    os.kill(number_in(tmp_path / "child"), signal.SIGKILL)
    assert (code, output) == (0, b"late\n")
