"""What a whole plan does with repositories that the examples do not show. Nothing here needs the network."""

import pytest
from conftest import RepoMaker

from migrate import surroundings
from migrate.dockerfile.facts.distributions import release_of
from migrate.dockerfile.facts.images import Image
from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Change, Plan
from migrate.python_version import Version

DOCKERFILE = (
    "FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
)
UNLOCKED = Options(lock=False)


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings]


def after(plan: Plan, path: str) -> str:
    (change,) = (change for change in plan.changes if change.path == path)
    assert change.after is not None
    return change.after


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


def test_python_of_the_image_bounds_the_project(repo_of: RepoMaker) -> None:
    plan = migrate(
        repo_of({"requirements.txt": "flask\n", "Dockerfile": "ARG V=3.10\nFROM python:$V\n"}).root, UNLOCKED
    )
    assert 'requires-python = ">=3.10"\n' in after(plan, "pyproject.toml")


@pytest.mark.parametrize("dockerfile", ["FROM python\n", "FROM python:3\n", "FROM debian:12\n", "RUN x\n", "", b"\xff"])
def test_image_that_tells_no_python_is_said(repo_of: RepoMaker, dockerfile: str | bytes) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask\n", "Dockerfile": dockerfile}).root, UNLOCKED)
    assert "U403" in codes(plan)


def test_folder_with_a_lock_only_has_nothing_to_migrate(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"uv.lock": "version = 1\n"}).root)
    assert (plan.changes, codes(plan)) == ((), ["F504"])


INLINE = DOCKERFILE + 'RUN pip install "gunicorn[setproctitle]==23.0.0" flask\n'


def test_packages_that_the_dockerfile_names_are_dependencies(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n", "Dockerfile": INLINE}).root, UNLOCKED)
    assert '    "flask==3.0",\n    "gunicorn[setproctitle]==23.0.0",\n' in after(plan, "pyproject.toml")
    assert "D312" in codes(plan)
    assert "gunicorn" not in after(plan, "Dockerfile")


@pytest.mark.parametrize(
    "files",
    [
        {"Dockerfile": INLINE + "RUN pip uninstall -y x\n"},
        {"Dockerfile": INLINE.replace("flask\n", "flask==1\n")},
        {"docker/Dockerfile": INLINE, "docker/requirements.txt": "flask\n"},
        {"Dockerfile": b"\xff" + INLINE.encode()},
    ],
)
def test_packages_of_a_dockerfile_that_is_left_are_no_dependencies(
    repo_of: RepoMaker, files: dict[str, str | bytes]
) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | files).root, UNLOCKED)
    assert "gunicorn" not in after(plan, "pyproject.toml")
    assert "Dockerfile" not in {change.path for change in plan.changes}


@pytest.mark.parametrize(
    ("python", "required", "is_added"),
    [("3.11", "flask\n", True), ("3.12", "flask\n", False), ("3.11", "flask\nsetuptools==69.0\n", False)],
)
def test_module_that_the_image_brought_is_required(
    repo_of: RepoMaker, python: str, required: str, *, is_added: bool
) -> None:
    dockerfile = DOCKERFILE.replace("3.12", python)
    files = {"requirements.txt": required, "app.py": "import pkg_resources\n", "Dockerfile": dockerfile}
    plan = migrate(repo_of(files | {"Dockerfile.web": dockerfile}).root, UNLOCKED)
    assert after(plan, "pyproject.toml").count("setuptools<82") == is_added
    assert ("D321" in codes(plan)) == is_added


PACKAGE = (
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n'
    '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = []\n'
)


def test_project_that_the_dockerfile_installs_is_installed_behind_its_packages(repo_of: RepoMaker) -> None:
    dockerfile = DOCKERFILE + "RUN pip install --no-deps -e .\n"
    files = {"requirements.txt": "flask==3.0\n", "pyproject.toml": PACKAGE, "shop.py": "", "Dockerfile": dockerfile}
    new = after(migrate(repo_of(files).root, UNLOCKED), "Dockerfile")
    first, second = new.index("--no-install-project"), new.rindex("uv sync --locked --no-dev\n")
    assert first < new.index("COPY . .") < second
    assert "pip install" not in new


@pytest.mark.parametrize("pyproject", ["[project\n", '[project]\nname = "shop"\nversion = "1"\n', b"\xff"])
def test_project_that_cannot_be_installed_is_left(repo_of: RepoMaker, pyproject: str | bytes) -> None:
    files = {
        "requirements.txt": "flask\n",
        "pyproject.toml": pyproject,
        "Dockerfile": f"{DOCKERFILE}RUN pip install .\n",
    }
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert "Dockerfile" not in {change.path for change in plan.changes}


def test_packages_of_one_of_several_dockerfiles_are_a_group(repo_of: RepoMaker) -> None:
    files = {
        "Dockerfile": DOCKERFILE,
        "Dockerfile.web": INLINE,
        "web.Dockerfile": INLINE.replace("gunicorn", "uvicorn"),
    }
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | files).root, UNLOCKED)
    written = after(plan, "pyproject.toml")
    assert 'web = [\n    "gunicorn[setproctitle]==23.0.0",\n    "uvicorn[setproctitle]==23.0.0",\n]' in written
    assert '"flask==3.0",\n]' in written
    assert "--no-dev --group web" in after(plan, "Dockerfile.web")
    assert "--group" not in after(plan, "Dockerfile")
    assert codes(plan).count("D319") == 2


