"""Measures what uvmigrate costs beside the programs that it cannot do without; see README.md in this folder."""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from uv import find_uv_bin

PROJECT = Path(__file__).parent / "sixty"
UVMIGRATE = Path(sysconfig.get_path("scripts"), "uvmigrate")
AIM = 0.25  # seconds that a dry run may take beside `uv lock`
# With it, every start would compile every module again, which no user's start does after the first.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

Command = Sequence[str | Path]
Preparation = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two commands that were measured in turns; `name` and `base` say what they are, times are in seconds."""

    name: str
    base: str
    times: list[float]
    base_times: list[float]

    @property
    def ratio(self) -> float:
        """How many times as long the command takes as its base."""
        return median(self.times) / median(self.base_times)

    @property
    def remainder(self) -> float:
        """Seconds that the command takes longer than its base: the median over the rounds."""
        return median(time - base for time, base in zip(self.times, self.base_times, strict=True))


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command runs")
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="uvmigrate-benchmark-") as folder:
        start, dry_run = start_up(rounds), beside_uv_lock(rounds, Path(folder))
    print(f"{'command':<28}{'seconds':>9}   {'against':<18}{'seconds':>9}{'ratio':>8}{'remainder':>12}")
    for row in (start, dry_run):
        print(
            f"{row.name:<28}{median(row.times):>9.3f}   {row.base:<18}{median(row.base_times):>9.3f}"
            f"{row.ratio:>8.2f}{row.remainder:>10.3f} s"
        )
    verdict = "met" if dry_run.remainder < AIM else "missed"
    print(f"\nEverything that is not uv lock: {dry_run.remainder:.3f} s; aim {AIM} s, {verdict}. Rounds: {rounds}.")


def start_up(rounds: int) -> Comparison:
    """Compare `uvmigrate --version` with a Python that does nothing."""
    times = in_turns(rounds, [UVMIGRATE, "--version"], [sys.executable, "-c", "pass"])
    return Comparison("uvmigrate --version", "python -c pass", *times)


def beside_uv_lock(rounds: int, folder: Path) -> Comparison:
    """Compare a dry run with `uv lock` on the migrated project, both with a warm cache and without an old lock."""
    legacy, migrated = folder / "legacy", folder / "migrated"
    for copy in (legacy, migrated):
        shutil.copytree(PROJECT, copy)
    run([UVMIGRATE, "apply", migrated])
    times = in_turns(
        rounds,
        [UVMIGRATE, "--project", legacy, "--dry-run"],
        [find_uv_bin(), "lock", "--project", migrated],
        prepare_base=(migrated / "uv.lock").unlink,
    )
    return Comparison("uvmigrate --dry-run", "uv lock", *times)


def in_turns(
    rounds: int, command: Command, base: Command, prepare_base: Preparation = lambda: None
) -> tuple[list[float], list[float]]:
    """Run two commands one after the other, `rounds` times, after one round that does not count."""
    times, base_times = [], []
    for _ in range(rounds + 1):
        times.append(run(command))
        prepare_base()
        base_times.append(run(base))
    return times[1:], base_times[1:]


def run(command: Command) -> float:
    """Return the seconds that a command takes. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
