"""Measures what uvmigrate costs beside the programs that it cannot do without; see README.md in this folder."""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from uv import find_uv_bin

PROJECT = Path(__file__).parent / "sixty"
UVMIGRATE = Path(sysconfig.get_path("scripts"), "uvmigrate")
AIM = 0.25  # seconds that a dry run may take beside `uv lock`
# With that variable, every start would compile every module again, which no user's start does after the first.
ONLINE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
OFFLINE = ONLINE | {"UV_OFFLINE": "1"}

Command = Sequence[str | Path]
Environment = Mapping[str, str]


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
        rows = start_up(rounds), *dry_runs(rounds, Path(folder))
    print(f"{'command':<32}{'seconds':>9}   {'against':<20}{'seconds':>9}{'ratio':>8}{'remainder':>13}")
    for row in rows:
        print(
            f"{row.name:<32}{median(row.times):>9.3f}   {row.base:<20}{median(row.base_times):>9.3f}"
            f"{row.ratio:>8.2f}{row.remainder:>11.3f} s"
        )
    remainder = rows[-1].remainder
    verdict = "met" if remainder < AIM else "missed"
    print(f"\nEverything that is not uv lock: {remainder:.3f} s; aim {AIM} s, {verdict}. Rounds: {rounds}.")


def start_up(rounds: int) -> Comparison:
    """Compare `uvmigrate --version` with a Python that does nothing."""
    times = in_turns(rounds, [UVMIGRATE, "--version"], [sys.executable, "-c", "pass"], ONLINE)
    return Comparison("uvmigrate --version", "python -c pass", *times)


def dry_runs(rounds: int, folder: Path) -> tuple[Comparison, Comparison]:
    """Compare a dry run with `uv lock` on the migrated project, without an old lock: with PyPI, and without."""
    legacy, migrated = folder / "legacy", folder / "migrated"
    for copy in (legacy, migrated):
        shutil.copytree(PROJECT, copy)
    run([UVMIGRATE, "apply", migrated], ONLINE)
    dry_run: Command = [UVMIGRATE, "--project", legacy, "--dry-run"]
    lock: Command = [find_uv_bin(), "lock", "--project", migrated]
    old_lock = migrated / "uv.lock"
    online, offline = (in_turns(rounds, dry_run, lock, environment, old_lock) for environment in (ONLINE, OFFLINE))
    return (
        Comparison("uvmigrate --dry-run", "uv lock", *online),
        Comparison("uvmigrate --dry-run, offline", "uv lock, offline", *offline),
    )


def in_turns(
    rounds: int, command: Command, base: Command, environment: Environment, in_the_way: Path | None = None
) -> tuple[list[float], list[float]]:
    """Run two commands one after the other, `rounds` times, after one round that does not count.

    The file `in_the_way` is removed before each run of `base`. Returns the seconds of both.
    """
    times, base_times = [], []
    for _ in range(rounds + 1):
        times.append(run(command, environment))
        if in_the_way:
            in_the_way.unlink()
        base_times.append(run(base, environment))
    return times[1:], base_times[1:]


def run(command: Command, environment: Environment) -> float:
    """Return the seconds that a command takes. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
