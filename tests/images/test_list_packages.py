"""What an image has is what its program can import, wherever pip has put it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from migrate.images import image

SCRIPT = Path(image.__file__).parent / "inside/list_packages.py"


def installed(folder: Path, name: str, version: str) -> Path:
    """Write the metadata of an installed distribution to a folder."""
    (folder / f"{name}-{version}.dist-info").mkdir(parents=True)
    about = folder / f"{name}-{version}.dist-info" / "METADATA"
    about.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    return folder


def listed(cwd: Path, **environment: str | Path) -> dict[str, Any]:
    """Return what the script finds, run as it is run in an image."""
    finished = subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), "-IBc", SCRIPT.read_text(encoding="utf-8")],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **{name: str(value) for name, value in environment.items()}},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def versions(cwd: Path, **environment: str | Path) -> dict[str, str]:
    return dict(listed(cwd, **environment)["versions"])


def test_modules_are_those_at_the_top_and_those_in_which_programs_begin(tmp_path: Path) -> None:
    info = installed(tmp_path, "told", "1.0") / "told-1.0.dist-info"
    (info / "RECORD").write_text("told/__init__.py,,\ntold/run.py,,\nother.py,,\n__pycache__/other.pyc,,\n")
    (info / "entry_points.txt").write_text(
        "[console_scripts]\ntold = told.run:main [extra]\nodd = told.9:main\n[told.plugins]\nx = told.plugins:x\n"
    )
    found = listed(tmp_path, PYTHONPATH=tmp_path)
    assert {name for name in found["modules"] if name.startswith(("told", "other"))} == {
        "told",
        "told.run",
        "other",
    }
    assert {"told", "odd"} <= set(found["scripts"])


@pytest.mark.parametrize("text", ["", "[console_scripts", "[gui_scripts]\nx = y:z\n", "x = y\n"])
def test_entry_points_that_tell_no_program(tmp_path: Path, text: str) -> None:
    info = installed(tmp_path, "told", "1.0") / "told-1.0.dist-info"
    (info / "entry_points.txt").write_text(text)
    assert not {"x", "y"} & {*listed(tmp_path, PYTHONPATH=tmp_path)["scripts"]}


def test_packages_of_the_user_count(tmp_path: Path) -> None:
    packages = tmp_path / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    installed(packages, "of-the-user", "1.0")
    assert versions(tmp_path, PYTHONUSERBASE=tmp_path)["of-the-user"] == "1.0"


def test_packages_of_pythonpath_come_first(tmp_path: Path) -> None:
    first, second = (installed(tmp_path / version, "told", version) for version in ("2.0", "1.0"))
    assert versions(tmp_path, PYTHONPATH=f"{first}:{second}")["told"] == "2.0"


@pytest.mark.parametrize("name", ["json", "csv", "subprocess", "configparser"])
def test_a_module_of_the_working_folder_hides_none_of_python(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')\n", encoding="utf-8")
    assert versions(tmp_path) is not None
