"""Of a flat freeze only the roots become dependencies, and the lock stays."""

import sys
import tomllib
from pathlib import Path

import pytest
from conftest import RepoMaker

from migrate.imports import imported
from migrate.lock.prune import is_flat_freeze, roots
from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Plan
from migrate.repo import Repo
from migrate.requirements import Requirement, read

SIXTY = Path(__file__).parent.parent.parent / "benchmarks" / "sixty" / "requirements.txt"
DOCKERFILE = f"FROM python:{sys.version_info.major}.{sys.version_info.minor}-slim\n"
FLASK = """\
blinker==1.8.2
click==8.1.7
flask==3.0.3
itsdangerous==2.2.0
jinja2==3.1.4
markupsafe==2.1.5
werkzeug==3.0.3
"""
LOCK = """\
version = 1
[[package]]
name = "app"
source = { virtual = "." }
dependencies = [{ name = "a" }, { name = "b" }, { name = "c" }, { name = "d" }]
[[package]]
name = "a"
version = "1"
dependencies = [{ name = "b" }]
[package.optional-dependencies]
more = [{ name = "e" }]
[[package]]
name = "b"
version = "1"
[[package]]
name = "c"
version = "1"
dependencies = [{ name = "d" }]
[[package]]
name = "d"
version = "1"
dependencies = [{ name = "c" }]
[[package]]
name = "e"
version = "1"
"""


def required(repo: Repo) -> tuple[Requirement, ...]:
    return read(repo, "requirements.txt").requirements


@pytest.mark.parametrize(
    ("lines", "modules", "expected"),
    [
        ("a==1\nb==1\n", (), ["a"]),
        ("b==1\na==1\ne==1\n", (), ["a"]),
        ("a==1\nb==1\n", ("b",), ["a", "b"]),
        ("a==1\nb[x]==1\n", (), ["a", "b"]),
        ("a==1\nb==1 ; sys_platform == 'linux'\n", (), ["a", "b"]),
        ("c==1\nd==1\n", (), ["c"]),
        ("b==1\n", (), ["b"]),
    ],
)
def test_roots(repo_of: RepoMaker, lines: str, modules: tuple[str, ...], expected: list[str]) -> None:
    found = roots(required(repo_of({"requirements.txt": lines})), LOCK, modules)
    assert [requirement.package for requirement in found] == expected


@pytest.mark.parametrize(
    ("lines", "is_flat"),
    [
        ("a==1\nb==2\n", True),
        ("a==1\nb>=2\n", False),
        ("a==1\nb\n", False),
        ("a==1.*\n", False),
        ("a==1,<2\n", False),
        ("", False),
    ],
)
def test_flat_freeze(repo_of: RepoMaker, lines: str, *, is_flat: bool) -> None:
    assert is_flat_freeze(required(repo_of({"requirements.txt": lines}))) is is_flat


def test_imports_are_read(repo_of: RepoMaker) -> None:
    code = (
        "import os, yaml as y\nfrom flask_login.utils import x\nif True:\n    import a.b\n# import no\nx = 'import'\n"
    )
    repo = repo_of({"app/main.py": code, "notes.txt": "import nothing\n", "bad.py": b"\xffimport fine\n"})
    assert imported(repo) == {"os", "yaml", "flask-login", "a"}


def dependencies(plan: Plan) -> list[str]:
    (text,) = (change.after for change in plan.changes if change.path == "pyproject.toml")
    found: list[str] = tomllib.loads(text or "")["project"]["dependencies"]
    return found


def packages(plan: Plan) -> dict[str, str]:
    (text,) = (change.after for change in plan.changes if change.path == "uv.lock")
    return {
        package["name"]: package["version"]
        for package in tomllib.loads(text or "")["package"]
        if "virtual" not in package["source"]
    }


@pytest.mark.network
def test_pruned_project_has_the_same_lock(repo_of: RepoMaker) -> None:
    repo = repo_of({"Dockerfile": DOCKERFILE, "requirements.txt": FLASK, "app.py": "import flask, jinja2\n"})
    plain, pruned = migrate(repo.root), migrate(repo.root, Options(prune=True))
    assert dependencies(plain) == FLASK.split()
    assert dependencies(pruned) == ["flask==3.0.3", "jinja2==3.1.4"]
    assert packages(pruned) == packages(plain)
    assert [finding.code for finding in plain.findings if finding.code.startswith("U")] == ["U420"]
    assert [finding.code for finding in pruned.findings if finding.code.startswith("U")] == ["U421"]


@pytest.mark.network
def test_sixty_pins_keep_their_versions(repo_of: RepoMaker) -> None:
    repo = repo_of({"Dockerfile": DOCKERFILE, "requirements.txt": SIXTY.read_text()})
    plain, pruned = migrate(repo.root), migrate(repo.root, Options(prune=True))
    assert packages(pruned) == packages(plain)
    assert len(dependencies(pruned)) < len(dependencies(plain)) / 2
    assert [finding.code for finding in pruned.findings if finding.code.startswith("U")] == ["U421"]


@pytest.mark.network
def test_requirements_that_are_not_flat_stay(repo_of: RepoMaker) -> None:
    repo = repo_of({"Dockerfile": DOCKERFILE, "requirements.txt": "flask==3.0.3\nwerkzeug\n"})
    plan = migrate(repo.root, Options(prune=True))
    assert dependencies(plan) == ["flask==3.0.3", "werkzeug"]
    assert [finding.code for finding in plan.findings if finding.code.startswith("U")] == []
