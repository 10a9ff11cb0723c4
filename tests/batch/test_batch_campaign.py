"""A campaign over local folders: what it does, what it records, what it leaves alone."""

import io
import json
import sqlite3
from pathlib import Path

import pytest
from campaigns import LEGACY, REFUSED, attempts, batch, committed, git, report, states, three, written

from migrate.batch.model import Result, State
from migrate.batch.progress import shown_on
from migrate.batch.sources import Repository


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return three(tmp_path)


def test_dry_run_is_the_default_and_accounts_for_every_repository(place: Path) -> None:
    done = batch(place, "all", "--no-lock", "--campaign", "c")
    assert done.returncode == 1
    assert sorted(line.split()[:2] for line in done.stderr.splitlines()) == [
        ["blocked", "beta"],
        ["nothing", "gamma"],
        ["planned", "alpha"],
    ]
    assert done.stdout.startswith("blocked   beta ")
    assert done.stdout.endswith(
        "\n\n      1  planned\n      1  nothing\n      1  blocked\n\nc/report.html has every repository\n"
    )
    assert states(place / "c") == {"alpha": "planned", "beta": "blocked", "gamma": "nothing"}
    assert sorted(path.name for path in (place / "all" / "alpha").iterdir()) == ["app.py", "requirements.txt"]
    alpha = report(place / "c")["alpha"]
    assert "+++ b/pyproject.toml" in alpha["diff"]
    assert [finding["code"] for finding in alpha["findings"]].count("U405") == 1
    assert "| alpha | planned | 0 |" in (place / "c" / "report.md").read_text()


def test_a_repository_that_is_migrated_in_part_says_why(tmp_path: Path) -> None:
    files = {"shop/requirements.txt": "flask\n", "shop/Dockerfile": "FROM python:3.12\nRUN pip install flask\n"}
    part = {path.replace("shop", "desk"): text for path, text in files.items()} | {"desk/requirements.txt": "--pre=x\n"}
    dockerfile = {
        path: "FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
        for path in (*files, *part)
        if path.endswith("Dockerfile")
    }
    written(tmp_path / "all" / "alpha", files | part | dockerfile)
    done = batch(tmp_path, "all", "--no-lock", "--campaign", "c")
    assert states(tmp_path / "c") == {"alpha": "planned"}
    assert report(tmp_path / "c")["alpha"]["reason"].startswith("R121 desk/requirements.txt: ")
    assert done.stdout.startswith("planned   alpha ")


def test_second_run_repeats_only_what_has_changed(place: Path) -> None:
    batch(place, "all", "--no-lock", "--campaign", "c")
    again = batch(place, "--no-lock", "--campaign", "c")
    assert again.returncode == 1
    assert {line.split()[0] for line in again.stderr.splitlines()} == {"unchanged"}
    assert len(attempts(place / "c")) == 3
    written(place / "all" / "beta", LEGACY)
    batch(place, "--no-lock", "--campaign", "c")
    assert [each for each in attempts(place / "c") if each[0] == "beta"] == [
        ("beta", 1, "blocked"),
        ("beta", 3, "planned"),
    ]
    assert len(attempts(place / "c")) == 4


def test_refresh_retry_only_and_limit(place: Path) -> None:
    assert len(batch(place, "all", "--no-lock", "--campaign", "c", "--limit", "1").stderr.splitlines()) == 1
    assert batch(place, "--no-lock", "--campaign", "c", "--limit", "2").stderr.split()[1::1]
    assert set(states(place / "c")) == {"alpha", "beta", "gamma"}
    only = batch(place, "--no-lock", "--campaign", "c", "--only", "al*", "--refresh")
    assert [line.split()[:2] for line in only.stderr.splitlines()] == [["planned", "alpha"]]
    retried = batch(place, "--no-lock", "--campaign", "c", "--retry", "blocked", "--retry", "failed")
    assert [line.split()[:2] for line in retried.stderr.splitlines()] == [["blocked", "beta"]]
    assert batch(place, "--no-lock", "--campaign", "c", "--retry", "failed").stderr == ""


