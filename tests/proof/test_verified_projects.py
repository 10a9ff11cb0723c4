"""Which projects `verify` compares: real uv, an index on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import uvmigrate
from verified import COMPILED, IMAGE, index_on_loopback, verified


@pytest.fixture(autouse=True)
def _index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with index_on_loopback(tmp_path_factory.mktemp("cache")):
        yield


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"requirements.txt": "app==1.0\ndep==1.0\n"}, "2 same, 0 changed, 0 added, 0 removed"),
        ({"requirements.txt": COMPILED, "requirements.in": "app\n"}, "2 same, 0 changed, 0 added, 0 removed"),
        (
            {"requirements.txt": "-c constraints.txt\napp\n", "constraints.txt": "app==1.0\ndep==1.0\n"},
            "2 same, 0 changed, 0 added, 0 removed",
        ),
        ({"requirements.txt": "old-fashioned\napp<2\ndep\n"}, "3 same, 0 changed, 0 added, 0 removed"),
        ({"requirements.txt": "pkg-resources==0.0.0\napp==1.0\n"}, "2 same, 0 changed, 0 added, 0 removed"),
        ({"requirements.txt": "pywin32==306\napp==1.0\n"}, "2 same, 0 changed, 0 added, 0 removed"),
        (
            {"requirements.txt": "dep @ file:///croot/dep_167/work\napp==1.0\n"},
            "2 same, 0 changed, 0 added, 0 removed",
        ),
    ],
    ids=["pins", "compiled", "frozen constraints", "sdist that is built", "fossil", "Windows only", "conda"],
)
def test_nothing_changed(tmp_path: Path, files: dict[str, str | bytes], counts: str) -> None:
    code, text = verified(tmp_path, files | {"Dockerfile": IMAGE})
    assert (code, text) == (0, f"Python 3.11, uv against the lock: {counts}\n")


def test_pin_that_nothing_needs_is_announced(tmp_path: Path) -> None:
    files = {"requirements.txt": f"{COMPILED}idle==1.0\n    # via nothing\n", "requirements.in": "app\n"}
    code, text = verified(tmp_path, files | {"Dockerfile": IMAGE})
    assert code == 0
    assert "2 same, 0 changed, 0 added, 1 removed" in text
    assert "  removed  idle  1.0  (announced: R" in text


def test_each_project_is_compared(tmp_path: Path) -> None:
    files = {
        "api/Dockerfile": IMAGE,
        "api/requirements.txt": "app==1.0\n",
        "worker/Dockerfile": IMAGE,
        "worker/requirements.txt": "dep==1.0\n",
    }
    code, text = verified(tmp_path, files)
    assert code == 0
    assert text.splitlines() == [
        "api: Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed",
        "worker: Python 3.11, uv against the lock: 1 same, 0 changed, 0 added, 0 removed",
    ]


def test_projects_that_share_files_are_compared(tmp_path: Path) -> None:
    files = {"base.txt": "dep\n", "constraints.txt": "dep<2\n"}
    for name in ("api", "worker"):
        files |= {
            f"{name}/Dockerfile": "FROM python:3.11-slim\nWORKDIR /srv/app\nCOPY constraints.txt base.txt /srv/\n"
            f"COPY {name}/ .\nRUN pip install -r requirements.txt\n",
            f"{name}/requirements.txt": "-c ../constraints.txt\n-r ../base.txt\napp==1.0\n",
        }
    files["build.sh"] = "docker build -f api/Dockerfile .\ndocker build -f worker/Dockerfile .\n"
    code, text = verified(tmp_path, files)
    assert (code, text.splitlines()) == (
        0,
        [
            "api: Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed",
            "worker: Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed",
        ],
    )


def test_a_project_that_always_had_a_lock_does_not_hide_the_others(tmp_path: Path) -> None:
    files = {"api/Dockerfile": IMAGE, "api/requirements.txt": "app==1.0\n"}
    files |= {"lib/pyproject.toml": '[project]\nname = "lib"\nversion = "1"\n', "lib/uv.lock": "version = 1\n"}
    code, text = verified(tmp_path, files)
    assert (code, text) == (0, "api: Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed\n")


def test_a_project_without_a_lock_does_not_stop_the_comparison_of_others(tmp_path: Path) -> None:
    for name, text in (("api", "app==1.0\n"), ("worker", "app==1.0\nno requirement\n")):
        for file, content in (("Dockerfile", IMAGE), ("requirements.txt", text)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / file).write_text(content)
    done = uvmigrate("verify", "--fast", cwd=tmp_path)
    first, second = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert first == "api: Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed"
    assert second.startswith(
        "worker: not compared: the migration has no lock to compare with (worker/requirements.txt:2: "
    )
    document = json.loads(uvmigrate("verify", "--fast", "--format", "json", cwd=tmp_path).stdout)
    assert [bool(project["reason"]) for project in document["projects"]] == [False, True]
    (tmp_path / "api" / "requirements.txt").write_text("no requirement\n")
    done = uvmigrate("verify", "--fast", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("uvmigrate: the migration has no lock to compare with (api/requirements.txt:1: ")


def test_what_no_image_installs_by_itself_is_not_compared(tmp_path: Path) -> None:
    """The compiled files of two images, both from one file of production, whose newest versions nobody installs."""
    image = "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements/{}.txt\n"
    files = {"requirements/base.in": "app\n"}
    for name in ("cloud", "site"):
        files |= {
            f"{name}.Dockerfile": image.format(name),
            f"requirements/{name}.in": "-r base.in\n",
            f"requirements/{name}.txt": COMPILED.replace("requirements.in", f"requirements/{name}.in"),
        }
    code, text = verified(tmp_path, files)
    assert code == 0
    assert "0 same" not in text
    assert all(line.endswith("2 same, 0 changed, 0 added, 0 removed") for line in text.splitlines())


def test_requirements_in_utf_16_are_compared(tmp_path: Path) -> None:
    code, text = verified(tmp_path, {"Dockerfile": IMAGE, "requirements.txt": "dep==1.0\r\n".encode("utf-16")})
    assert (code, text) == (0, "Python 3.11, uv against the lock: 1 same, 0 changed, 0 added, 0 removed\n")


@pytest.mark.parametrize("option", ["--no-lock", "--keep-requirements", "--venv=/opt/venv", "--slim-runtime"])
def test_choices_without_a_meaning_are_refused(tmp_path: Path, option: str) -> None:
    done = uvmigrate("verify", option, cwd=tmp_path)
    assert done.returncode == 2
    assert "No such option" in done.stderr
