"""Measures campaigns over generated repositories; see README.md in this folder."""

import argparse
import json
import os
import random
import resource
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

UVMIGRATE = Path(sysconfig.get_path("scripts"), "uvmigrate")
PINS = (
    "flask==3.0.3",
    "requests==2.32.3",
    "click==8.1.7",
    "gunicorn==22.0.0",
    "attrs==23.2.0",
    "idna==3.7",
    "six==1.16.0",
)
REFUSED = "this is no requirement"
DOCKERFILE = """FROM python:3.{minor}-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["python", "app.py"]
"""
_NOT_OF_USERS = ("VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")  # with the second, every start compiles every module anew
ONLINE = {name: value for name, value in os.environ.items() if name not in _NOT_OF_USERS}
OFFLINE = ONLINE | {"UV_OFFLINE": "1"}
FEW = 12  # repositories that together need all there is in PINS
MOST = 0.7  # of the repositories: one in ten is refused, one has nothing
STARTS = 100  # of Python, to see what two cores of this machine do for programs that start others
AIM_MEMORY, AIM_SPEED = 300, 1.7  # MB of the parent; times the throughput of one job


def generate(folder: Path, count: int, seed: int = 8) -> None:
    """Write repositories that differ in pins, comments, Dockerfile and size; one in ten is refused, one has nothing."""
    often, mostly, seldom = 0.7, 0.6, 0.2
    chance = random.Random(seed)  # noqa: S311 - the same repositories in every run
    for number in range(count):
        project = folder / f"service-{number:05}"
        project.mkdir(parents=True)
        (project / "app.py").write_text(f"print({number})\n" * chance.randint(1, 200))
        lines = [f"{pin}  # {number}" if chance.random() < seldom else pin for pin in PINS if chance.random() < mostly]
        fate = number % 10
        if fate == 0:
            lines.append(REFUSED)
        if fate != 1:
            (project / "requirements.txt").write_text("\n".join((*lines, "packaging==24.0", "")))
        if chance.random() < often:
            (project / "Dockerfile").write_text(DOCKERFILE.format(minor=chance.choice((11, 12, 13))))


@dataclass(frozen=True, slots=True)
class Measured:
    """A campaign: seconds on the clock and of processors, the parent's peak memory in MB, repositories by state."""

    seconds: float
    processor: float
    memory: int
    states: dict[str, int]


def campaign(sources: Path, folder: Path, *arguments: str, environment: Mapping[str, str] = OFFLINE) -> Measured:
    """Run a campaign, and measure it with all of its processes."""
    start = time.perf_counter()
    messages = folder.with_name(f"{folder.name}.messages")
    with messages.open("wb") as stream:
        process = subprocess.Popen(
            [UVMIGRATE, "batch", str(sources), "--campaign", str(folder), *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=stream,
        )
    peak = 0
    while True:
        peak = max(peak, resident(process.pid))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    if not (folder / "report.json").exists():
        end = messages.read_text(errors="replace")[-2000:]
        sys.exit(f"the campaign ended without a report, exit code {os.waitstatus_to_exitcode(status)}:\n{end}")
    states: dict[str, int] = {}
    for entry in json.loads((folder / "report.json").read_text())["repositories"]:
        states[entry["state"]] = states.get(entry["state"], 0) + 1
    return Measured(seconds, usage.ru_utime + usage.ru_stime, peak // 1024, states)


@dataclass(frozen=True, slots=True)
class Round:
    """The same repositories by one job, by two, and by a shell loop: seconds on the clock and of processors."""

    one: Measured
    two: Measured
    loop: tuple[float, float]
    machine: float  # how many times as many processes two loops start than one

    @classmethod
    def measured(cls, sources: Path, place: Path) -> "Round":
        """Measure all three in folders of their own."""
        place.mkdir()
        one, two = (campaign(sources, place / jobs, "--jobs", jobs) for jobs in ("1", "2"))
        return cls(one, two, loop(sources, place / "loop"), 2 * starting(1) / starting(2))


def starting(loops: int) -> float:
    """Return the seconds in which so many loops at once start Python STARTS times each."""
    command = f'for i in $(seq {STARTS}); do "$0" -I -S -c pass; done'
    start = time.perf_counter()
    for process in [subprocess.Popen(["sh", "-c", command, sys.executable]) for _ in range(loops)]:
        process.wait()
    return time.perf_counter() - start


def resident(pid: int) -> int:
    """Return the peak resident memory of a running process in KiB, 0 if it has ended. Linux only."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def loop(sources: Path, folder: Path) -> tuple[float, float]:
    """Do what a shell loop does, `uv init --bare && uv add -r` in a copy of each repository.

    Return the seconds on the clock and those of processors.
    """
    shutil.copytree(sources, folder)
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for project in sorted(folder.iterdir()):
        for command in ("init", "--bare"), ("add", "--no-sync", "-r", "requirements.txt"):
            subprocess.run([find_uv_bin(), *command], cwd=project, env=OFFLINE, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, processor


def main(arguments: Sequence[str]) -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000], help="repositories without a lock")
    parser.add_argument("--locked", type=int, default=100, help="repositories with a lock")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of the locked ones; medians count")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="uvmigrate-benchmark-") as scratch:
        place = Path(scratch)
        print(f"{'repositories':>12}{'seconds':>9}{'processor ms each':>19}{'parent MB':>11}  outcomes")
        for size in chosen.sizes:
            generate(place / f"{size}", size)
            done = campaign(place / f"{size}", place / f"c{size}", "--no-lock")
            outcome = verdict(done.memory < AIM_MEMORY and sum(done.states.values()) == size)
            each = done.processor / size * 1000
            print(f"{size:>12}{done.seconds:>9.1f}{each:>19.0f}{done.memory:>11}  {done.states}, {outcome}", flush=True)
        if not chosen.locked:
            return
        generate(place / "locked", chosen.locked)
        generate(place / "few", FEW)
        campaign(place / "few", place / "warm", environment=ONLINE)
        rounds = [Round.measured(place / "locked", place / f"round-{number}") for number in range(chosen.rounds)]
    if rounds[0].two.states.get("planned", 0) < MOST * chosen.locked:
        sys.exit(f"hardly a repository got a lock, so there is nothing to compare: {rounds[0].two.states}")
    seconds = median(each.two.seconds for each in rounds)
    print(
        f"\nWith a lock, {chosen.locked} repositories, warm cache, two jobs: {seconds:.1f} s, {rounds[0].two.states}."
    )
    print(f"Medians of {chosen.rounds} rounds, with all values:")
    ratios = [each.one.seconds / each.two.seconds for each in rounds]
    print(f"one job takes {shown(ratios)} times as long; aim {AIM_SPEED}, {verdict(median(ratios) >= AIM_SPEED)};")
    print(f"two loops that only start Python do {shown([each.machine for each in rounds])} times as much as one does;")
    ratios = [each.loop[0] / each.two.seconds for each in rounds]
    print(f"`uv init --bare && uv add -r` takes {shown(ratios)} times as long; aim 1, {verdict(median(ratios) > 1)};")
    print(f"of processor time it takes {shown([each.loop[1] / each.two.processor for each in rounds])} times as much.")


def shown(values: Sequence[float]) -> str:
    """Return the median of values, and all of them."""
    return f"{median(values):.2f} ({', '.join(f'{value:.2f}' for value in values)})"


def verdict(is_met: bool) -> str:
    """Return what became of an aim."""
    return "met" if is_met else "missed"


if __name__ == "__main__":
    main(sys.argv[1:])
