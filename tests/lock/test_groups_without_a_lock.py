"""Groups that no lock can have together with production: real uv, an index on loopback."""

import tomllib
from collections.abc import Mapping

import pytest
from conftest import RepoMaker
from indexes import served, simple_index, wheel

from migrate.migration import migrate
from migrate.plan import Plan

pytestmark = pytest.mark.network
INDEX = simple_index(
    wheel("app", "1.0", "dep<2"),
    wheel("dep", "1.0"),
    wheel("dep", "2.0"),
    wheel("tool", "1.0", "dep>=2"),
    wheel("lint", "1.0"),
    wheel("lint", "2.0"),
)
DOCKERFILE = "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"
FILES = {
    "Dockerfile": DOCKERFILE,
    "requirements.txt": "app\n",
    "requirements-dev.txt": "-r requirements-test.txt\n",
    "requirements-lint.txt": "lint\n",
    "requirements-test.txt": "tool\n",
}


def planned(repo_of: RepoMaker, files: Mapping[str, str]) -> Plan:
    with served(INDEX) as host:
        index = f"-i http://{host}/simple\n"
        return migrate(repo_of({**files, "requirements.txt": index + files["requirements.txt"]}).root)


def test_files_of_groups_that_cannot_be_locked_stay(repo_of: RepoMaker) -> None:
    plan = planned(repo_of, FILES)
    after = {change.path: change.after for change in plan.changes}
    assert tomllib.loads(after["pyproject.toml"] or "")["dependency-groups"] == {"lint": ["lint"]}
    assert {path for path, text in after.items() if text is None} == {"requirements.txt", "requirements-lint.txt"}
    told = {finding.path: finding.message for finding in plan.findings if finding.code == "R170"}
    assert told.keys() == {"requirements-dev.txt", "requirements-test.txt"}
    assert "tool" in told["requirements-test.txt"]
    outcomes = {(account.path, account.outcome) for account in plan.lines if account.path != "requirements.txt"}
    assert ("requirements-test.txt", "blocked") in outcomes
    assert ("requirements-lint.txt", "converted") in outcomes


def test_group_that_only_contradicts_the_one_to_blame_goes_on(repo_of: RepoMaker) -> None:
    files = FILES | {"requirements-lint.txt": "lint==1.0\n", "requirements-test.txt": "lint==2.0\nmissing\n"}
    plan = planned(repo_of, files)
    after = {change.path: change.after for change in plan.changes}
    assert tomllib.loads(after["pyproject.toml"] or "")["dependency-groups"] == {"lint": ["lint==1.0"]}
    told = {finding.path for finding in plan.findings if finding.code == "R170"}
    assert told == {"requirements-dev.txt", "requirements-test.txt"}


def test_what_an_image_installs_is_never_left_out(repo_of: RepoMaker) -> None:
    image = {"test.Dockerfile": DOCKERFILE.replace("requirements.txt", "requirements.txt -r requirements-test.txt")}
    plan = planned(repo_of, FILES | image)
    assert plan.changes == ()
    assert "U401" in {finding.code for finding in plan.findings}


def test_production_that_cannot_be_locked_stops_all(repo_of: RepoMaker) -> None:
    plan = planned(repo_of, FILES | {"requirements.txt": "app\ndep>=2\n"})
    assert plan.changes == ()
    assert "U401" in {finding.code for finding in plan.findings}


OPEN = FILES | {"requirements.txt": "dep\n", "requirements-test.txt": "lint\n"}


def test_group_that_would_move_production_stays_a_file(repo_of: RepoMaker) -> None:
    plan = planned(repo_of, OPEN | {"requirements-lint.txt": "dep<2\nlint\n"})
    after = {change.path: change.after for change in plan.changes}
    assert tomllib.loads(after["pyproject.toml"] or "")["dependency-groups"].keys() == {"test", "dev"}
    versions = {one["name"]: one.get("version") for one in tomllib.loads(after["uv.lock"] or "")["package"]}
    assert versions["dep"] == "2.0"
    (told,) = (finding for finding in plan.findings if finding.code == "R170")
    assert (told.path, "dep 2.0 → 1.0" in told.message) == ("requirements-lint.txt", True)


def test_group_whose_packages_would_move_production_stays_a_file(repo_of: RepoMaker) -> None:
    plan = planned(repo_of, OPEN | {"requirements-lint.txt": "app\n"})
    told = {finding.path for finding in plan.findings if finding.code == "R170"}
    assert told == {"requirements-lint.txt"}


@pytest.mark.parametrize("production", ["dep==1.0", "dep<2"])
def test_group_that_moves_nothing_goes_on(repo_of: RepoMaker, production: str) -> None:
    plan = planned(repo_of, OPEN | {"requirements.txt": f"{production}\n", "requirements-lint.txt": "dep<2\n"})
    assert not {"R170", "U426"} & {finding.code for finding in plan.findings}


ALONE = {"worker.Dockerfile": DOCKERFILE.replace("requirements.txt", "requirements-worker.txt")}


@pytest.mark.parametrize(("production", "worker"), [("dep<2", "dep"), ("app", "lint\ndep"), ("dep==1.0", "dep>=1")])
def test_group_alone_in_its_image_that_production_moves_is_told(
    repo_of: RepoMaker, production: str, worker: str
) -> None:
    files = {"requirements.txt": f"{production}\n", "requirements-worker.txt": f"{worker}\n"}
    plan = planned(repo_of, {"Dockerfile": DOCKERFILE} | ALONE | files)
    (told,) = (finding for finding in plan.findings if finding.code == "U428")
    assert (told.path, "dep 2.0 → 1.0" in told.message) == ("requirements-worker.txt", True)
    assert plan.changes


@pytest.mark.parametrize(
    ("production", "worker"),
    [("dep<2", "dep==1.0"), ("dep<2", "dep<2"), ("dep", "dep"), ("lint<2", "dep"), ("dep", "tool"), ("app", "app")],
)
def test_group_alone_in_its_image_that_has_what_it_had_is_not_told(
    repo_of: RepoMaker, production: str, worker: str
) -> None:
    files = {"requirements.txt": f"{production}\n", "requirements-worker.txt": f"{worker}\n"}
    plan = planned(repo_of, {"Dockerfile": DOCKERFILE} | ALONE | files)
    assert not {"U426", "U428"} & {finding.code for finding in plan.findings}
    assert "worker.Dockerfile" in {change.path for change in plan.changes}


def test_group_of_an_image_that_moves_production_is_told(repo_of: RepoMaker) -> None:
    image = {"test.Dockerfile": DOCKERFILE.replace("requirements.txt", "requirements.txt -r requirements-test.txt")}
    plan = planned(repo_of, OPEN | image | {"requirements-test.txt": "dep<2\n"})
    assert [finding.message.rpartition(": ")[2] for finding in plan.findings if finding.code == "U426"] == [
        "dep 2.0 → 1.0"
    ]
    assert plan.changes
