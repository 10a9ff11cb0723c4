"""What `run` ends: nothing that it started is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shells import eventually, is_running, number_in, shell

from migrate.process import Finished, TimedOut


def test_a_timeout_ends_the_program_and_its_children(tmp_path: Path) -> None:
    with pytest.raises(TimedOut, match=r"^sh did not finish within 3 seconds$"):
        shell("sleep 60 & echo $! >child; echo $$ >parent; wait", tmp_path, timeout=3)
    assert not is_running(number_in(tmp_path / "child"))
    assert not is_running(number_in(tmp_path / "parent"))


def test_a_program_that_ignores_the_polite_signal_and_keeps_talking_is_killed(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(TimedOut):
        shell("trap '' TERM; echo $$ >pid; while :; do echo x; sleep 0.01; done", tmp_path, timeout=3)
    assert time.monotonic() - start < 20
    assert not is_running(number_in(tmp_path / "pid"))


def test_a_program_may_tidy_up_after_the_polite_signal(tmp_path: Path) -> None:
    with pytest.raises(TimedOut):
        shell("trap 'touch tidy; exit' TERM; while :; do sleep 0.05; done", tmp_path, timeout=3)
    assert (tmp_path / "tidy").exists()


def test_a_timeout_that_is_not_reached_changes_nothing(tmp_path: Path) -> None:
    assert shell("echo done", tmp_path, timeout=60) == Finished(0, "done\n", "")


def test_children_that_a_program_leaves_in_its_group_are_ended_with_it(tmp_path: Path) -> None:
    finished = shell("sleep 60 & echo $! >child; echo done", tmp_path)
    assert finished.stdout == "done\n"
    assert eventually(lambda: not is_running(number_in(tmp_path / "child")))


def test_a_child_that_left_the_group_with_our_pipes_is_not_waited_for(tmp_path: Path) -> None:
    start = time.monotonic()
    finished = shell("echo done; setsid sh -c 'echo $$ >child; sleep 30' & until test -s child; do :; done", tmp_path)
    os.kill(number_in(tmp_path / "child"), signal.SIGKILL)
    assert finished.stdout == "done\n"
    assert time.monotonic() - start < 20


def test_a_program_that_closes_its_outputs_is_still_waited_for(tmp_path: Path) -> None:
    shell("exec >&- 2>&-; sleep 0.3; touch finished", tmp_path)
    assert (tmp_path / "finished").exists()


OUTER = """
import sys
from pathlib import Path
from migrate.process import run
try:
    run(["sh", "-c", "echo $$ >pid; sleep 60 & echo $! >child; wait"], cwd=Path(sys.argv[1]))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize(
    ("number", "code", "stdout"), [(signal.SIGINT, 0, b"interrupted\n"), (signal.SIGKILL, -9, b"")]
)
def test_nothing_is_left_running_when_we_are_interrupted_or_killed(
    tmp_path: Path, number: int, code: int, stdout: bytes
) -> None:
    command = [sys.executable, "-c", OUTER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as outer:
        pids = [number_in(tmp_path / "pid"), number_in(tmp_path / "child")]
        outer.send_signal(number)
        out, err = outer.communicate(timeout=20)
    assert (outer.returncode, out, err) == (code, stdout, b"")
    assert eventually(lambda: not any(map(is_running, pids)))
