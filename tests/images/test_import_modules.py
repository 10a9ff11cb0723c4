"""Which modules of the working folder are tried, how several are at once, and what is said of each."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from migrate.images import image
from migrate.images.model import ENDLESS, UNTRIED

SCRIPT = Path(image.__file__).parent / "inside/import_modules.py"
DOWN = "RuntimeError: down"
FILES = {
    "app.py": "",
    **dict.fromkeys(("shop/__init__.py", "shop/tests/check.py", "setup.py"), "raise RuntimeError('down')\n"),
    **dict.fromkeys(("usr/local/lib/found.py", "var/kept.py"), "raise RuntimeError('down')\n"),
}
# A second is short for a module that waits, and enough for the tests.
QUICK = SCRIPT.read_text(encoding="utf-8").replace("quiet=5, longest=20", "quiet=1, longest=6")
WAITING = "import time\ntime.sleep(600)\n"
ONE_AT_A_TIME = """\
import os, time
os.close(os.open("busy", os.O_CREAT | os.O_EXCL))
time.sleep(0.7)
os.remove("busy")
"""
COMPUTING = "import time\nend = time.time() + 2.5\nwhile time.time() < end: pass\n"
WORKER_COMPUTES = f"import subprocess, sys\nsubprocess.check_call([sys.executable, '-c', {COMPUTING!r}])\n"
LEAVES_A_SERVICE = "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(4)\n    os._exit(0)\n"


def ask(folder: Path, files: Mapping[str, str], *arguments: str, program: str = QUICK) -> Any:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-Bc", program, *(arguments or ("60", "own"))]
    return json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout)


def imported(folder: Path, files: Mapping[str, str], *arguments: str, program: str = QUICK) -> dict[str, str | None]:
    found: dict[str, str | None] = ask(folder, files, *arguments, program=program)["modules"]
    return found


def test_the_modules_of_the_program(tmp_path: Path) -> None:
    assert imported(tmp_path, FILES) == {"app": None, "shop": DOWN, "usr.local.lib.found": DOWN, "var.kept": DOWN}


def test_the_system_is_no_program(tmp_path: Path) -> None:
    program = f"import os\nos.getcwd = lambda: '/'\n{QUICK}"
    assert imported(tmp_path, FILES, program=program) == {"app": None, "shop": DOWN}


@pytest.mark.parametrize("how", ["these", "alone"])
def test_only_what_is_asked_for(tmp_path: Path, how: str) -> None:
    assert imported(tmp_path, FILES, "60", how, "shop", "json") == {"shop": DOWN, "json": None}


def test_more_modules_than_are_tried_are_counted(tmp_path: Path) -> None:
    found = ask(tmp_path, FILES, program=QUICK.replace("MOST = 400", "MOST = 3"))
    assert (len(found["modules"]), found["left_out"]) == (3, 1)


def test_those_that_wait_do_so_together(tmp_path: Path) -> None:
    files = {f"wait{number}.py": WAITING for number in range(12)} | {"work.py": ""}
    begun = time.monotonic()
    assert imported(tmp_path, files) == {f"wait{number}": ENDLESS for number in range(12)} | {"work": None}
    assert time.monotonic() - begun < 12  # one after the other they would take a second each, and start Python anew


@pytest.mark.parametrize("text", [COMPUTING, WORKER_COMPUTES])
def test_one_that_works_is_not_given_up(tmp_path: Path, text: str) -> None:
    assert imported(tmp_path, {"work.py": text}) == {"work": None}


def test_one_that_works_for_ever_is(tmp_path: Path) -> None:
    assert imported(tmp_path, {"work.py": "while True: pass\n"}) == {"work": ENDLESS}


def test_one_that_waits_has_longer_alone(tmp_path: Path) -> None:
    files = {"slow.py": "import time\ntime.sleep(2)\n"}
    assert imported(tmp_path, files) == {"slow": ENDLESS}
    assert imported(tmp_path, {}, "60", "alone", "slow") == {"slow": None}


def test_those_that_disturb_each_other_are_tried_again(tmp_path: Path) -> None:
    files = {f"one{number}.py": ONE_AT_A_TIME for number in range(3)}
    assert imported(tmp_path, files) == dict.fromkeys(("one0", "one1", "one2"))


def test_a_process_that_stays_behind_is_not_waited_for(tmp_path: Path) -> None:
    begun = time.monotonic()
    assert imported(tmp_path, {"service.py": LEAVES_A_SERVICE}) == {"service": None}
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nothing_like_it\n", "ModuleNotFoundError: No module named 'nothing_like_it'"),
        ("raise SystemExit(3)\n", "SystemExit: 3"),
        ("import os\nos._exit(3)\n", "ends its process"),
        ("import os\nos.closerange(0, 100)\nraise RuntimeError('down')\n", "ends its process"),
        ("input()\n", "EOFError: EOF when reading a line"),
    ],
)
def test_the_reason(tmp_path: Path, text: str, why: str) -> None:
    assert imported(tmp_path, {"app.py": text}) == {"app": why}


def test_what_there_is_no_time_for_is_said(tmp_path: Path) -> None:
    assert imported(tmp_path, {"app.py": WAITING}, "0.3", "own", "json") == {"json": None, "app": UNTRIED}
    assert imported(tmp_path, {}, "-1", "own", "json") == {"json": UNTRIED, "app": UNTRIED}
