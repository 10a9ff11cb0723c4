"""The examples: legacy applications as `before/`, what becomes of them as `after/`, what is said in `findings.txt`.

Run as a script it writes `after/` and `findings.txt` anew, of those that are named or of all.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from git_host import git_host
from uv import find_uv_bin

from migrate.apply import apply
from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Plan
from migrate.report.terminal import preview

FOLDER = Path(__file__).parent.parent / "examples"
NAMES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/before")))


def hosted(home: Path) -> dict[str, str]:
    """Put the repositories of the examples below `home`, and return the environment in which git finds them."""
    return git_host("acme", FOLDER / "git-dependencies" / "repositories", {"greetings": "v1.2.0"}, home)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder by relative path.

    Sizes are left out of uv.lock: not every copy of an index tells them.
    """
    return {
        path.relative_to(folder).as_posix(): without_sizes(path.name, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def without_sizes(name: str, data: bytes) -> bytes:
    """Return the content of a file; that of a lock without the sizes of packages."""
    return re.sub(rb", size = \d+", b"", data) if name.endswith("uv.lock") else data


def copied(name: str, side: str, target: Path) -> Path:
    """Return a fresh copy of one side of an example below `target`; its name is that of the folder in `examples/`."""
    return Path(shutil.copytree(FOLDER / name / side, target / side))


@cache
def has_python_for(name: str) -> bool:
    """Return whether uv has the Python that an example runs on, or can get it."""
    lock = next((FOLDER / name / "after").rglob("uv.lock"), None)
    if lock is None:
        return True
    wanted = tomllib.loads(lock.read_text(encoding="utf-8"))["requires-python"]
    commands = (["find", wanted], ["install", "--no-bin", wanted.removeprefix(">=")])
    return any(
        subprocess.run([find_uv_bin(), "python", *command], capture_output=True, check=False).returncode == 0
        for command in commands
    )


def findings_text(plan: Plan) -> str:
    """Return what the preview says below the changes."""
    text = preview(Plan((), plan.findings), colour=False, full_lock=False)
    return text.removesuffix("Nothing to change.\n").rstrip("\n")


def regenerate(name: str) -> None:
    """Write `after/` and `findings.txt` of an example anew."""
    example = FOLDER / name
    plan = migrate(example / "before", Options())
    old_locks = {path: path.read_bytes() for path in (example / "after").rglob("uv.lock")}
    shutil.rmtree(example / "after", ignore_errors=True)
    if plan.changes:
        shutil.copytree(example / "before", example / "after", ignore=shutil.ignore_patterns("__pycache__"))
        apply(example / "after", plan.changes, force=True)
        for path, old in old_locks.items():
            if path.exists() and without_sizes(path.name, path.read_bytes()) == without_sizes(path.name, old):
                path.write_bytes(old)
    said = findings_text(plan)
    (example / "findings.txt").write_text(said + "\n" if said else "", encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as home:
        os.environ |= hosted(Path(home))
        for each in sys.argv[1:] or NAMES:
            regenerate(each)
