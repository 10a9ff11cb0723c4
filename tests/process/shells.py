"""Shell scripts to run, and the processes that they leave."""

import time
from collections.abc import Callable
from pathlib import Path

from migrate.process import Finished, run


def shell(script: str, folder: Path, timeout: float | None = None) -> Finished:
    return run(["sh", "-c", script], cwd=folder, timeout=timeout)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(fact: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not fact() and time.monotonic() < end:
        time.sleep(0.02)
    return fact()


def number_in(file: Path) -> int:
    assert eventually(lambda: file.exists() and file.read_text().endswith("\n")), f"{file} was not written"
    return int(file.read_text())
