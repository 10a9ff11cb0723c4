"""Requests at a host of git: what they say, and that each is opened once."""

import json
from pathlib import Path

import pytest
from campaigns import LEGACY, bare, batch, branch_of, git, recorder, report

from migrate.batch import message
from migrate.plan import Change, Plan


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return bare(tmp_path / "service.git", LEGACY)


def test_pull_request(tmp_path: Path, remote: Path) -> None:
    called = recorder(tmp_path, "gh")
    arguments = (str(remote), "--no-lock", "--campaign", "c", "--pr", "--draft", "--label", "uv", "--label", "x")
    done = batch(tmp_path, *arguments, "--reviewer", "acme/team", **called)
    assert done.returncode == 0, done.stderr
    words = (tmp_path / "record").read_text().splitlines()
    assert words[:8] == ["gh", "pr", "list", "--head", "uvmigrate", "--state", "open", "--json"]
    created = words[words.index("create") :]
    body = created.pop(created.index("--body-file") + 1)
    assert created == [
        *("create", "--head", "uvmigrate", "--title", "Move from pip to uv", "--body-file", "--draft"),
        *("--label", "uv", "--label", "x", "--reviewer", "acme/team"),
    ]
    assert not Path(body).exists()
    assert report(tmp_path / "c")["service"]["request"] == "https://git.example/acme/service/pull/7"
    assert branch_of(remote) == report(tmp_path / "c")["service"]["commit"]


def test_a_request_that_is_open_is_not_opened_again(tmp_path: Path, remote: Path) -> None:
    called = recorder(tmp_path, "gh", "glab")
    (tmp_path / "record.open").write_text(json.dumps([{"url": "https://x/pull/1", "web_url": "https://x/merge/1"}]))
    for number, forge in enumerate(("github", "gitlab")):
        campaign = f"c{number}"
        batch(tmp_path, str(remote), "--no-lock", "--campaign", campaign, "--pr", "--forge", forge, **called)
        assert report(tmp_path / campaign)["service"]["request"].startswith("https://x/")
    assert "create" not in (tmp_path / "record").read_text().splitlines()


def test_merge_request(tmp_path: Path, remote: Path) -> None:
    called = recorder(tmp_path, "glab")
    assert (
        batch(tmp_path, str(remote), "--no-lock", "--campaign", "c", "--pr", "--forge", "gitlab", **called).returncode
        == 0
    )
    text = (tmp_path / "record").read_text()
    assert "glab\nmr\ncreate\n--source-branch\nuvmigrate\n--title\nMove from pip to uv\n--yes\n--description\n" in text
    assert "- create pyproject.toml\n- delete requirements.txt\n" in text
    assert "    warning U405 uv.lock: " in text


@pytest.mark.network
def test_the_text_of_a_request_proves_the_versions_of_every_project(tmp_path: Path) -> None:
    pinned = "idna==3.7\nsix==1.16.0\n"
    image = "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    mono = {
        "requirements.txt": pinned,
        "compose.yaml": "services: {worker: {build: ./worker}}\n",
        "worker/requirements.txt": "attrs==23.2.0\n",
        "worker/Dockerfile": image,
    }
    remote = bare(tmp_path / "mono.git", mono)
    arguments = (str(remote), "--campaign", "c", "--pr", "--forge", "gitlab")
    done = batch(tmp_path, *arguments, **recorder(tmp_path, "glab"))
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "record").read_text()
    proof = text[text.index("## What the old files install") : text.index("## Packages")]
    assert ", uv against the lock: 2 same, 0 changed, 0 added, 0 removed\n" in proof
    assert "    worker: Python " in proof
    assert ": 1 same, 0 changed, 0 added, 0 removed\n" in proof
    changed = git(remote, "show", "--format=", "--name-status", "uvmigrate").splitlines()
    assert {"A\tuv.lock", "A\tworker/uv.lock", "D\tworker/requirements.txt", "M\tworker/Dockerfile"} < set(changed)


def test_a_request_says_why_versions_were_not_compared() -> None:
    plan = Plan((Change("uv.lock", None, ""),), ())
    text = message.request(plan, "not compared: no index\n<b>@all")
    assert "    not compared: no index\n    <b>@all\n" in text


def test_the_text_of_a_request_is_not_longer_than_a_host_takes() -> None:
    plan = Plan(tuple(Change(f"{number}/é.txt", None, "") for number in range(9000)), ())
    text = message.request(plan)
    assert len(text.encode()) < 61_000
    assert text.endswith("(cut here; the commit has all of it)\n")


def test_without_the_program_the_branch_is_pushed_and_a_retry_opens_the_request(tmp_path: Path, remote: Path) -> None:
    git_only = tmp_path / "git-only"
    git_only.mkdir()
    for program in ("git", "sh"):
        (git_only / program).symlink_to(f"/usr/bin/{program}")
    arguments = (str(remote), "--no-lock", "--campaign", "c", "--pr")
    assert batch(tmp_path, *arguments, PATH=str(git_only)).returncode == 1
    assert report(tmp_path / "c")["service"]["reason"] == "gh is not installed or not on PATH"
    pushed = branch_of(remote)
    assert batch(tmp_path, *arguments, "--retry", "failed", **recorder(tmp_path, "gh")).returncode == 0
    assert branch_of(remote) == pushed
    assert report(tmp_path / "c")["service"]["request"].endswith("/pull/7")