def test_packages_that_a_build_argument_chooses_are_a_group(repo_of: RepoMaker) -> None:
    chosen = 'ARG WITH_SIX=0\nRUN if [ "$WITH_SIX" = 1 ]; then pip install six==1.16.0; fi\n'
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n", "Dockerfile": DOCKERFILE + chosen}).root, UNLOCKED)
    assert 'with-six = [\n    "six==1.16.0",\n]' in after(plan, "pyproject.toml")
    assert "then uv sync --locked --no-install-project --no-dev --group with-six; fi" in after(plan, "Dockerfile")


def test_a_dockerfile_that_names_nothing_new_has_no_group(repo_of: RepoMaker) -> None:
    files = {"Dockerfile": DOCKERFILE, "Dockerfile.web": f"{DOCKERFILE}RUN pip install flask\n"}
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | files).root, UNLOCKED)
    assert "[dependency-groups]" not in after(plan, "pyproject.toml")
    assert "--group" not in after(plan, "Dockerfile.web")


TORCH = "RUN pip install torch==2.2.0 --index-url https://pypi.example/whl/cpu\n"


def test_index_of_the_dockerfile_is_one_of_the_project(repo_of: RepoMaker) -> None:
    dockerfile = DOCKERFILE.replace("pip install", "pip install -i https://user:swordfish@pypi.example/simple --pre")
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n", "Dockerfile": dockerfile}).root, UNLOCKED)
    written = after(plan, "pyproject.toml")
    assert 'url = "https://pypi.example/simple"' in written
    assert 'prerelease = "allow"' in written
    assert "swordfish" not in written + after(plan, "Dockerfile") + str(plan.findings) + str(plan.lines)
    assert {"D315", "D317"} <= set(codes(plan))


@pytest.mark.parametrize("required", ["flask==3.0\n", "torch==2.2.0\n"])
def test_index_for_one_package_is_its_source(repo_of: RepoMaker, required: str) -> None:
    dockerfile = DOCKERFILE.replace("RUN", f"{TORCH}RUN")
    plan = migrate(repo_of({"requirements.txt": required, "Dockerfile": dockerfile}).root, UNLOCKED)
    written = after(plan, "pyproject.toml")
    assert 'torch = { index = "pypi-example-whl-cpu" }' in written
    assert written.count("torch==2.2.0") == 1


def test_dockerfiles_with_contradicting_indexes_are_not_both_rewritten(repo_of: RepoMaker) -> None:
    texts = {
        f"Dockerfile{name}": DOCKERFILE.replace("install", f"install -i https://{host}.example/simple")
        for name, host in (("", "a"), (".dev", "b"))
    }
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | texts).root, UNLOCKED)
    assert "a.example" in after(plan, "pyproject.toml")
    assert "b.example" not in after(plan, "pyproject.toml")
    assert {change.path for change in plan.changes if change.path.startswith("Dockerfile")} == {"Dockerfile"}


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


def test_a_stray_python_version_file_does_not_choose_the_python_of_an_image(repo_of: RepoMaker) -> None:
    plan = migrate(
        repo_of({"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, ".python-version": "3.9\n"}).root, UNLOCKED
    )
    assert "UV_PYTHON=/usr/local/bin/python3\n" in after(plan, "Dockerfile")


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("debian:bookworm-slim", (3, 11)),
        ("debian:11", (3, 9)),
        ("debian:12.5", (3, 11)),
        ("ubuntu:22.04", (3, 10)),
        ("docker.io/library/ubuntu:noble", (3, 12)),
        ("nvidia/cuda:12.1.1-cudnn8-devel-ubuntu20.04", (3, 8)),
        ("nvidia/cuda:12.1.1-runtime-ubi8", None),
        ("debian", None),
        ("debian:stable-slim", None),
        ("ubuntu:18.04", (3, 6)),
        ("ubuntu:26.04", (3, 14)),
        ("ubuntu:latest", None),
        ("alpine:3.19", (3, 11)),
        ("alpine:3.22.1", (3, 12)),
        ("alpine:3.9", None),
        ("alpine:3", None),
        ("alpine", None),
        ("alpine:edge", None),
        ("node:20-alpine3.19", (3, 11)),
        ("node:20-alpine", None),
        ("node:20-bookworm-slim", (3, 11)),
        ("node:20-slim", None),
        ("node:22.04", None),
        ("golang:1.22-bookworm", (3, 11)),
        ("python:3.12-bookworm", None),
        ("selenium/node-chrome:bookworm", None),
        ("mcr.microsoft.com/playwright/python:v1.40.0-jammy", (3, 10)),
        ("mcr.microsoft.com/playwright:v1.40.0-jammy", None),
        ("registry.example/debian:12", None),
    ],
)
def test_python_of_a_distribution(image: str, version: tuple[int, int] | None) -> None:
    parsed = Image.parse(image)
    assert parsed
    release = release_of(parsed)
    assert (release and release.python) == (Version(*version) if version else None)


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
    files = {"requirements.txt": "flask\n", "Dockerfile": DOCKERFILE, "README.md": "", ".dockerignore": ignored}
    plan = migrate(repo_of(files | {"pyproject.toml": PROJECT.format(readme)}).root, UNLOCKED)
    assert after(plan, ".dockerignore") == expected


@pytest.mark.parametrize("text", ["[build-system", "[build-system]\n[project]\nreadme = 5\n", "project = 1\n"])
def test_a_project_file_that_names_no_readme(repo_of: RepoMaker, text: str) -> None:
    repo = repo_of({"Dockerfile": DOCKERFILE, "pyproject.toml": text, ".dockerignore": "*.md\n", "README.md": ""})
    change = surroundings.dockerignore(repo, "Dockerfile")
    assert isinstance(change, Change)
    assert change.after == "*.md\n.venv\n"
