"""A campaign that is killed again and again ends as one that was left in peace."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from campaigns import IDENTITY, LEGACY, REFUSED, attempts, bare, batch, committed, git, report, written

KILLS = int(os.environ.get("UVMIGRATE_KILLS", "2"))
LOCAL, REMOTE = (10, 2) if "UVMIGRATE_KILLS" in os.environ else (2, 1)
ARGUMENTS = ("all", "remotes", "--no-lock", "--campaign", "c", "--push")
OF_THE_MOMENT = ("basis", "commit", "started", "seconds", "location")


def repositories(place: Path) -> list[Path]:
    """Return bare repositories: of folders with a remote to push to, and of clones; a folder is blocked."""
    remotes = []
    for number in range(LOCAL):
        project = committed(place / "all" / f"local-{number}", LEGACY | {"app.py": f"import flask  # {number}\n"})
        git(place, "clone", "-q", "--bare", str(project), str(place / f"local-{number}.git"))
        git(project, "remote", "add", "origin", str(place / f"local-{number}.git"))
        remotes.append(place / f"local-{number}.git")
    written(place / "all" / "refused", REFUSED)
    (place / "remotes").mkdir()
    remotes += [bare(place / f"remote-{number}.git", LEGACY) for number in range(REMOTE)]
    for number in range(REMOTE):
        remotes[LOCAL + number] = (place / f"remote-{number}.git").rename(place / "remotes" / f"remote-{number}.git")
    for remote in remotes:
        git(remote, "config", "core.logAllRefUpdates", "always")
    return remotes


def run_until_killed(place: Path, seconds: float) -> bool:
    """Run the campaign; return whether it was killed before its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "migrate", "batch", *ARGUMENTS],
        cwd=place,
        env=os.environ | IDENTITY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        errors = process.communicate(timeout=seconds)[1]
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    assert process.returncode == 1, errors
    return False


def lasting(campaign: Path) -> dict[str, dict[str, Any]]:
    return {
        name: {key: value for key, value in entry.items() if key not in OF_THE_MOMENT}
        for name, entry in report(campaign).items()
    }


STUBBORN = """#!/bin/sh
# the first clone goes on until there is a file `go`, whoever has died
for word; do
  if [ "$word" = clone ] && mkdir "$PLACE/cloning" 2>/dev/null; then
    trap '' TERM
    until [ -e "$PLACE/go" ]; do sleep 0.05; done
    exit 1
  fi
done
echo "$@" >> "$PLACE/calls"
exec /usr/bin/git "$@"
"""


def test_the_next_run_waits_for_the_programs_of_a_killed_one(tmp_path: Path) -> None:
    remote = bare(tmp_path / "service.git", LEGACY)
    (written(tmp_path / "bin", {"git": STUBBORN}) / "git").chmod(0o755)
    environment = os.environ | IDENTITY
    environment |= {"PATH": f"{tmp_path}/bin{os.pathsep}{environment['PATH']}", "PLACE": str(tmp_path)}
    command = [sys.executable, "-m", "migrate", "batch", str(remote), "--no-lock", "--campaign", "c", "--push"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as killed:
        while not (tmp_path / "cloning").exists():
            time.sleep(0.02)
        killed.kill()
    calls = (tmp_path / "calls").read_text()
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as after:
        time.sleep(3)
        assert (tmp_path / "calls").read_text() == calls
        (tmp_path / "go").touch()
        assert after.wait(60) == 0
    assert git(remote, "rev-list", "--count", "main..uvmigrate") == "1"
    assert attempts(tmp_path / "c") == [("service", 1, "migrated")]


def test_killed_at_random_moments(tmp_path: Path) -> None:
    peaceful = tmp_path / "peaceful"
    repositories(peaceful)
    begun = time.monotonic()
    assert batch(peaceful, *ARGUMENTS).returncode == 1
    longest = time.monotonic() - begun
    expected = lasting(peaceful / "c")
    assert sorted(entry["state"] for entry in expected.values()) == ["blocked"] + ["migrated"] * (LOCAL + REMOTE)

    moments = random.Random(20)  # noqa: S311 - the same moments in every run
    kills = 0
    rounds = itertools.count()
    while kills < KILLS:
        place = tmp_path / f"round-{next(rounds)}"
        remotes = repositories(place)
        while run_until_killed(place, moments.uniform(longest / 8, longest)):
            kills += 1
        assert lasting(place / "c") == expected
        assert [(run, state) for _, run, state in attempts(place / "c")] == [(1, "migrated")] * (LOCAL) + [
            (1, "blocked")
        ] + [(1, "migrated")] * REMOTE
        entries = report(place / "c")
        for remote in remotes:
            assert git(remote, "rev-list", "--count", "main..uvmigrate") == "1"
            assert len(git(remote, "reflog", "show", "--format=%h", "refs/heads/uvmigrate").splitlines()) == 1
            assert git(remote, "rev-parse", "uvmigrate") == entries[remote.stem]["commit"]
        for number in range(LOCAL):
            project = place / "all" / f"local-{number}"
            assert git(project, "status", "--porcelain") == ""
            assert git(project, "branch", "--show-current") == "uvmigrate"
            assert len(git(project, "reflog", "show", "--format=%h", "refs/heads/uvmigrate").splitlines()) == 1
        assert list((place / "c" / "pending").iterdir()) == []
