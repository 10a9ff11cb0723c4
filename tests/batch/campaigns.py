"""Repositories and campaigns for the tests of `uvmigrate batch`."""

import csv
import json
import os
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from command_line import uvmigrate

LEGACY = {"requirements.txt": "flask==3.0.3\n", "app.py": "import flask\n"}
REFUSED = {"requirements.txt": "-e .\nflask\n"}
EMPTY = {"README.md": "nothing here\n"}

IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@a.example",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@a.example",
}

RECORDER = """#!/bin/sh
printf '%s\\n' "$(basename "$0")" "$@" >> "$RECORD"
for word; do [ "$last" = --body-file ] && cat "$word" >> "$RECORD.bodies"; last=$word; done
case "$1 $2" in
  "pr list"|"mr list") cat "$RECORD.open" 2>/dev/null || echo '[]' ;;
  *) echo "Creating…"; echo "https://git.example/acme/service/pull/7" ;;
esac
"""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, and return it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Return what git prints in a folder."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | IDENTITY, capture_output=True, text=True, check=True
    ).stdout.strip()


def committed(folder: Path, files: Mapping[str, str]) -> Path:
    """Return a git repository with one commit of files."""
    written(folder, files)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return folder


def bare(place: Path, files: Mapping[str, str]) -> Path:
    """Return a bare repository with one commit of files."""
    committed(place.with_suffix(".work"), files)
    git(place.parent, "clone", "-q", "--bare", str(place.with_suffix(".work")), str(place))
    return place


def batch(
    cwd: Path, *arguments: str, standard_input: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run `uvmigrate batch`."""
    return uvmigrate("batch", *arguments, cwd=cwd, standard_input=standard_input, **(IDENTITY | environment))


def report(campaign: Path) -> dict[str, dict[str, Any]]:
    """Return the results of report.json by name, and check that report.csv has the same."""
    document = json.loads((campaign / "report.json").read_text())
    with (campaign / "report.csv").open(newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == [entry["name"] for entry in document["repositories"]]
    return {entry["name"]: entry for entry in document["repositories"]}


def states(campaign: Path) -> dict[str, str]:
    """Return the state of each repository by name."""
    return {name: entry["state"] for name, entry in report(campaign).items()}


def attempts(campaign: Path) -> list[tuple[str, int, str]]:
    """Return the repository, run and state of every attempt in the ledger, by name and run."""
    with sqlite3.connect(campaign / "ledger.sqlite") as database:
        rows = database.execute("SELECT repository, run, state FROM attempt ORDER BY repository, run").fetchall()
    database.close()
    return rows


def recorder(tmp_path: Path, *programs: str) -> dict[str, str]:
    """Return an environment in which programs only write down how they were called."""
    for program in programs:
        file = written(tmp_path / "bin", {program: RECORDER}) / program
        file.chmod(0o755)
    return {"PATH": f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}", "RECORD": str(tmp_path / "record")}


def three(place: Path) -> Path:
    """Write three repositories below `all`: one to migrate, one refused, one without anything; return `place`."""
    for name, files in {"alpha": LEGACY, "beta": REFUSED, "gamma": EMPTY}.items():
        written(place / "all" / name, files)
    return place


def branch_of(remote: Path) -> str:
    """Return the commit of the branch that a campaign pushed."""
    return git(remote, "rev-parse", "refs/heads/uvmigrate")
