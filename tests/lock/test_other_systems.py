"""Versions that production has only because of other systems: real uv, an index on loopback."""

from collections.abc import Mapping

import pytest
from conftest import RepoMaker
from indexes import served, simple_index, wheel
from plans import tables

from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Plan

pytestmark = pytest.mark.network
INDEX = simple_index(
    wheel("app", "1.0", "dep", "odd ; sys_platform == 'win32'"),
    wheel("even", "1.0", "dep", "calm ; sys_platform == 'win32'"),
    wheel("other", "1.0", "dep", "odd ; implementation_name == 'pypy'"),
    wheel("third", "1.0", "dep", "odd ; platform_python_implementation == 'PyPy'"),
    wheel("calm", "1.0"),
    wheel("dep", "1.0"),
    wheel("dep", "2.0"),
    wheel("odd", "1.0", "dep<2"),
)
DOCKERFILE = "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"


def planned(repo_of: RepoMaker, requirements: str, others: Mapping[str, str], options: Options | None = None) -> Plan:
    with served(INDEX) as host:
        production = f"-i http://{host}/simple\n{requirements}\n"
        return migrate(repo_of({"Dockerfile": DOCKERFILE, "requirements.txt": production, **others}).root, options)


def told(plan: Plan) -> list[str]:
    assert plan.changes
    return [finding.message.rpartition(": ")[2] for finding in plan.findings if finding.code == "U427"]


def versions(plan: Plan) -> dict[str, str | None]:
    return {one["name"]: one.get("version") for one in tables(plan, "uv.lock")["package"]}


@pytest.mark.parametrize(
    ("requirements", "others"),
    [("app", {}), ("app\nother", {}), ("other", {"tox.ini": "[tox]\nenvlist = py311, pypy3\n"})],
)
def test_what_other_systems_keep_back_is_told(repo_of: RepoMaker, requirements: str, others: dict[str, str]) -> None:
    plan = planned(repo_of, requirements, others)
    assert told(plan) == ["dep 2.0 → 1.0"]
    assert versions(plan)["dep"] == "1.0"
    assert "environments" not in tables(plan, "pyproject.toml")["tool"]["uv"]


@pytest.mark.parametrize("name", ["other", "third"])
def test_what_only_pypy_keeps_back_is_locked_for_cpython(repo_of: RepoMaker, name: str) -> None:
    plan = planned(repo_of, name, {})
    assert told(plan) == []
    assert versions(plan)["dep"] == "2.0"
    (finding,) = (finding for finding in plan.findings if finding.code == "U429")
    assert finding.message.endswith("dep 2.0 → 1.0")
    (environment,) = tables(plan, "pyproject.toml")["tool"]["uv"]["environments"]
    assert "sys_platform" not in environment


@pytest.mark.parametrize("requirements", ["app\ndep==1.0", "app\ndep<2", "even", "even\ndep==2.0", "dep"])
def test_nothing_is_told_where_images_have_the_same(repo_of: RepoMaker, requirements: str) -> None:
    assert told(planned(repo_of, requirements, {})) == []


def test_without_a_lock_nothing_is_judged(repo_of: RepoMaker) -> None:
    assert told(planned(repo_of, "app", {}, Options(lock=False))) == []


def test_a_group_that_moves_the_same_is_left_first(repo_of: RepoMaker) -> None:
    plan = planned(repo_of, "even", {"requirements-dev.txt": "dep<2\n"})
    assert told(plan) == []
    assert "R170" in {finding.code for finding in plan.findings}
