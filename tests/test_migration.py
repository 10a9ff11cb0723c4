"""What a whole plan does with repositories that the examples do not show. Nothing here needs the network."""

import pytest
from conftest import RepoMaker
from plans import DOCKERFILE, UNLOCKED, after, codes

from migrate import surroundings
from migrate.migration import migrate
from migrate.plan import Change


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"requirements.txt": "-e .\n"}, "R139"),
        ({"requirements.txt": b"\xff\xfef"}, "R101"),
        ({"requirements.txt": "flask\n", "setup.py": "from setuptools import setup; setup()"}, "P214"),
        (
            {"requirements.txt": "flask\n", "setup.cfg": "[metadata]\nname = x\n[options]\ninstall_requires = six\n"},
            "P214",
        ),
        ({"requirements.txt": "flask\n", "setup.cfg": b"\xff[metadata]\n"}, "P214"),
        ({"requirements.txt": "flask\n", "pyproject.toml": "[tool.poetry]\n"}, "P211"),
        ({"requirements.txt": "flask\n", "pyproject.toml": b"\xff"}, "P201"),
        ({"requirements.txt": "flask\n", "pyproject.toml": "broken"}, "P202"),
    ],
)
def test_plan_that_is_not_certain_has_no_changes(repo_of: RepoMaker, files: dict[str, str | bytes], code: str) -> None:
    plan = migrate(repo_of({"Dockerfile": DOCKERFILE} | files).root, UNLOCKED)
    assert plan.changes == ()
    assert code in codes(plan)
    assert plan.has_errors


def test_requirements_file_that_is_a_link_is_not_followed(repo_of: RepoMaker) -> None:
    repo = repo_of({"Dockerfile": DOCKERFILE, "real.txt": "flask\n"})
    (repo.root / "requirements.txt").symlink_to("real.txt")
    plan = migrate(repo.root, UNLOCKED)
    assert plan.changes == ()
    assert plan.has_errors


def test_setup_cfg_with_settings_of_tools_only_is_no_project(repo_of: RepoMaker) -> None:
    plan = migrate(
        repo_of({"requirements.txt": "flask\n", "setup.cfg": "[flake8]\nmax-line-length = 100\n"}).root, UNLOCKED
    )
    assert {change.path for change in plan.changes} == {"pyproject.toml", "requirements.txt"}


@pytest.mark.parametrize(
    ("compose", "venv"),
    [
        ("services:\n  web:\n    volumes:\n      - .:/app\n", "/opt/venv"),
        ("services:\n  web:\n    volumes:\n      - './src:/app:ro'\n", "/opt/venv"),
        (
            "services:\n  web:\n    volumes:\n      - type: bind\n        source: .\n        target: /app/\n",
            "/opt/venv",
        ),
        ("services:\n  web:\n    volumes:\n      - .:/application\n", "/app/.venv"),
        ("services:\n  web:\n    volumes:\n      - ./static:/app/static\n", "/app/.venv"),
        ("services:\n  web:\n    # - .:/app\n    ports: ['80:8000']\n", "/app/.venv"),
        (b"\xff- .:/app\n", "/app/.venv"),
    ],
)
def test_mount_over_the_working_directory_does_not_hide_the_environment(
    repo_of: RepoMaker, compose: str | bytes, venv: str
) -> None:
    repo = repo_of({"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, "compose.yaml": compose})
    plan = migrate(repo.root, UNLOCKED)
    dockerfile = after(plan, "Dockerfile")
    assert f"COPY --from=builder {venv} {venv}\n" in dockerfile
    assert f'ENV PATH="{venv}/bin:$PATH"\n' in dockerfile
    assert ("UV_PROJECT_ENVIRONMENT=/opt/venv" in dockerfile) == (venv == "/opt/venv")


def test_dockerfile_of_unknown_context_is_left(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "flask\n", "docker/Dockerfile": DOCKERFILE, "docker/requirements.txt": "flask\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert "docker/Dockerfile" not in {change.path for change in plan.changes}
    assert "F506" in codes(plan)


def test_own_ignore_file_of_a_dockerfile_is_the_one_that_counts(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, "Dockerfile.dockerignore": "*.lock\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert after(plan, "Dockerfile.dockerignore") == "*.lock\n.venv\n!uv.lock\n"
    assert ".dockerignore" not in {change.path for change in plan.changes}


@pytest.mark.parametrize("ignore", [".dockerignore", ".gitignore"])
def test_ignore_file_that_cannot_be_read_is_said(repo_of: RepoMaker, ignore: str) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, ignore: b"\xff"}).root, UNLOCKED)
    assert ("F505", ignore) in {(finding.code, finding.path) for finding in plan.findings}
    assert ignore not in {change.path for change in plan.changes}


def test_git_that_ignores_the_lock_is_said(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask\n", ".gitignore": "*.pyc\n*.lock\n"}).root, UNLOCKED)
    assert [(f.path, f.line) for f in plan.findings if f.code == "F502"] == [(".gitignore", 2)]


def test_several_dockerfiles_share_one_project(repo_of: RepoMaker) -> None:
    files = {
        "requirements.txt": "flask\n",
        "Dockerfile": DOCKERFILE,
        "worker.Dockerfile": DOCKERFILE.replace("/app", "/srv"),
    }
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert "/srv/.venv" in after(plan, "worker.Dockerfile")
    assert "/app/.venv" in after(plan, "Dockerfile")
    assert {change.path for change in plan.changes if change.after is None} == {"requirements.txt"}


def test_folder_with_a_lock_only_has_nothing_to_migrate(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"uv.lock": "version = 1\n"}).root)
    assert (plan.changes, codes(plan)) == ((), ["F504"])


