"""Pull requests by the real gh, and pushes by the real git over TLS, at a host on loopback."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaigns import LEGACY, attempts, bare, batch, git, report
from loopback_forge import REQUEST, URL, GitHost, serving

pytestmark = pytest.mark.skipif(
    not (shutil.which("gh") and shutil.which("openssl")), reason="gh or openssl is not installed"
)
ARGUMENTS = (URL, "--no-lock", "--campaign", "c", "--pr", "--forge", "github")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    place = bare(tmp_path / "acme" / "service.git", LEGACY)
    git(place, "config", "http.receivepack", "true")
    return place


@pytest.fixture
def host(tmp_path: Path) -> Iterator[GitHost]:
    with serving(tmp_path) as served:
        yield served


def test_gh_opens_a_request_with_all_that_was_asked_and_once(tmp_path: Path, remote: Path, host: GitHost) -> None:
    wishes = ("--draft", "--label", "dependencies", "--reviewer", "ann")
    done = batch(tmp_path, *ARGUMENTS, *wishes, **host.environment)
    assert done.returncode == 0, done.stderr
    entry = report(tmp_path / "c")["acme/service"]
    assert (entry["state"], entry["request"]) == ("migrated", REQUEST)
    assert git(remote, "rev-parse", "uvmigrate") == entry["commit"]
    told = dict(host.asked)
    wanted = told["PullRequestCreate"]["input"]
    assert wanted["title"] == "Move from pip to uv"
    assert "## What changed" in wanted["body"]
    assert (wanted["headRefName"], wanted["baseRefName"], wanted["draft"]) == ("uvmigrate", "main", True)
    assert told["PullRequestCreateMetadata"]["input"]["labelIds"] == ["L1"]
    assert told["PullRequestCreateRequestReviews"]["input"]["userIds"] == ["U1"]

    host.is_open = True
    assert batch(tmp_path, *ARGUMENTS, *wishes, "--refresh", **host.environment).returncode == 0
    assert report(tmp_path / "c")["acme/service"]["request"] == REQUEST
    assert [name for name, _ in host.asked].count("PullRequestCreate") == 1


def test_a_gh_whose_login_has_expired_fails_the_repository_and_the_next_run_asks_again(
    tmp_path: Path, remote: Path, host: GitHost
) -> None:
    unknown = host.environment | {"GH_ENTERPRISE_TOKEN": "0ld"}
    assert batch(tmp_path, *ARGUMENTS, **unknown).returncode == 1
    entry = report(tmp_path / "c")["acme/service"]
    assert entry["state"] == "failed"
    assert "Bad credentials" in entry["reason"]
    assert "0ld" not in (tmp_path / "c" / "report.json").read_text()
    pushed = git(remote, "rev-parse", "uvmigrate")
    assert batch(tmp_path, *ARGUMENTS, **host.environment).returncode == 0
    assert git(remote, "rev-parse", "uvmigrate") == pushed
    assert [state for *_, state in attempts(tmp_path / "c")] == ["failed", "migrated"]


def test_what_the_host_refuses_is_the_reason(tmp_path: Path, remote: Path, host: GitHost) -> None:
    host.refusal = "No commits between main and uvmigrate"
    assert batch(tmp_path, *ARGUMENTS, **host.environment).returncode == 1
    entry = report(tmp_path / "c")["acme/service"]
    assert (entry["state"], host.refusal in entry["reason"]) == ("failed", True)
    assert git(remote, "rev-parse", "uvmigrate") == entry["commit"]
