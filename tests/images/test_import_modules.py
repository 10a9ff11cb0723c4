"""Which modules of the working folder are tried, and what is said of each."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.images import image

SCRIPT = Path(image.__file__).parent / "inside/import_modules.py"
FILES = ("app.py", "shop/__init__.py", "shop/tests/check.py", "usr/local/lib/found.py", "var/kept.py", "setup.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("" if name == "app.py" else "raise RuntimeError('down')\n", encoding="utf-8")
    return tmp_path


def imported(folder: Path, before: str = "") -> dict[str, str | None]:
    program = f"{before}\n{SCRIPT.read_text(encoding='utf-8')}"
    finished = subprocess.run(
        [sys.executable, "-Bc", program, "60"], cwd=folder, check=True, capture_output=True, text=True
    )
    found: dict[str, str | None] = json.loads(finished.stdout)["modules"]
    return found


def test_the_modules_of_the_program(folder: Path) -> None:
    down = "RuntimeError: down"
    assert imported(folder) == {"app": None, "shop": down, "usr.local.lib.found": down, "var.kept": down}


def test_the_system_is_no_program(folder: Path) -> None:
    assert imported(folder, "import os\nos.getcwd = lambda: '/'") == {"app": None, "shop": "RuntimeError: down"}