def test_apply_writes_and_a_second_apply_finds_nothing_to_repeat(place: Path) -> None:
    assert batch(place, "all", "--no-lock", "--campaign", "c", "--apply").returncode == 1
    assert states(place / "c") == {"alpha": "migrated", "beta": "blocked", "gamma": "nothing"}
    assert (place / "all" / "alpha" / "pyproject.toml").exists()
    assert not (place / "all" / "alpha" / "requirements.txt").exists()
    assert (place / "all" / "beta" / "requirements.txt").read_text() == REFUSED["requirements.txt"]
    again = batch(place, "all", "--no-lock", "--campaign", "c", "--apply")
    assert {line.split()[0] for line in again.stderr.splitlines()} == {"unchanged"}
    assert list((place / "c" / "pending").iterdir()) == []


def test_commit_makes_a_branch_with_exactly_the_plan(tmp_path: Path) -> None:
    project = committed(tmp_path / "all" / "alpha", LEGACY)
    (project / "notes.txt").write_text("mine, not committed\n")
    (project / "staged.txt").write_text("mine, staged\n")
    git(project, "add", "staged.txt")
    assert batch(tmp_path, "all", "--no-lock", "--campaign", "c", "--commit", "--branch", "chore/uv").returncode == 0
    assert git(project, "branch", "--show-current") == "chore/uv"
    assert git(project, "show", "--format=%s", "--name-status", "HEAD").splitlines() == [
        "Move from pip to uv",
        "",
        "A\tpyproject.toml",
        "D\trequirements.txt",
    ]
    assert git(project, "rev-parse", "HEAD^") == git(project, "rev-parse", "main")
    assert git(project, "status", "--porcelain").splitlines() == ["A  staged.txt", "?? notes.txt"]
    assert report(tmp_path / "c")["alpha"]["commit"] == git(project, "rev-parse", "HEAD")


def test_commit_of_a_project_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    top = committed(tmp_path / "mono", {f"services/api/{path}": text for path, text in LEGACY.items()})
    assert batch(tmp_path, "mono/services/api", "--no-lock", "--campaign", "c", "--commit").returncode == 0
    assert git(top, "show", "--format=", "--name-status", "HEAD").splitlines() == [
        "A\tservices/api/pyproject.toml",
        "D\tservices/api/requirements.txt",
    ]
    assert git(top, "status", "--porcelain") == ""


def test_a_branch_of_somebody_else_and_uncommitted_changes_fail_one_repository_only(tmp_path: Path) -> None:
    taken = committed(tmp_path / "all" / "taken", LEGACY)
    git(taken, "branch", "uvmigrate")
    dirty = committed(tmp_path / "all" / "dirty", LEGACY)
    (dirty / "requirements.txt").write_text("flask==3.0.2\n")
    committed(tmp_path / "all" / "fine", LEGACY)
    assert batch(tmp_path, "all", "--no-lock", "--campaign", "c", "--commit").returncode == 1
    assert states(tmp_path / "c") == {"dirty": "failed", "fine": "migrated", "taken": "failed"}
    assert "--branch" in report(tmp_path / "c")["taken"]["reason"]
    assert "requirements.txt" in report(tmp_path / "c")["dirty"]["reason"]
    for project in (taken, dirty):
        assert git(project, "branch", "--show-current") == "main"
        assert (project / "requirements.txt").exists()
    assert git(dirty, "branch", "--list", "uvmigrate") == ""


def test_choices_of_the_file(place: Path) -> None:
    written(place / "c", {"uvmigrate.toml": "lock = false\n[repositories.beta]\nskip = true\n"})
    assert batch(place, "all", "--campaign", "c").returncode == 0
    assert states(place / "c") == {"alpha": "planned", "beta": "skipped", "gamma": "nothing"}