SERVICES = """\
services:
  a:
    build:
      context: .
      dockerfile: a/Dockerfile
    volumes:
      - ./a:/app
  b:
    build: b
    volumes:
      - ./b:/app
"""


def test_builds_and_mounts_of_a_compose_file_above_several_projects(repo_of: RepoMaker) -> None:
    files = {
        "compose.yml": SERVICES,
        "a/Dockerfile": DOCKERFILE.replace("COPY requirements.txt", "COPY a/requirements.txt"),
        "a/requirements.txt": "flask\n",
        "b/Dockerfile": DOCKERFILE,
        "b/requirements.txt": "django\n",
    }
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert {"a/pyproject.toml", "b/pyproject.toml", ".dockerignore", "b/.dockerignore"} <= {
        c.path for c in plan.changes
    }
    assert "COPY a/pyproject.toml a/uv.lock ./\n" in after(plan, "a/Dockerfile")
    assert "COPY pyproject.toml uv.lock ./\n" in after(plan, "b/Dockerfile")
    assert all("/opt/venv" in after(plan, f"{name}/Dockerfile") for name in "ab")
    assert after(plan, ".dockerignore") == "**/.venv\n"
    assert {finding.path for finding in plan.findings if finding.code == "D311"} == {"a/Dockerfile", "b/Dockerfile"}


def test_image_that_is_built_where_the_project_is_not_is_left(repo_of: RepoMaker) -> None:
    compose = "services:\n  a:\n    build: docker\n"
    files = {"requirements.txt": "flask\n", "docker/Dockerfile": DOCKERFILE, "compose.yml": compose}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert "docker/Dockerfile" not in {change.path for change in plan.changes}
    assert "F507" in codes(plan)


PROJECT = '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "x"\nversion = "1"\nreadme = {}\n'


@pytest.mark.parametrize(
    ("readme", "ignored", "expected"),
    [
        ('"README.md"', "*.md\n", "*.md\n.venv\n!README.md\n"),
        ('{ file = "README.md", content-type = "text/plain" }', "*.md\n", "*.md\n.venv\n!README.md\n"),
        ('{ text = "x" }', "*.md\n", "*.md\n.venv\n"),
        ('"OTHER.md"', "*.md\n", "*.md\n.venv\n"),
        ('"README.md"', "docs\n", "docs\n.venv\n"),
        ('"README.md"', "*\n!app\n", "*\n!app\n!pyproject.toml\n!uv.lock\n!README.md\n"),
    ],
)
def test_what_a_build_reads_is_not_ignored(repo_of: RepoMaker, readme: str, ignored: str, expected: str) -> None:
    files = {"requirements.txt": "flask\n", "README.md": "", ".dockerignore": ignored}
    files |= {"pyproject.toml": PROJECT.format(readme)}
    itself = DOCKERFILE + "RUN pip install .\n"
    plan = migrate(repo_of(files | {"Dockerfile": itself, "other.Dockerfile": DOCKERFILE}).root, UNLOCKED)
    assert after(plan, ".dockerignore") == expected
    plan = migrate(repo_of(files | {"Dockerfile": DOCKERFILE, "other.Dockerfile": "FROM scratch\n"}).root, UNLOCKED)
    assert after(plan, ".dockerignore") == expected.replace("!README.md\n", "")  # nothing builds the project


@pytest.mark.parametrize("text", ["[build-system", "[build-system]\n[project]\nreadme = 5\n", "project = 1\n"])
def test_a_project_file_that_names_no_readme(repo_of: RepoMaker, text: str) -> None:
    repo = repo_of({"Dockerfile": DOCKERFILE, "pyproject.toml": text, ".dockerignore": "*.md\n", "README.md": ""})
    change = surroundings.dockerignore(repo, "Dockerfile")
    assert isinstance(change, Change)
    assert change.after == "*.md\n.venv\n"
