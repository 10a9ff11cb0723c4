"""A scheduler and workers of Dask on loopback, and the campaigns that they carry out."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from campaigns import IDENTITY, LEGACY, attempts, bare, git, report, states, written

REMOTES = 4


_WAITING_GIT = """#!/bin/sh
# the first clone of all tells who waits, and goes on when there is a file `go`
for word; do
  if [ "$word" = clone ] && mkdir "$PLACE/cloning" 2>/dev/null; then
    echo $PPID > "$PLACE/cloning/pid.draft"; mv "$PLACE/cloning/pid.draft" "$PLACE/cloning/pid"
    until [ -e "$PLACE/go" ]; do sleep 0.05; done
  fi
done
exec /usr/bin/git "$@"
"""


def prepared(place: Path) -> Path:
    """Return a folder with remotes to migrate, and with a git whose first clone waits."""
    (place / "remotes").mkdir()
    for number in range(REMOTES):
        bare(place / f"service-{number}.git", LEGACY).rename(place / "remotes" / f"service-{number}.git")
    (written(place / "bin", {"git": _WAITING_GIT}) / "git").chmod(0o755)
    return place


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own with a folder of its own."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    workers: list["subprocess.Popen[bytes]"]


def python(
    place: Path, stack: ExitStack, module: str, *arguments: str, **environment: str
) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=place,
        env=os.environ | IDENTITY | dict(environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def started(
    place: Path,
    stack: ExitStack,
    workers: int,
    environment: Mapping[str, str] | None = None,
    *,
    options: tuple[str, ...] = (),
) -> Cluster:
    """Start a cluster on loopback."""
    file = place / "scheduler.json"
    known = ("--scheduler-file", str(file))
    plain = ("--host", "127.0.0.1", "--no-dashboard", *options)
    scheduler = python(
        place,
        stack,
        "distributed.cli.dask_scheduler",
        *("--port", "0", *plain, *known),
        **(environment or {}),
    )
    those = [
        python(
            place,
            stack,
            "distributed.cli.dask_worker",
            *("--nthreads", "1", "--no-nanny", "--local-directory", str(place / f"worker-{number}")),
            *("--death-timeout", "60", *plain, *known),
            **{"GIT_AUTHOR_NAME": f"Worker {number}", "TMPDIR": str(written(place / f"tmp-{number}", {"x": ""}))}
            | dict(environment or {}),
        )
        for number in range(workers)
    ]
    while not file.exists() or not file.read_text():
        time.sleep(0.05)
    return Cluster(json.loads(file.read_text())["address"], scheduler, those)


def campaign(place: Path, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "migrate", "batch", "remotes", "--no-lock", "--campaign", "c", *arguments],
        cwd=place,
        env=os.environ | IDENTITY | dict(environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def cloning(place: Path) -> int:
    """Wait until a clone waits, and return the process of the worker that it belongs to."""
    file = place / "cloning" / "pid"
    while not file.exists():
        time.sleep(0.05)
    supervisor = file.read_text().strip()
    return int(Path(f"/proc/{supervisor}/stat").read_text().rpartition(")")[2].split()[1])


def check_each_is_pushed_once(place: Path) -> None:
    assert states(place / "c") == {f"service-{number}": "migrated" for number in range(REMOTES)}
    assert [(run, state) for _, run, state in attempts(place / "c")] == [(1, "migrated")] * REMOTES
    for name, entry in report(place / "c").items():
        remote = place / "remotes" / f"{name}.git"
        assert git(remote, "rev-list", "--count", "main..uvmigrate") == "1"
        assert git(remote, "rev-parse", "uvmigrate") == entry["commit"]
        assert "+++ b/pyproject.toml" in entry["diff"]
