"""What an image has is what its program can import, wherever pip has put it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.images import image

SCRIPT = Path(image.__file__).parent / "inside/list_packages.py"


def installed(folder: Path, name: str, version: str) -> Path:
    """Write the metadata of an installed distribution to a folder."""
    (folder / f"{name}-{version}.dist-info").mkdir(parents=True)
    about = folder / f"{name}-{version}.dist-info" / "METADATA"
    about.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    return folder


def versions(cwd: Path, **environment: str | Path) -> dict[str, str]:
    """Return the versions that the script finds, run as it is run in an image."""
    listed = subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), "-IBc", SCRIPT.read_text(encoding="utf-8")],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **{name: str(value) for name, value in environment.items()}},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return dict(json.loads(listed.stdout)["versions"])


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
