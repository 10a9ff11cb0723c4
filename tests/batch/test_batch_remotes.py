"""Repositories that are cloned: what a clone runs (nothing), what is pushed, and what is left to somebody else."""

import os
from pathlib import Path

import pytest
from campaigns import (
    IDENTITY,
    LEGACY,
    REFUSED,
    attempts,
    bare,
    batch,
    branch_of,
    git,
    recorder,
    report,
    states,
    written,
)

from migrate.batch import checkout
from migrate.errors import MigrateError
from migrate.plan import Change


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return bare(tmp_path / "service.git", LEGACY)


def test_dry_run_clones_and_leaves_nothing(tmp_path: Path, remote: Path) -> None:
    assert batch(tmp_path, str(remote), "--no-lock", "--campaign", "c").returncode == 0
    assert states(tmp_path / "c") == {"service": "planned"}
    assert list((tmp_path / "c" / "clones").iterdir()) == []
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_apply_keeps_a_clone_with_the_commit(tmp_path: Path, remote: Path) -> None:
    assert batch(tmp_path, str(remote), "--no-lock", "--campaign", "c", "--apply").returncode == 0
    clone = tmp_path / "c" / "clones" / "service"
    assert git(clone, "branch", "--show-current") == "uvmigrate"
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "show", "--format=", "--name-status").splitlines() == ["A\tpyproject.toml", "D\trequirements.txt"]
    assert report(tmp_path / "c")["service"]["commit"] == git(clone, "rev-parse", "HEAD")


def test_no_clone_is_in_another_one(tmp_path: Path) -> None:
    for place in ("other", "srv/acme"):
        (tmp_path / place).mkdir(parents=True)
        bare(tmp_path / place / "billing.git", LEGACY)
    bare(tmp_path / "srv" / "acme.git", LEGACY)
    sources = ("other/billing.git", "srv/acme/billing.git", "srv/acme.git")
    assert batch(tmp_path, *sources, "--no-lock", "--campaign", "c", "--apply", "--jobs", "1").returncode == 0
    assert set(states(tmp_path / "c")) == {"billing", "acme/billing", "acme"}
    for clone in ("billing", "acme+billing", "acme"):
        assert git(tmp_path / "c" / "clones" / clone, "branch", "--show-current") == "uvmigrate"


def test_push_once_and_again_only_when_the_remote_has_changed(tmp_path: Path, remote: Path) -> None:
    arguments = (str(remote), "--no-lock", "--campaign", "c", "--push")
    assert batch(tmp_path, *arguments).returncode == 0
    pushed = branch_of(remote)
    assert report(tmp_path / "c")["service"]["commit"] == pushed
    assert git(remote, "rev-parse", f"{pushed}^") == git(remote, "rev-parse", "main")
    assert not (tmp_path / "c" / "clones" / "service").exists()

    assert batch(tmp_path, *arguments).stderr.startswith("unchanged service")
    batch(tmp_path, *arguments, "--refresh")
    assert branch_of(remote) == pushed

    work = remote.with_suffix(".work")
    written(work, {"requirements.txt": "flask==3.0.2\n"})
    git(work, "commit", "-qam", "older flask")
    git(work, "push", "-q", str(remote), "main")
    assert batch(tmp_path, *arguments).returncode == 0
    assert branch_of(remote) != pushed
    assert git(remote, "rev-parse", "uvmigrate^") == git(remote, "rev-parse", "main")
    assert [state for *_, state in attempts(tmp_path / "c")] == ["migrated"] * 3


def test_our_own_branch_is_replaced_even_after_a_look_or_a_request_that_failed(tmp_path: Path, remote: Path) -> None:
    arguments = (str(remote), "--no-lock", "--campaign", "c")
    failing = recorder(tmp_path, "gh")
    (tmp_path / "bin" / "gh").write_text("#!/bin/sh\necho no such thing >&2\nexit 1\n")
    assert batch(tmp_path, *arguments, "--pr", **failing).returncode == 1
    assert report(tmp_path / "c")["service"]["reason"] == "gh pr list: no such thing"
    assert report(tmp_path / "c")["service"]["commit"] == branch_of(remote)
    assert batch(tmp_path, *arguments).returncode == 0
    work = remote.with_suffix(".work")
    written(work, {"requirements.txt": "flask==3.0.2\n"})
    git(work, "commit", "-qam", "older flask")
    git(work, "push", "-q", str(remote), "main")
    assert batch(tmp_path, *arguments, "--push").returncode == 0
    assert git(remote, "rev-parse", "uvmigrate^") == git(remote, "rev-parse", "main")


def test_a_branch_of_somebody_else_is_left_alone(tmp_path: Path, remote: Path) -> None:
    git(remote, "branch", "uvmigrate", "main")
    assert batch(tmp_path, str(remote), "--no-lock", "--campaign", "c", "--push").returncode == 1
    assert "another branch uvmigrate" in report(tmp_path / "c")["service"]["reason"]
    assert branch_of(remote) == git(remote, "rev-parse", "main")


def test_a_new_campaign_takes_the_commit_that_another_has_pushed(tmp_path: Path, remote: Path) -> None:
    batch(tmp_path, str(remote), "--no-lock", "--campaign", "c", "--push")
    pushed = branch_of(remote)
    other = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z"}
    assert batch(tmp_path, str(remote), "--no-lock", "--campaign", "d", "--push", **other).returncode == 0
    assert branch_of(remote) == pushed
    assert report(tmp_path / "d")["service"]["commit"] == pushed


