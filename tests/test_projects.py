"""Several projects in one repository."""

import tomllib

import pytest
from conftest import RepoMaker
from plans import UNLOCKED

from migrate.apply import apply
from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Plan
from migrate.projects import projects

DOCKERFILE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY {0} .\nRUN pip install -r requirements.txt\nCOPY . .\n"
OWN = DOCKERFILE.format("requirements.txt")


def changed(plan: Plan) -> dict[str, bool]:
    """Return the changed files, and whether they are there afterwards."""
    return {change.path: change.after is not None for change in plan.changes}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"requirements.txt": "a"}, ("",)),
        ({"a/Dockerfile": OWN, "a/requirements.txt": "x"}, ("", "a")),
        ({"a/Dockerfile": OWN, "a/requirements.txt": "x", "requirements.txt": "x"}, ("", "a")),
        (
            {"a/Dockerfile": OWN, "a/requirements.txt": "x", "b/c/Dockerfile": OWN, "b/c/requirements.txt": "y"},
            ("", "a", "b/c"),
        ),
        ({"a/Dockerfile": OWN, "requirements.txt": "x"}, ("",)),
        ({"Dockerfile": DOCKERFILE.format("a/requirements.txt"), "a/requirements.txt": "x"}, ("",)),
        ({"docker/Dockerfile": DOCKERFILE.format("docker/requirements.txt"), "docker/requirements.txt": "x"}, ("",)),
        (
            {
                "a/Dockerfile": DOCKERFILE.format("a/requirements.txt"),
                "a/requirements.txt": "x",
                "b/Dockerfile": DOCKERFILE.format("b/requirements.txt"),
                "b/requirements.txt": "y",
            },
            ("", "a", "b"),
        ),
        ({"docs/Dockerfile": OWN, "docs/requirements.txt": "x", "requirements.txt": "y"}, ("",)),
        (
            {"a/Dockerfile": OWN, "a/requirements.txt": "x", "a/b/Dockerfile": OWN, "a/b/requirements.txt": "y"},
            ("", "a"),
        ),
        (
            {
                "a/one/Dockerfile": DOCKERFILE.format("lib/requirements.txt"),
                "a/two/Dockerfile": DOCKERFILE.format("lib/requirements.txt"),
                "a/lib/requirements.txt": "x",
                "build.sh": "docker build -f a/one/Dockerfile a\ndocker build -f a/two/Dockerfile a\n",
                "requirements.txt": "y",
            },
            ("", "a"),
        ),
        (
            {
                "a/one/Dockerfile": DOCKERFILE.format("requirements.txt"),
                "a/requirements.txt": "x",
                "build.sh": "docker build -f a/one/Dockerfile a\n",
            },
            ("", "a"),
        ),
        (
            {
                "a/one/Dockerfile": DOCKERFILE.format("a/requirements.txt"),
                "a/requirements.txt": "x",
                "build.sh": "docker build -f a/one/Dockerfile .\n",
            },
            ("",),
        ),
        (
            {
                "a/one/Dockerfile": DOCKERFILE.format("requirements.txt"),
                "a/requirements.txt": "x",
                "build.sh": "docker build -f a/one/Dockerfile a\ndocker build -f a/one/Dockerfile .\n",
                "requirements.txt": "y",
            },
            ("",),
        ),
        (
            {
                "docker/Dockerfile": DOCKERFILE.format("requirements.txt"),
                "a/requirements.txt": "x",
                "build.sh": "docker build -f docker/Dockerfile a\n",
            },
            ("",),
        ),
        ({"a/uv.lock": "", "a/requirements.txt": "x", ".ci/test.sh": "pip install -r a/requirements.txt"}, ("", "a")),
        ({"a/uv.lock": "", "a/requirements/base.txt": "x"}, ("", "a")),
        ({"a/uv.lock": "", "a/pyproject.toml": ""}, ("",)),
        ({"a/uv.lock": "", "b/requirements.txt": "x"}, ("",)),
        ({"uv.lock": "", "a/requirements.txt": "x"}, ("",)),
    ],
)
def test_folder_with_its_own_requirements_and_dockerfile(
    repo_of: RepoMaker, files: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert projects(repo_of(files), UNLOCKED) == expected


@pytest.mark.network
def test_second_run_finds_the_same_projects_if_a_file_stays(repo_of: RepoMaker) -> None:
    repo = repo_of(
        {
            "a/Dockerfile": OWN.replace("3.12", "3.11"),
            "a/requirements.txt": "six==1.16.0\n",
            "tests.sh": "pip install -r a/requirements.txt\ndocker build a\n",
        }
    )
    first = migrate(repo.root)
    assert changed(first) == {
        "a/.dockerignore": True,
        "a/Dockerfile": True,
        "a/pyproject.toml": True,
        "a/uv.lock": True,
    }
    apply(repo.root, first.changes)
    assert changed(migrate(repo.root)) == {}


def test_options_that_name_files_mean_the_root(repo_of: RepoMaker) -> None:
    repo = repo_of({"a/Dockerfile": OWN, "a/requirements.txt": "x"})
    assert projects(repo, Options(requirements=("a/requirements.txt",))) == ("",)


def test_each_project_is_migrated_on_its_own(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "root\n", "requirements-dev.txt": "pytest\n", "README.md": "See b/requirements.txt\n"}
    files["compose.yaml"] = "services:\n  a:\n    build: ./a\n  b:\n    build: ./b\n"
    for name in "ab":
        files |= {f"{name}/Dockerfile": OWN, f"{name}/requirements.txt": f"only-{name}==1 # {name}\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert changed(plan) == {
        "a/.dockerignore": True,
        "a/Dockerfile": True,
        "a/pyproject.toml": True,
        "a/requirements.txt": False,
        "b/.dockerignore": True,
        "b/Dockerfile": True,
        "b/pyproject.toml": True,
        "pyproject.toml": True,
        "requirements-dev.txt": False,
        "requirements.txt": False,
    }
    said = {(finding.path, finding.code) for finding in plan.findings}
    assert said >= {("pyproject.toml", "F520"), ("a/pyproject.toml", "F520"), ("b/pyproject.toml", "F520")}
    assert ("b/requirements.txt", "F501") in said
    texts = {change.path: change.after or "" for change in plan.changes}
    assert '"only-a==1"' in texts["a/pyproject.toml"]
    assert 'name = "a"' in texts["a/pyproject.toml"]
    assert '"only-a==1"' not in texts["pyproject.toml"]
    assert {(line.path, line.text) for line in plan.lines} >= {
        ("a/requirements.txt", "only-a==1"),
        ("requirements.txt", "root"),
    }


def test_projects_share_files_of_the_repository(repo_of: RepoMaker) -> None:
    files = {"services/base.txt": "shared\n", "constraints.txt": "shared==1\n", "services/worker/app.py": ""}
    for name in ("api", "worker"):
        files[f"services/{name}/requirements.txt"] = f"-c ../../constraints.txt\n-r ../base.txt\nonly-{name}\n"
        files[f"services/{name}/Dockerfile"] = (
            "FROM python:3.12-slim\nWORKDIR /app\n"
            f"COPY constraints.txt .\nCOPY services/base.txt services/\nCOPY services/{name}/ services/{name}/\n"
            f"RUN pip install -r services/{name}/requirements.txt\n"
        )
    files["compose.yaml"] = "services:\n" + "".join(
        f"  {name}:\n    build:\n      context: .\n      dockerfile: services/{name}/Dockerfile\n"
        for name in ("api", "worker")
    )
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert changed(plan) == {".dockerignore": True, "constraints.txt": False, "services/base.txt": False} | {
        f"services/{name}/{file}": there
        for name in ("api", "worker")
        for file, there in (("Dockerfile", True), ("pyproject.toml", True), ("requirements.txt", False))
    }
    texts = {change.path: change.after or "" for change in plan.changes}
    for name in ("api", "worker"):
        project = tomllib.loads(texts[f"services/{name}/pyproject.toml"])
        assert project["project"]["dependencies"] == ["shared", f"only-{name}"]
        assert project["tool"]["uv"]["constraint-dependencies"] == ["shared==1"]
        assert "constraints.txt" not in texts[f"services/{name}/Dockerfile"]
        assert "base.txt" not in texts[f"services/{name}/Dockerfile"]
    assert {line.path for line in plan.lines} == {
        "constraints.txt",
        "services/base.txt",
        "services/api/requirements.txt",
        "services/worker/requirements.txt",
    }


def test_a_shared_file_stays_for_a_project_that_is_blocked(repo_of: RepoMaker) -> None:
    files = {"base.txt": "shared\n"}
    for name, more in (("a", ""), ("b", "no requirement")):
        files |= {f"{name}/Dockerfile": OWN, f"{name}/requirements.txt": f"-r ../base.txt\n{more}\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert changed(plan).get("base.txt") is None
    assert ("base.txt", "F501") in {(one.path, one.code) for one in plan.findings}
    assert ("b/requirements.txt", 2, "R120") in {(one.path, one.line, one.code) for one in plan.findings}


def test_blocked_project_does_not_stop_the_others(repo_of: RepoMaker) -> None:
    files = {"a/Dockerfile": OWN, "a/requirements.txt": "a ==\n", "b/Dockerfile": OWN, "b/requirements.txt": "b\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert changed(plan).keys() == {"b/.dockerignore", "b/Dockerfile", "b/pyproject.toml", "b/requirements.txt"}
    assert ("a/requirements.txt", 1, "R120") in {(one.path, one.line, one.code) for one in plan.findings}
    assert plan.has_errors


def test_project_of_a_folder_is_picked_by_naming_it(repo_of: RepoMaker) -> None:
    files = {"a/Dockerfile": OWN, "a/requirements.txt": "a\n", "b/Dockerfile": OWN, "b/requirements.txt": "b\n"}
    plan = migrate(repo_of(files).root / "a", UNLOCKED)
    assert changed(plan).keys() == {".dockerignore", "Dockerfile", "pyproject.toml", "requirements.txt"}


def test_lock_that_git_ignores_at_the_root_is_said_once(repo_of: RepoMaker) -> None:
    files = {"a/Dockerfile": OWN, "a/requirements.txt": "a\n", ".gitignore": "uv.lock\n", "requirements.txt": "b\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert [(one.path, one.line) for one in plan.findings if one.code == "F502"] == [(".gitignore", 1)]
