"""`uvmigrate verify` with the real pip and the real uv."""

import json
import subprocess
from pathlib import Path

import pytest
from command_line import uvmigrate

DOCKERFILE = (
    "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
)
pytestmark = pytest.mark.network


def commit(project: Path, requirements: str) -> None:
    (project / "requirements.txt").write_text(requirements)
    subprocess.run(["git", "add", "-A"], cwd=project, check=True)
    user = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgSign=false")
    subprocess.run(["git", *user, "commit", "-qm", "x"], cwd=project, check=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "service"
    folder.mkdir()
    (folder / "Dockerfile").write_text(DOCKERFILE)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    commit(folder, "click==8.1.6\nitsdangerous\ncolorama==0.4.6 ; sys_platform == 'win32'\n")
    commit(folder, "click==8.1.7\nitsdangerous\n")
    return folder


def test_preview_is_what_pip_installs(project: Path) -> None:
    done = uvmigrate("verify", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Python 3.11, pip against the lock: 2 same, 0 changed, 0 added, 0 removed\n"
    assert not (project / "uv.lock").exists()


def test_after_apply_the_commit_is_compared(project: Path, tmp_path: Path) -> None:
    assert uvmigrate("apply", cwd=project).returncode == 0
    assert not (project / "requirements.txt").exists()
    done = uvmigrate("verify", str(project), "--format", "json", cwd=tmp_path)
    content = json.loads(done.stdout)
    assert done.returncode == 0
    assert {package["name"]: package["status"] for package in content["projects"][0]["packages"]} == {
        "click": "same",
        "itsdangerous": "same",
    }
    earlier = uvmigrate("verify", "--before", "HEAD~1", "--fast", cwd=project)
    assert earlier.returncode == 1
    assert "  changed  click  8.1.6 → 8.1.7\n" in earlier.stdout


def test_packages_that_the_dockerfile_names_count(project: Path) -> None:
    (project / "Dockerfile").write_text(DOCKERFILE + "RUN pip install --no-cache-dir packaging==24.0\n")
    done = uvmigrate("verify", "--fast", cwd=project)
    assert (done.returncode, done.stdout) == (
        0,
        "Python 3.11, uv against the lock: 3 same, 0 changed, 0 added, 0 removed\n",
    )


def test_constraints_that_the_dockerfile_names_count(project: Path) -> None:
    text = DOCKERFILE.replace(".\nRUN", ". .\nRUN").replace("COPY requirements.txt", "COPY", 1)
    (project / "Dockerfile").write_text(text.replace("install -r", "install -c constraints.txt -r"))
    (project / "requirements.txt").write_text("click\n")
    (project / "constraints.txt").write_text("click<8.1\nflask<2\n")
    done = uvmigrate("verify", cwd=project)
    assert (done.returncode, done.stdout) == (
        0,
        "Python 3.11, pip against the lock: 1 same, 0 changed, 0 added, 0 removed\n",
    )
    assert uvmigrate("apply", "--force", cwd=project).returncode == 0
    assert (
        'constraint-dependencies = [\n    "click<8.1",\n    "flask<2",\n]' in (project / "pyproject.toml").read_text()
    )
    assert 'name = "click"\nversion = "8.0.4"' in (project / "uv.lock").read_text()
    assert not (project / "constraints.txt").exists()


def test_folders_that_the_dockerfile_names_count(project: Path) -> None:
    (project / "libs/shared").mkdir(parents=True)
    (project / "libs/shared/pyproject.toml").write_text(
        '[project]\nname = "shared"\nversion = "7"\ndependencies = ["blinker"]\n'
    )
    text = DOCKERFILE.replace("COPY requirements.txt .", "COPY . .").replace("-r", "./libs/shared -r")
    (project / "Dockerfile").write_text(text)
    done = uvmigrate("verify", cwd=project)
    assert (done.returncode, done.stdout) == (
        0,
        "Python 3.11, pip against the lock: 4 same, 0 changed, 0 added, 0 removed\n",
    )


def test_date_counts_on_both_sides(project: Path) -> None:
    done = uvmigrate("verify", "--fast", "--as-of", "2024-01-01", cwd=project)
    assert (done.returncode, done.stdout) == (
        0,
        "Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed\n",
    )


def test_settings_of_this_machine_do_not_count(project: Path, tmp_path: Path) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://192.0.2.1/simple\n")
    done = uvmigrate("verify", cwd=project, PIP_CONFIG_FILE=str(settings), PIP_NO_INDEX="1")
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("requirements", "reason"),
    [
        ("click==8.1.7\nclick==8.1.6\n", "requirements.txt:2: no version of click satisfies"),
        ("click==8.1.7\n-r missing.txt\n", "requirements.txt:2: the included file missing.txt does not exist"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(project: Path, requirements: str, reason: str) -> None:
    commit(project, requirements)
    done = uvmigrate("verify", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("uvmigrate: ")
    assert done.stderr.count("\n") == 1
    assert reason in done.stderr


def test_revision_without_requirements(project: Path) -> None:
    assert uvmigrate("apply", cwd=project).returncode == 0
    subprocess.run(["git", "add", "-A"], cwd=project, check=True)
    user = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgSign=false")
    subprocess.run(["git", *user, "commit", "-qm", "x"], cwd=project, check=True)
    done = uvmigrate("verify", cwd=project)
    assert done.returncode == 2
    assert "name an earlier revision with --before" in done.stderr
    assert uvmigrate("verify", "--before", "HEAD~1", "--fast", cwd=project).returncode == 0
