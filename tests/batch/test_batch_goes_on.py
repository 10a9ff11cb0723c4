"""A folder whose migration failed half-way is brought to its end by a later run, and only if nobody has gone on."""

from pathlib import Path

import pytest
from campaigns import LEGACY, batch, committed, git, recorder, report, states, written

REFUSES = "#!/bin/sh\necho not today >&2\nexit 1\n"
ARGUMENTS = ("service", "--no-lock", "--campaign", "c")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a remote that refuses every push."""
    project = committed(tmp_path / "service", LEGACY)
    git(tmp_path, "clone", "-q", "--bare", "service", "service.git")
    git(project, "remote", "add", "origin", str(tmp_path / "service.git"))
    written(tmp_path / "service.git" / "hooks", {"pre-receive": REFUSES})
    (tmp_path / "service.git" / "hooks" / "pre-receive").chmod(0o755)
    return project


def refused(tmp_path: Path) -> str:
    """Run a campaign whose push is refused, let the remote take the next one, and return the branch's commit."""
    assert batch(tmp_path, *ARGUMENTS, "--push").returncode == 1
    assert "not today" in report(tmp_path / "c")["service"]["reason"]
    (tmp_path / "service.git" / "hooks" / "pre-receive").unlink()
    return git(tmp_path / "service", "rev-parse", "uvmigrate")


def pushed(tmp_path: Path) -> list[str]:
    return git(tmp_path / "service.git", "for-each-ref", "--format=%(refname:short)").splitlines()


@pytest.mark.parametrize("more", [(), ("--retry", "failed"), ("--refresh",), ("--limit", "3")])
def test_a_refused_push_is_made_up_for(tmp_path: Path, project: Path, more: tuple[str, ...]) -> None:
    commit = refused(tmp_path)
    assert batch(tmp_path, *ARGUMENTS, "--push", *more).returncode == 0
    assert states(tmp_path / "c") == {"service": "migrated"}
    assert report(tmp_path / "c")["service"]["commit"] == git(tmp_path / "service.git", "rev-parse", "uvmigrate")
    assert commit == git(project, "rev-parse", "HEAD")
    assert batch(tmp_path, *ARGUMENTS, "--push").stderr.startswith("unchanged service")


def test_a_look_between_does_not_forget_it(tmp_path: Path, project: Path) -> None:
    refused(tmp_path)
    assert batch(tmp_path, *ARGUMENTS).returncode == 0
    entry = report(tmp_path / "c")["service"]
    assert (entry["state"], entry["reason"]) == ("planned", "begun by an earlier run, and not finished")
    assert "+++ b/pyproject.toml" in entry["diff"]
    assert batch(tmp_path, *ARGUMENTS, "--push").returncode == 0
    assert "uvmigrate" in pushed(tmp_path)
    assert git(project, "status", "--porcelain") == ""


def test_another_name_for_the_branch_is_the_same_commit(tmp_path: Path, project: Path) -> None:
    commit = refused(tmp_path)
    assert batch(tmp_path, *ARGUMENTS, "--push", "--branch", "feature/uv").returncode == 0
    assert pushed(tmp_path) == ["feature/uv", "main"]
    assert git(tmp_path / "service.git", "rev-parse", "feature/uv") == commit
    assert git(project, "branch", "--show-current") == "feature/uv"


def test_a_request_that_failed_is_opened(tmp_path: Path, project: Path) -> None:
    (tmp_path / "service.git" / "hooks" / "pre-receive").unlink()
    works = recorder(tmp_path, "gh")
    program = (tmp_path / "bin" / "gh").read_text()
    (tmp_path / "bin" / "gh").write_text(REFUSES)
    assert batch(tmp_path, *ARGUMENTS, "--pr", **works).returncode == 1
    (tmp_path / "bin" / "gh").write_text(program)
    assert batch(tmp_path, *ARGUMENTS, "--pr", **works).returncode == 0
    entry = report(tmp_path / "c")["service"]
    assert entry["request"] == "https://git.example/acme/service/pull/7"
    assert entry["commit"] == git(project, "rev-parse", "HEAD")


def test_nothing_is_made_of_what_somebody_has_gone_on_with(tmp_path: Path, project: Path) -> None:
    refused(tmp_path)
    git(project, "switch", "-q", "main")
    git(project, "merge", "-q", "--no-ff", "--no-edit", "uvmigrate")
    git(project, "branch", "-q", "-D", "uvmigrate")
    assert batch(tmp_path, *ARGUMENTS, "--push").returncode == 0
    assert states(tmp_path / "c") == {"service": "nothing"}
    assert git(project, "branch", "--show-current") == "main"
    assert pushed(tmp_path) == ["main"]


def test_a_folder_that_is_as_it_was_is_planned_again(tmp_path: Path, project: Path) -> None:
    refused(tmp_path)
    git(project, "switch", "-q", "main")
    git(project, "branch", "-q", "-D", "uvmigrate")
    written(project, {"requirements.txt": "flask==3.0.2\n"})
    git(project, "commit", "-qam", "older flask")
    assert batch(tmp_path, *ARGUMENTS, "--push").returncode == 0
    assert "flask==3.0.2" in git(project, "show", "HEAD:pyproject.toml")
    assert git(project, "rev-parse", "HEAD^") == git(project, "rev-parse", "main")


@pytest.mark.parametrize("name", ["index.lock", "HEAD.lock", "rebase-merge", "MERGE_HEAD", "BISECT_LOG"])
def test_where_git_is_in_the_middle_of_something_nothing_is_begun(tmp_path: Path, project: Path, name: str) -> None:
    (project / ".git" / name).touch()
    assert batch(tmp_path, *ARGUMENTS, "--commit").returncode == 1
    assert f".git/{name} if it was killed" in report(tmp_path / "c")["service"]["reason"]
    (project / ".git" / name).unlink()
    assert git(project, "status", "--porcelain", "--branch") == "## main"
    assert git(project, "branch", "--list", "uvmigrate") == ""
    assert batch(tmp_path, *ARGUMENTS, "--commit").returncode == 0
    assert git(project, "status", "--porcelain", "--branch") == "## uvmigrate"


def test_a_plan_that_was_damaged_is_told(tmp_path: Path, project: Path) -> None:
    refused(tmp_path)
    (plan,) = (tmp_path / "c" / "pending").iterdir()
    plan.write_text("{}")
    assert batch(tmp_path, *ARGUMENTS, "--push").returncode == 1
    assert f"{plan} is damaged" in report(tmp_path / "c")["service"]["reason"]
    assert pushed(tmp_path) == ["main"]
    assert git(project, "branch", "--show-current") == "uvmigrate"


def test_a_look_at_a_half_written_folder_is_refused(tmp_path: Path, project: Path) -> None:
    written(project, {".uvmigrate/journal.json": "{}"})
    assert batch(tmp_path, *ARGUMENTS).returncode == 1
    assert "--apply finishes it" in report(tmp_path / "c")["service"]["reason"]


def test_a_folder_that_cannot_be_written_keeps_no_branch(tmp_path: Path, project: Path) -> None:
    (project / ".uvmigrate").write_text("in the way\n")
    assert batch(tmp_path, *ARGUMENTS, "--commit").returncode == 1
    (project / ".uvmigrate").unlink()
    assert git(project, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert git(project, "status", "--porcelain", "--branch") == "## main"
    assert batch(tmp_path, *ARGUMENTS, "--commit").returncode == 0
