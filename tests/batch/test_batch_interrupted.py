"""Campaigns that are interrupted, met by another one, or lose a worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaigns import attempts, batch, report, states, three


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return three(tmp_path)


@pytest.fixture
def index() -> Iterator[socket.socket]:
    """Give an index of packages that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def slow(place: Path, index: socket.socket, *arguments: str) -> "subprocess.Popen[str]":
    """Start a campaign, and return when its first repository waits for the index."""
    url = f"http://127.0.0.1:{index.getsockname()[1]}/simple"
    silent = {"UV_DEFAULT_INDEX": url, "UV_NO_CACHE": "1", "UV_HTTP_TIMEOUT": "8", "UV_HTTP_RETRIES": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "migrate", "batch", "all", "--campaign", "c", *arguments],
        cwd=place,
        env=os.environ | silent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    index.accept()[0].detach()
    return process


def test_second_campaign_in_the_folder_is_refused(place: Path, index: socket.socket) -> None:
    first = slow(place, index)
    refused = batch(place, "all", "--campaign", "c")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "another uvmigrate runs the campaign in c" in refused.stderr
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()


def test_interrupt_finishes_what_runs_and_the_same_command_does_the_rest(place: Path, index: socket.socket) -> None:
    process = slow(place, index, "--jobs", "1")
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.splitlines()[0].startswith("blocked   alpha")
    assert errors.splitlines()[1:] == ["uvmigrate: stopped; the same command goes on with the rest"]
    assert attempts(place / "c") == [("alpha", 1, "blocked")]
    rest = batch(place, "all", "--campaign", "c", "--jobs", "1")
    assert [line.split()[:2] for line in rest.stderr.splitlines()] == [["blocked", "beta"], ["nothing", "gamma"]]
    assert attempts(place / "c") == [("alpha", 1, "blocked"), ("beta", 1, "blocked"), ("gamma", 1, "nothing")]


def test_interrupt_while_workers_start_fails_no_repository(place: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "migrate", "batch", "all", "--no-lock", "--campaign", "c", "--jobs", "2"],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not any(b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children.read_text().split()):
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert "failed" not in {state for *_, state in attempts(place / "c")}, errors


def test_second_interrupt_ends_at_once(place: Path, index: socket.socket) -> None:
    process = slow(place, index, "--jobs", "1")
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert attempts(place / "c") == []


def test_a_worker_that_dies_fails_its_repository_only(place: Path, index: socket.socket) -> None:
    process = slow(place, index, "--jobs", "1")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    (worker,) = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(int(worker), signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert states(place / "c") == {"alpha": "failed", "beta": "blocked", "gamma": "nothing"}
    assert report(place / "c")["alpha"]["reason"] == "its worker was ended by signal 9"
