"""Campaigns on Dask workers: several processes on loopback, some of which are lost, as is their scheduler."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from campaigns import LEGACY, REFUSED, attempts, batch, git, states, written
from clusters import REMOTES, campaign, check_each_is_pushed_once, cloning, prepared, started

from migrate import __version__
from migrate.batch import cluster
from migrate.batch.choices import Choices
from migrate.batch.model import State, Task
from migrate.batch.sources import Repository
from migrate.batch.tools import tools


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return prepared(tmp_path)


@pytest.fixture
def waiting(place: Path) -> dict[str, str]:
    return {"PATH": f"{place}/bin{os.pathsep}{os.environ['PATH']}", "PLACE": str(place)}


def test_a_lost_worker_gives_its_repository_to_another(place: Path, stack: ExitStack, waiting: dict[str, str]) -> None:
    those = started(place, stack, 3, waiting)
    running = campaign(place, "--cluster", those.address, "--push")
    lost = cloning(place)
    assert lost in [worker.pid for worker in those.workers]
    os.kill(lost, signal.SIGKILL)
    (place / "go").touch()
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 0, errors
    assert len(errors.splitlines()) == REMOTES
    check_each_is_pushed_once(place)
    assert not (place / "c" / "clones").exists()
    left = list(place.glob("worker-*/**/clones/*"))
    assert len(left) <= 1, "only the lost worker could not clear away its clone"


def test_a_scheduler_that_goes_away_leaves_a_ledger_that_can_go_on(
    place: Path, stack: ExitStack, waiting: dict[str, str]
) -> None:
    those = started(place, stack, 2, waiting)
    running = campaign(place, "--cluster", those.address, "--push")
    cloning(place)
    while not list((place / "c").glob("ledger*")) or len(attempts(place / "c")) < REMOTES - 1:
        time.sleep(0.1)
    those.scheduler.kill()
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, output) == (2, "")
    said = f"uvmigrate: the scheduler {those.address} has gone; the same command goes on with the rest"
    assert errors.splitlines()[REMOTES - 1 :] == [said]
    assert len(states(place / "c")) == REMOTES - 1
    (place / "go").touch()
    rest = batch(place, "remotes", "--no-lock", "--campaign", "c", "--push")
    assert rest.returncode == 0, rest.stderr
    assert len(rest.stderr.splitlines()) == 1
    check_each_is_pushed_once(place)


def test_a_cluster_of_this_machine_does_folders_too_and_finishes_on_interrupt(
    place: Path, waiting: dict[str, str]
) -> None:
    written(place / "all" / "alpha", LEGACY)
    written(place / "all" / "beta", REFUSED)
    running = campaign(place, "all", "--cluster", "local", "--jobs", "1", "--apply", **waiting)
    cloning(place)
    os.killpg(running.pid, signal.SIGINT)
    time.sleep(1)
    (place / "go").touch()
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    assert errors.splitlines()[1:] == ["uvmigrate: stopped; the same command goes on with the rest"]
    assert len(attempts(place / "c")) == 1
    rest = batch(
        place, "remotes", "all", "--no-lock", "--campaign", "c", "--cluster", "local", "--jobs", "2", "--apply"
    )
    assert rest.returncode == 1, rest.stderr
    assert states(place / "c") == {f"service-{number}": "migrated" for number in range(REMOTES)} | {
        "alpha": "migrated",
        "beta": "blocked",
    }
    assert {run for _, run, _ in attempts(place / "c")} == {1}
    assert (place / "all" / "alpha" / "pyproject.toml").exists()
    assert sorted(path.name for path in (place / "c" / "clones").iterdir()) == [
        f"service-{number}" for number in range(REMOTES)
    ]


def test_second_interrupt_ends_a_cluster_of_this_machine(place: Path, waiting: dict[str, str]) -> None:
    running = campaign(place, "--cluster", "local", "--jobs", "1", **waiting)
    worker = cloning(place)
    running.send_signal(signal.SIGINT)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    assert not Path(f"/proc/{worker}").exists()
    assert attempts(place / "c") == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--cluster", "tcp://127.0.0.1:1"), "the scheduler tcp://127.0.0.1:1 cannot be reached: "),
        (("--cluster", "nothing://x"), "the scheduler nothing://x cannot be reached: "),
        (("--cluster", "tcp://127.0.0.1:1", "--apply"), "a commit that is not pushed goes with the worker"),
        (("all", "--cluster", "tcp://127.0.0.1:1"), "{place}/all/alpha is a folder of this machine"),
    ],
)
def test_what_a_cluster_cannot_do_is_one_sentence(place: Path, arguments: tuple[str, ...], sentence: str) -> None:
    written(place / "all" / "alpha", LEGACY)
    refused = batch(place, "remotes", "--no-lock", "--campaign", "c", *arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"uvmigrate: {sentence.format(place=place)}")
    assert refused.stderr.count("\n") == 1


def test_a_cluster_without_workers_is_one_sentence(place: Path, stack: ExitStack) -> None:
    those = started(place, stack, 0)
    refused = batch(place, "remotes", "--no-lock", "--campaign", "c", "--cluster", those.address)
    assert refused.returncode == 2
    assert refused.stderr == f"uvmigrate: no worker has come to {those.address} within 10 seconds\n"


def test_workers_with_another_uvmigrate_are_refused(place: Path, stack: ExitStack) -> None:
    written(place / "other" / "migrate", {"__init__.py": '__version__ = "99"\n'})
    those = started(place, stack, 1, {"PYTHONPATH": str(place / "other")})
    refused = batch(place, "remotes", "--no-lock", "--campaign", "c", "--cluster", those.address)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"uvmigrate: the workers of {those.address} cannot run uvmigrate ")
    assert refused.stderr.count("\n") == 1


def test_workers_with_another_uv_are_refused(place: Path, stack: ExitStack) -> None:
    (written(place / "other", {"uv": "#!/bin/sh\necho uv 99.0.0\n"}) / "uv").chmod(0o755)
    those = started(place, stack, 1, {"PATH": f"{place}/other{os.pathsep}{os.environ['PATH']}"})
    refused = batch(place, "remotes", "--no-lock", "--campaign", "c", "--cluster", those.address)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert f"has uv 99.0.0, the campaign {tools()['uv']}; let all machines have the same" in refused.stderr


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"uvmigrate": "99"}, f"a worker has uvmigrate {__version__}, the campaign 99"),
        ({"Python": "3.99"}, "the campaign 3.99"),
        ({"uv": "0.1.0"}, "the campaign 0.1.0"),
    ],
)
def test_a_worker_with_other_tools_that_comes_later_fails_its_repository(
    tmp_path: Path, other: dict[str, str], reason: str
) -> None:
    task = Task(Repository("a", "https://git.example/a"), Choices(), tmp_path, 1)
    result = cluster._work_elsewhere(task, tools() | other)  # noqa: SLF001 # type: ignore[attr-defined]
    assert result.state is State.FAILED
    assert result.reason.endswith(reason)


def test_without_dask_there_is_a_hint(place: Path) -> None:
    script = "import sys; sys.modules['distributed'] = None; from migrate.__main__ import main; main()"
    arguments = ["batch", "remotes", "--no-lock", "--campaign", "c", "--cluster", "local"]
    refused = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=place, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert refused.stderr == "uvmigrate: --cluster needs Dask: install uvmigrate[cluster]\n"


def test_a_worker_that_hangs_is_lost_when_the_scheduler_has_not_heard_of_it(
    place: Path, stack: ExitStack, waiting: dict[str, str]
) -> None:
    those = started(place, stack, 2, waiting | {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "4s"})
    running = campaign(place, "--cluster", those.address, "--push")
    silent = cloning(place)
    os.kill(silent, signal.SIGSTOP)
    (place / "go").touch()
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 0, errors
    check_each_is_pushed_once(place)


def test_workers_use_what_their_own_machine_has(place: Path, stack: ExitStack) -> None:
    git_here = '#!/bin/sh\necho "$@" >> "$PLACE/asked-here"\nexec /usr/bin/git "$@"\n'
    (written(place / "here", {"git": git_here}) / "git").chmod(0o755)
    those = started(place, stack, 2)
    here = {"PATH": f"{place}/here{os.pathsep}{os.environ['PATH']}", "PLACE": str(place), "GIT_AUTHOR_NAME": "Nobody"}
    running = campaign(place, "--cluster", those.address, "--push", **here)
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 0, errors
    check_each_is_pushed_once(place)
    authors = {
        git(remote, "log", "-1", "--format=%an", "uvmigrate").rstrip("0123456789")
        for remote in (place / "remotes").iterdir()
    }
    assert authors == {"Worker "}
    assert not (place / "asked-here").exists()
    assert [left for number in range(2) for left in (place / f"tmp-{number}").glob("uvmigrate-*")] == []
