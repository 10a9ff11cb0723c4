"""Measures what the ladder of Python ranges costs beside plain `uv lock`; see README.md in this folder."""

import argparse
import tempfile
from pathlib import Path
from statistics import median

from command import OFFLINE, ONLINE, PROJECT, UVMIGRATE, Command, Comparison, in_turns, run
from uv import find_uv_bin

# The requirements that lock on the first, the second and the third rung.
RUNGS = {
    "first rung (>=3.12)": ("3.12", (PROJECT / "requirements.txt").read_text(encoding="utf-8")),
    "second rung (==3.11.*)": ("3.11", "numpy==1.24.4\npandas==2.2.2\n"),
    "third rung (Linux only)": ("3.11", "jupyter-core==5.7.2\npywin32==228 ; sys_platform == 'win32'\n"),
}


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often each command runs")
    rounds: int = parser.parse_args().rounds
    print(f"{'lock on the':<26}{'uvmigrate':>10}{'uv lock':>9}{'ratio':>7}{'remainder':>12}")
    for name, (python, requirements) in RUNGS.items():
        with tempfile.TemporaryDirectory(prefix="uvmigrate-benchmark-") as folder:
            row = compared(name, Path(folder), python, requirements, rounds)
        base = median(row.base_times)
        print(f"{name:<26}{median(row.times):>10.3f}{base:>9.3f}{row.ratio:>7.2f}{row.remainder:>10.3f} s")


def compared(name: str, folder: Path, python: str, requirements: str, rounds: int) -> Comparison:
    """Compare a dry run with one `uv lock` on the project that comes out of it, offline and with a warm cache."""
    legacy, migrated = folder / "legacy", folder / "migrated"
    for copy in (legacy, migrated):
        copy.mkdir()
        (copy / "Dockerfile").write_text(f"FROM python:{python}-slim\n", encoding="utf-8")
        (copy / "requirements.txt").write_text(requirements, encoding="utf-8")
    run([UVMIGRATE, "apply", migrated], ONLINE)
    lock: Command = [find_uv_bin(), "lock", "--project", migrated]
    dry_run: Command = [UVMIGRATE, "--project", legacy, "--dry-run"]
    return Comparison(name, "uv lock", *in_turns(rounds, dry_run, lock, OFFLINE, migrated / "uv.lock"))


if __name__ == "__main__":
    main()
