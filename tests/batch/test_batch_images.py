"""A campaign that compares images: what its requests and reports say, and what a failed proof stops."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from campaigns import bare, batch, committed, git, recorder, report
from comparisons import DOCKERFILE, SCHEMA, SERVICE, made

from migrate.images.report.document import document, parsed

pytestmark = [pytest.mark.docker, pytest.mark.network, pytest.mark.usefixtures("alone_with_images")]

ARGUMENTS = ("--campaign", "c", "--pr", "--forge", "github")
CHOICES = """\
compare = true
runs = 1
[repositories.differs]
probe = "which python"
[repositories.left]
compare = false
"""


def stored(campaign: Path) -> dict[str, Any]:
    with sqlite3.connect(campaign / "ledger.sqlite") as database:
        rows = dict(database.execute("SELECT repository, images FROM attempt").fetchall())
    database.close()
    return rows


def test_requests_and_reports_have_the_images_and_a_failed_proof_pushes_nothing(tmp_path: Path) -> None:
    remotes = {
        name: bare(tmp_path / "all" / f"{name}.git", files)
        for name, files in {
            "service": SERVICE,
            "library": {"requirements.txt": "markdown==3.5\n"},
            "left": {"requirements.txt": "markdown==3.5\n"},
        }.items()
    }
    running = SERVICE | {"app.py": f"{SERVICE['app.py']}import time\ntime.sleep(300)\n"}  # so that it can be asked
    folder = committed(tmp_path / "differs", running)
    git(folder, "remote", "add", "origin", str(bare(tmp_path / "origin.git", running)))
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "uvmigrate.toml").write_text(CHOICES)
    before = made()
    gh = recorder(tmp_path, "gh")
    done = batch(tmp_path, "differs", *map(str, remotes.values()), *ARGUMENTS, **gh)
    assert done.returncode == 1, done.stderr
    entries, rows = report(tmp_path / "c"), stored(tmp_path / "c")
    assert made() == before

    images = entries["service"]["images"]
    jsonschema.validate(images, SCHEMA)
    assert {proof["status"] for proof in images["proofs"]} <= {"passed", "unproven"}
    assert json.loads(rows["service"]) == images
    assert document(parsed(rows["service"])) == rows["service"]
    bodies = (tmp_path / "record.bodies").read_text()
    assert "## Old image against new image" in bodies
    assert "| image size |" in bodies
    assert "not compared: no Dockerfile differs" in bodies

    assert entries["differs"]["state"] == "blocked"
    assert entries["differs"]["reason"].startswith("proof failed: same answer to the probe: ")
    assert entries["differs"]["images"]["proofs"]
    assert (folder / "Dockerfile").read_text() == DOCKERFILE
    assert git(folder, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    for name, remote in remotes.items():
        assert entries[name]["state"] == "migrated"
        assert git(remote, "rev-parse", "uvmigrate") == entries[name]["commit"]
    assert entries["library"]["images"]["figures"] == []
    assert entries["left"]["images"] is None

    page = (tmp_path / "c" / "report.md").read_text()
    assert "## Images" in page
    assert "<h3>Images</h3>" in (tmp_path / "c" / "report.html").read_text()
    assert "images measured: " in done.stdout


def test_an_engine_that_fails_under_way_leaves_the_repository_for_later(tmp_path: Path) -> None:
    remote = bare(tmp_path / "service.git", SERVICE)
    engine = tmp_path / "bin" / "docker"
    engine.parent.mkdir()
    engine.write_text('#!/bin/sh\nmkdir "$0.asked" && exit 0\necho the engine has gone >&2\nexit 1\n')
    engine.chmod(0o755)
    arguments = (str(remote), "--campaign", "c", "--push", "--compare", "--engine", str(engine))
    assert batch(tmp_path, *arguments).returncode == 1
    entry = report(tmp_path / "c")["service"]
    assert (entry["state"], "the engine has gone" in entry["reason"]) == ("failed", True)
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
