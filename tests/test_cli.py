"""The contract of the command line: exit codes, streams, formats."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from command_line import uvmigrate as run
from example_projects import copied, files
from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parent.parent / "docs" / "report.schema.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied("flask-gunicorn", "before", tmp_path)


def in_terminal(*arguments: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """Run the command with a terminal as all three streams, and return its exit code and what the terminal got."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.execve(  # noqa: S606 - the command under test
            sys.executable, [sys.executable, "-m", "migrate", *arguments], os.environ | {"TERM": "xterm"} | environment
        )
    output = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        output += data
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output.decode()


def test_without_arguments_it_helps(project: Path) -> None:
    shown = run(cwd=project)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "--dry-run" in shown.stdout
    assert "apply" in shown.stdout


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "--dry-run")])
def test_version(project: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, cwd=project).stdout == f"uvmigrate {version('uvmigrate')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--dry-run", "--no-lock"),
        ("--check", "--no-lock"),
        ("apply", "--dry-run", "--no-lock"),
        ("apply", "--check", "--no-lock"),
    ],
)
def test_preview_writes_nothing(project: Path, arguments: tuple[str, ...]) -> None:
    before = files(project)
    shown = run(*arguments, cwd=project)
    assert shown.returncode == (1 if "--check" in arguments else 0)
    assert shown.stderr == ""
    assert shown.stdout.startswith("diff --git a/.dockerignore b/.dockerignore\n")
    assert shown.stdout.endswith("\nuvmigrate apply would change 1 file, create 2 and delete 1.\n")
    assert files(project) == before


def test_apply_previews_as_the_root_does(project: Path) -> None:
    assert (
        run("--dry-run", "--no-lock", cwd=project).stdout == run("apply", "--dry-run", "--no-lock", cwd=project).stdout
    )


@pytest.mark.parametrize(
    "arguments", [("-C", "PROJECT", "apply"), ("apply", "PROJECT"), ("--project", "PROJECT", "apply")]
)
def test_project_is_named_from_elsewhere(project: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*(str(project) if word == "PROJECT" else word for word in arguments), "--no-lock", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / "pyproject.toml").exists()
    assert not (project / "requirements.txt").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("-C", "x"),
        ("--format", "json"),
        ("--no-lock",),
        ("--dry-run", "apply"),
        ("-C", "x", "apply", "y"),
        ("--format", "xml", "--dry-run"),
        ("--unknown",),
        ("unknown",),
        ("--dry-run", "-C", "missing"),
        ("apply", "missing"),
        ("--as-of", "2024-01-01"),
        ("--prune",),
        ("--prune", "apply"),
        ("--dry-run", "--uv", "missing"),
        ("--dry-run", "--as-of", "yesterday"),
        ("verify", "missing"),
        ("-C", "x", "verify", "y"),
        ("verify", "--format", "diff"),
        ("verify", "--before", "HEAD"),
    ],
)
def test_what_cannot_run_is_one_sentence(project: Path, arguments: tuple[str, ...]) -> None:
    before = files(project)
    refused = run(*arguments, cwd=project)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert re.fullmatch(r"uvmigrate: [^\n]+\n", refused.stderr)
    assert files(project) == before


@pytest.mark.parametrize("name", ["flask-gunicorn", "refused"])
def test_json_is_one_object_of_the_schema(name: str, tmp_path: Path) -> None:
    project = copied(name, "before", tmp_path)
    shown = run("--dry-run", "--no-lock", "--format", "json", cwd=project)
    document = json.loads(shown.stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(document)
    assert shown.returncode == (1 if name == "refused" else 0)
    assert bool(document["changes"]) != (name == "refused")


def test_keep_requirements(project: Path) -> None:
    assert run("apply", "--no-lock", "--keep-requirements", cwd=project).returncode == 0
    assert (project / "requirements.txt").exists()
    assert run("--check", "--no-lock", "--keep-requirements", cwd=project).returncode == 0


def test_uncommitted_changes_are_refused_unless_forced(project: Path) -> None:
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=project, check=True)
    with (project / "requirements.txt").open("a") as file:
        file.write("# more\n")
    before = files(project)
    refused = run("apply", "--no-lock", cwd=project)
    assert refused.returncode == 2
    assert "requirements.txt" in refused.stderr
    assert "--force" in refused.stderr
    assert files(project) == before
    assert run("apply", "--no-lock", "--force", cwd=project).returncode == 0
    assert not (project / "requirements.txt").exists()


def test_folder_without_requirements(tmp_path: Path) -> None:
    shown = run("--dry-run", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "F503" in shown.stdout


def test_pipe_gets_no_colour_and_a_terminal_does(project: Path) -> None:
    assert "\x1b" not in run("--dry-run", "--no-lock", cwd=project).stdout
    code, shown = in_terminal("--dry-run", "--no-lock", cwd=project)
    assert code == 0
    assert "\x1b[32m+FROM python:3.11-slim AS builder\x1b[0m" in shown
    code, shown = in_terminal("--dry-run", "--no-lock", cwd=project, NO_COLOR="1")
    assert code == 0
    assert "[32m" not in shown


@pytest.mark.network
def test_terminal_shows_what_uv_says_and_a_pipe_is_quiet(project: Path) -> None:
    assert "Resolved 15 packages" in in_terminal("--dry-run", cwd=project)[1]
    assert run("--dry-run", cwd=project).stderr == ""


def test_reader_that_closes_early_is_no_error(project: Path) -> None:
    command = f"{sys.executable} -m migrate --dry-run --no-lock | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=project, capture_output=True, text=True, check=True)
    assert done.stderr == ""


APPLIED, READ = "the project is either as it was or completely migrated", "nothing of the project was changed"


@pytest.mark.parametrize(
    ("number", "command", "said"),
    [
        (signal.SIGINT, "apply", APPLIED),
        (signal.SIGTERM, "apply", APPLIED),
        (signal.SIGHUP, "apply", APPLIED),
        (signal.SIGINT, "verify", READ),
    ],
)
def test_interrupt_while_locking_leaves_nothing(
    project: Path, tmp_path: Path, number: signal.Signals, command: str, said: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = files(project)
    unreachable = {"UV_DEFAULT_INDEX": "https://192.0.2.1/simple", "UV_NO_CACHE": "1", "TMPDIR": str(scratch)}
    process = subprocess.Popen(
        [sys.executable, "-m", "migrate", command],
        cwd=project,
        env=os.environ | unreachable,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while not list(scratch.glob("uvmigrate-*/project/pyproject.toml")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (
        130,
        "",
        f"uvmigrate: interrupted; {said}\n",
    )
    assert files(project) == before
    assert list(scratch.iterdir()) == []