def test_options_of_a_plan_are_those_of_apply(tmp_path: Path) -> None:
    image = "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    written(tmp_path / "alpha", LEGACY | {"Dockerfile": image})
    batch(tmp_path, "alpha", "--no-lock", "--campaign", "c", "--venv", "/opt/own", "--keep-requirements")
    assert "COPY --from=builder /opt/own /opt/own" in report(tmp_path / "c")["alpha"]["diff"]
    assert "requirements.txt\n+++ /dev/null" not in report(tmp_path / "c")["alpha"]["diff"]
    batch(tmp_path, "alpha", "--no-lock", "--campaign", "c", "--skip-docker")
    assert "Dockerfile" not in report(tmp_path / "c")["alpha"]["diff"]
    refused = batch(tmp_path, "alpha", "--campaign", "c", "--venv", "relative")
    assert (refused.returncode, refused.stdout) == (2, "")
    missing = batch(tmp_path, "alpha", "--campaign", "c", "--uv", "/nowhere/uv")
    assert missing.returncode == 1
    assert states(tmp_path / "c") == {"alpha": "failed"}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("missing",),
        ("all", "--apply", "--dry-run"),
        ("all", "--limit", "0"),
        ("all", "--retry", "planned"),
        ("all", "--campaign", "all/alpha/app.py"),
        ("all", "--campaign", "all/alpha/c"),
        ("all/alpha", "--campaign", "all/alpha"),
        *(("all", "--branch", name) for name in ("", "-x", "a..b", "a b", "HEAD", "refs/heads/x", "x.lock", "a//b")),
    ],
)
def test_what_cannot_run_is_one_sentence(place: Path, arguments: tuple[str, ...]) -> None:
    before = sorted(place.rglob("*"))
    refused = batch(place, *arguments)
    assert sorted(place.rglob("*")) == before
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("uvmigrate: ")
    assert refused.stderr.count("\n") == 1


def test_a_ledger_of_another_version_is_refused(place: Path) -> None:
    (place / "c").mkdir()
    with sqlite3.connect(place / "c" / "ledger.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    refused = batch(place, "all", "--campaign", "c")
    assert refused.returncode == 2
    assert "another version of uvmigrate" in refused.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_and_only_those_that_need_a_person() -> None:
    terminal = Terminal()
    with shown_on(terminal) as (announce, show):
        announce(3)
        show(Repository("alpha", "/alpha"), Result(State.MIGRATED))
        show(Repository("beta", "/beta"), Result(State.BLOCKED, "[red]why[/red]"))
    shown = terminal.getvalue()
    assert "blocked   beta  0.0 s  [red]why[/red]\n" in shown
    assert "alpha" not in shown
    assert "2/3" in shown
    assert "1 migrated, 1 blocked" in shown


def test_standard_input_is_a_list(place: Path) -> None:
    batch(place, "-", "--no-lock", "--campaign", "c", standard_input=f"# ours\n{place / 'all' / 'alpha'}\n")
    assert states(place / "c") == {"alpha": "planned"}


@pytest.mark.network
def test_with_a_lock_the_ledger_has_the_packages_and_what_uv_said(place: Path) -> None:
    assert batch(place, "all/alpha", "--campaign", "c", "--apply").returncode == 0
    alpha = report(place / "c")["alpha"]
    assert "+ flask 3.0.3" in alpha["diff"]
    assert "Resolved" in alpha["uv"]
    assert (place / "all" / "alpha" / "uv.lock").exists()
    assert json.loads((place / "c" / "report.json").read_text())["schema"] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--compare", "--engine", "no-such-engine"), "no-such-engine is not installed or not on PATH"),
        (
            ("--runs", "3", "--probe", "true"),
            "probe, runs: these say how images are compared, which --compare asks for",
        ),
        (("--compare", "--runs", "0"), "'--runs'"),
        (
            ("--only", "al*", "--only", "omega"),
            "--only omega: no repository is named so; the names are like alpha, beta",
        ),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_done(
    place: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = batch(place, "all", "--campaign", "c", "--apply", *arguments)
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (place / "c" / "ledger.sqlite").exists() or attempts(place / "c") == []
    assert (place / "all" / "alpha" / "requirements.txt").exists()
