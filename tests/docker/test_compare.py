"""The command as a whole: figures, proofs, failures that need one sentence, and nothing that stays behind."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from comparisons import DOCKERFILE, SCHEMA, SERVICE, made

from migrate.images.engine import Engine, EngineFailed

pytestmark = [pytest.mark.docker, pytest.mark.usefixtures("alone_with_images")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in SERVICE.items():
        (folder / name).write_text(text)
    return folder


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "migrate", "compare", str(folder), *options]


def run(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, *options), capture_output=True, text=True, check=False, env=os.environ | environment
    )


@pytest.mark.network
def test_a_project_against_its_preview(engine: Engine, project: Path) -> None:
    before = made()
    finished = run(project, "--format", "json")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    document = json.loads(finished.stdout)
    jsonschema.validate(document, SCHEMA)
    assert all(figure["before"] and figure["after"] for figure in document["figures"]), document["figures"]
    assert {proof["status"] for proof in document["proofs"]} == {"passed"}
    assert engine.name not in finished.stdout
    assert made() <= before
    assert sorted(path.name for path in project.iterdir()) == ["Dockerfile", "app.py", "requirements.txt"]


@pytest.mark.network
def test_a_broken_old_build_is_said_and_the_new_one_proven(engine: Engine, project: Path) -> None:
    assert engine.program == "docker"
    (project / "Dockerfile").write_text(DOCKERFILE.replace("RUN pip", "RUN pip install --upgrade pip==0.0.1 && pip"))
    before = made()
    finished = run(project, "--format", "json")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    document = json.loads(finished.stdout)
    assert "the old image does not build, so it was broken before" in document["notes"][0]
    assert {proof["name"] for proof in document["proofs"]} == {"libraries", "leftovers", "secrets"}
    assert all(not figure["before"] for figure in document["figures"])
    assert made() <= before


@pytest.mark.network
def test_what_every_build_makes_anew_is_no_difference(engine: Engine, project: Path) -> None:
    assert engine.program == "docker"
    (project / "Dockerfile").write_text(f"{DOCKERFILE}RUN head -c 16 /dev/urandom > /made\n")
    before = made()
    finished = run(project, "--format", "json")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (files,) = (proof for proof in json.loads(finished.stdout)["proofs"] if proof["name"] == "files")
    assert any(each.startswith("other in every build: ") for each in files["explained"])
    assert made() <= before


@pytest.mark.network
def test_a_difference_is_exit_code_1(engine: Engine, project: Path) -> None:
    assert engine.program == "docker"
    done = subprocess.run(
        [sys.executable, "-m", "migrate", "apply", str(project), "--force"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    shutil.copytree(project, project.parent / "migrated")
    migrated = project.parent / "migrated"
    subprocess.run(["git", "init", "-q"], cwd=migrated, check=True)
    new = {path.name: path.read_text() for path in migrated.iterdir() if path.is_file()}
    for name in new:
        (migrated / name).unlink()
    (migrated / "requirements.txt").write_text("markdown==3.4.4\n")
    (migrated / "app.py").write_text(new["app.py"])
    (migrated / "Dockerfile").write_text(DOCKERFILE)
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", "add", "."], cwd=migrated, check=True)
    subprocess.run(["git", *identity, "commit", "-qm", "old"], cwd=migrated, check=True)
    (migrated / "requirements.txt").unlink()
    for name, text in new.items():
        (migrated / name).write_text(text)
    finished = run(migrated)
    assert finished.returncode == 1, finished.stderr
    assert "markdown: 3.4.4 became 3.5" in finished.stdout


@pytest.mark.network
def test_nothing_is_left_when_nobody_reads_any_more(engine: Engine, project: Path) -> None:
    assert engine.program == "docker"
    before = made()
    running = subprocess.Popen(command(project), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    next(line for line in running.stderr if "cold-0" in line)
    running.stderr.close()
    running.wait(timeout=300)
    assert made() <= before


@pytest.mark.network
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["cold-0: RUN", "starting"])
def test_an_interrupt_leaves_nothing_behind(engine: Engine, project: Path, number: signal.Signals, moment: str) -> None:
    assert engine.program == "docker"
    before = made()
    running = subprocess.Popen(command(project), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    for line in running.stderr:
        if moment in line:
            break
    time.sleep(0.3)
    running.send_signal(number)
    said = running.communicate(timeout=120)[1]
    assert running.returncode == 130, said
    assert "Traceback" not in said
    assert made() <= before


@pytest.mark.parametrize(
    ("engine_option", "reason"),
    [
        ("nothing-like-it", "nothing-like-it is not installed or not on PATH"),
        ("false", "false is installed, but its engine does not answer"),
    ],
)
def test_no_engine_is_one_sentence(project: Path, engine_option: str, reason: str) -> None:
    finished = run(project, "--engine", engine_option)
    assert (finished.returncode, finished.stdout) == (2, "")
    assert re.fullmatch(rf"uvmigrate: {re.escape(reason)}.*\n", finished.stderr)


def test_a_container_that_the_engine_does_not_start_is_no_fault_of_the_image(engine: Engine) -> None:
    options = ("--sysctl", "net.ipv4.no_such_setting=1")
    with (
        engine.container("python:3.11-slim", options, ("true",)) as container,
        pytest.raises(EngineFailed, match=r"builds images but starts no container: .*no_such_setting"),
    ):
        engine.started(container)


@pytest.mark.parametrize("program", ["no-such-program", "/etc", "/etc/passwd"])
def test_a_program_that_is_none_is_no_fault_of_the_engine(engine: Engine, program: str) -> None:
    assert engine.executed("python:3.11-slim", (program,)).returncode


def test_no_engine_at_all(project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    finished = run(project, PATH=str(tmp_path / "empty"))
    assert finished.returncode == 2
    assert finished.stderr.startswith("uvmigrate: there is no engine to build images with")
    assert finished.stderr.count("\n") == 1


def test_an_engine_that_does_not_answer(project: Path) -> None:
    if shutil.which("docker") is None:
        pytest.skip("docker is not installed")
    finished = run(project, "--engine", "docker", DOCKER_HOST="unix:///nowhere.sock")
    assert finished.returncode == 2
    assert "its engine does not answer" in finished.stderr


def test_buildah_needs_podman(project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    finished = run(project, "--engine", "buildah", PATH=str(tmp_path / "empty"))
    assert finished.returncode == 2
    assert "podman, which has the same images, is not installed" in finished.stderr