FASTER = """#!/bin/sh
# right before the first push, the same branch is pushed by somebody else
for word; do
  [ "$word" = push ] && mkdir "$PLACE/pushing" 2>/dev/null && sh "$PLACE/first.sh"
done
exec /usr/bin/git "$@"
"""


@pytest.mark.parametrize(
    ("its_tree", "code"),
    [("$(/usr/bin/git rev-parse {ours}^{tree})", 0), ("$(/usr/bin/git rev-parse {ours}^^{tree})", 1)],
)
def test_a_push_that_comes_too_late_looks_again(tmp_path: Path, remote: Path, its_tree: str, code: int) -> None:
    (written(tmp_path / "bin", {"git": FASTER}) / "git").chmod(0o755)
    ours = "$(/usr/bin/git -C $PLACE/c/clones/service rev-parse refs/heads/uvmigrate)"
    tree = its_tree.replace("{ours}", ours)
    commit = f"/usr/bin/git commit-tree -p {ours}^ -m other {tree}"
    written(
        tmp_path,
        {"first.sh": f"cd $PLACE/c/clones/service\n/usr/bin/git push -q origin $({commit}):refs/heads/uvmigrate\n"},
    )
    places = {"PATH": f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}", "PLACE": str(tmp_path)}
    done = batch(tmp_path, str(remote), "--no-lock", "--campaign", "c", "--push", **places)
    assert done.returncode == code, done.stderr
    assert git(remote, "show", "--no-patch", "--format=%s", "uvmigrate") == "other"
    if code:
        assert "another branch uvmigrate" in report(tmp_path / "c")["service"]["reason"]
    else:
        assert report(tmp_path / "c")["service"]["commit"] == branch_of(remote)


def test_nothing_of_a_hostile_repository_runs(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $PWD" >> {tmp_path}/sprung\ncat\n')
    trap.chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(
        f'[filter "trap"]\n\tsmudge = {trap}\n\tclean = {trap}\n\trequired = true\n'
        f"[core]\n\thooksPath = {tmp_path}/hooks\n\tautocrlf = true\n[init]\n\ttemplateDir = {tmp_path}/template\n"
    )
    for folder in ("hooks", "template/hooks"):
        for hook in ("post-checkout", "reference-transaction", "pre-push", "post-index-change"):
            file = written(tmp_path / folder, {hook: trap.read_text()}) / hook
            file.chmod(0o755)
    submodule = f'[submodule "x"]\n\tpath = x\n\turl = "ext::sh -c {trap}"\n'
    hostile = LEGACY | {".gitattributes": "* filter=trap text eol=crlf\n", ".gitmodules": submodule}
    place = bare(tmp_path / "hostile.git", hostile)
    settings = {"GIT_CONFIG_GLOBAL": str(config)}
    assert batch(tmp_path, str(place), "--no-lock", "--campaign", "c", "--apply", **settings).returncode == 0
    assert not (tmp_path / "sprung").exists()
    clone = tmp_path / "c" / "clones" / "hostile"
    assert (clone / ".gitattributes").read_bytes() == hostile[".gitattributes"].encode()
    assert git(clone, "show", "--format=", "--name-status", "uvmigrate").splitlines() == [
        "A\tpyproject.toml",
        "D\trequirements.txt",
    ]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///nowhere/x.git", "git ls-remote"),
        ("http://127.0.0.1:1/acme/x.git", "git ls-remote"),
        ("ssh://git@127.0.0.1:1/acme/x.git", "git ls-remote"),
    ],
)
def test_a_remote_that_does_not_answer_fails_alone(tmp_path: Path, remote: Path, url: str, reason: str) -> None:
    assert batch(tmp_path, url, str(remote), "--no-lock", "--campaign", "c").returncode == 1
    results = report(tmp_path / "c")
    assert sorted(entry["state"] for entry in results.values()) == ["failed", "planned"]
    assert any(entry["reason"].startswith(reason) for entry in results.values())


def test_repositories_without_a_commit_and_with_blocked_lines(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    bare(tmp_path / "refused.git", REFUSED)
    assert batch(tmp_path, "empty.git", "refused.git", "--no-lock", "--campaign", "c", "--push").returncode == 1
    assert states(tmp_path / "c") == {"empty": "nothing", "refused": "blocked"}
    assert git(tmp_path / "refused.git", "for-each-ref", "--format=%(refname)") == "refs/heads/main"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://gitlab.example/a/b", "gitlab.example"),
        ("git@github.com:a/b.git", "github.com"),
        ("ssh://git@git.example:22/a", "git.example"),
        ("file:///srv/a.git", ""),
        ("/srv/a.git", ""),
    ],
)
def test_host_of_a_url(url: str, host: str) -> None:
    assert checkout.host(url) == host


def test_without_an_identity_git_says_so(tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in IDENTITY:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("EMAIL", "")
    checkout.clone(remote.as_uri(), tmp_path / "clone")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "")
    with pytest.raises(MigrateError, match="git commit-tree: "):
        checkout.commit(tmp_path / "clone", [Change("new.txt", None, "x\n")], "uvmigrate", "x")
