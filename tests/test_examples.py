"""Every example comes out as `after/` and `findings.txt` say, through the API and through the command line."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import uvmigrate
from example_projects import FOLDER, NAMES, copied, files, findings_text, has_python_for, hosted, without_sizes

from migrate.apply import apply
from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Change, Plan


@pytest.fixture(scope="module", autouse=True)
def git_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let git find the repositories that the examples name."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in hosted(tmp_path_factory.mktemp("host")).items():
            patch.setenv(name, value)
        yield


def require_python_for(name: str) -> None:
    if not has_python_for(name) and not os.environ.get("UVMIGRATE_REQUIRE_DOCKER"):
        pytest.skip("the Python of this example is not installed, and uv cannot download it")


def expected(name: str) -> dict[str, bytes]:
    side = "after" if (FOLDER / name / "after").exists() else "before"
    return files(FOLDER / name / side)


def expected_findings(name: str) -> str:
    return (FOLDER / name / "findings.txt").read_text(encoding="utf-8").removesuffix("\n")


def as_written(before: dict[str, bytes], plan: Plan) -> dict[str, bytes]:
    after = {
        change.path: None if change.after is None else without_sizes(change.path, change.after.encode())
        for change in plan.changes
    }
    return {path: data for path, data in sorted((before | after).items()) if data is not None}


def test_there_are_examples_that_change_and_one_that_is_refused() -> None:
    changed = {name for name in NAMES if (FOLDER / name / "after").exists()}
    assert len(changed) >= 4
    assert set(NAMES) - changed == {"private-index", "refused"}


@pytest.mark.network
@pytest.mark.parametrize("name", NAMES)
def test_api_and_command_line_give_what_the_example_shows(name: str, tmp_path: Path) -> None:
    require_python_for(name)
    project = copied(name, "before", tmp_path)
    before = files(project)
    plan = migrate(project)
    assert findings_text(plan) == expected_findings(name)
    assert as_written(before, plan) == expected(name)
    assert files(project) == before

    document = json.loads(uvmigrate("--dry-run", "--format", "json", cwd=project).stdout)
    changes = tuple(Change(**change) for change in document["changes"])
    assert as_written(before, Plan(changes, ())) == expected(name)
    assert [(change.path, change.before) for change in changes] == [
        (change.path, change.before) for change in plan.changes
    ]
    assert [finding["code"] for finding in document["findings"]] == [finding.code for finding in plan.findings]
    assert files(project) == before

    applied = uvmigrate("apply", cwd=project)
    assert (applied.returncode, applied.stderr) == (1 if plan.has_errors else 0, "")
    assert files(project) == expected(name)


@pytest.mark.network
@pytest.mark.parametrize("name", [name for name in NAMES if (FOLDER / name / "after").exists()])
def test_second_run_changes_nothing(name: str, tmp_path: Path) -> None:
    require_python_for(name)
    project = copied(name, "after", tmp_path)
    assert migrate(project).changes == ()
    check = uvmigrate("--check", cwd=project)
    assert (check.returncode, check.stderr) == (0, "")


# The index of one need not be asked without a lock; the lock tells that nothing but uv needs git, and what is large.
TOLD_BY_LOCK = {"private-index", "git-dependencies", "django-collectstatic", "fastapi-psycopg2"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TOLD_BY_LOCK])
def test_without_lock_all_else_is_the_same(name: str, tmp_path: Path) -> None:
    project = copied(name, "before", tmp_path)
    plan = migrate(project, Options(lock=False))
    without_lock = {path: data for path, data in expected(name).items() if not path.endswith("uv.lock")}
    assert as_written(files(project), plan) == without_lock
    apply(project, plan.changes)
    assert files(project) == without_lock
    assert ("U405" in {finding.code for finding in plan.findings}) == bool(plan.changes)


@pytest.mark.network
def test_patch_is_accepted_by_git(tmp_path: Path) -> None:
    require_python_for("fastapi-psycopg2")
    project = copied("fastapi-psycopg2", "before", tmp_path)
    patch = uvmigrate("--dry-run", "--format", "diff", cwd=project)
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_DIR": str(tmp_path / "none")}
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        input=patch.stdout,
        cwd=project,
        env=os.environ | git,
        text=True,
        check=True,
    )
    assert files(project) == expected("fastapi-psycopg2")
