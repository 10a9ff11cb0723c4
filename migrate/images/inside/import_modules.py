"""Runs inside an image on Python 3.6 or newer, in its working folder: prints as JSON which modules can be imported.

`modules`: name -> None, or why it cannot; `left_out`: how many modules of the working folder were too many. The
arguments are the seconds that all may take, a word, and the modules. With "own" those of the working folder are added;
with "alone" each has a minute and the image for itself. Each is imported in a process of its own, whose output is lost.
"""

import json
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple


class Way(NamedTuple):
    """How many modules work at once, how many are there with those that wait, and after which seconds one does not end.

    `quiet` are seconds without a sign of work, `longest` those in all.
    """

    workers: int
    processes: int
    quiet: float
    longest: float


TOGETHER = Way(min(os.cpu_count() or 1, 4), 16, quiet=5, longest=20)
ALONE = Way(1, 1, quiet=5, longest=20)
PATIENT = Way(1, 1, quiet=60, longest=60)
BUSY = 0.5  # seconds without a sign of work after which a module is one that waits, and the next one begins
SAMPLE = 0.1  # seconds between two looks at who works
MOST = 400  # modules of the working folder
ENDLESS, UNTRIED = "does not end", "there was no time left"
LACKING = ("ImportError", "ModuleNotFoundError")  # what no neighbour can be the reason of
NOT_THE_PROGRAM = {"__pycache__", "node_modules", "site-packages", "tests", "test", "build", "dist"}
OF_THE_SYSTEM = {  # below /, which is the working folder if nothing names one
    "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc", "root",
    "run", "sbin", "srv", "sys", "tmp", "usr", "var",
}  # fmt: skip


def own_modules() -> Iterator[str]:
    not_of_root = OF_THE_SYSTEM if os.getcwd() == "/" else set()
    for folder, below, files in os.walk("."):
        others = NOT_THE_PROGRAM | (not_of_root if folder == "." else set())
        below[:] = sorted(
            name
            for name in below
            if name.isidentifier()
            and name not in others
            and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        )
        for file in sorted(files):
            stem, suffix = os.path.splitext(file)
            if suffix == ".py" and stem.isidentifier() and stem not in {"setup", "conftest", "__main__"}:
                parts = os.path.normpath(folder).split(os.sep) if folder != "." else []
                yield ".".join(parts if stem == "__init__" and parts else parts + [stem])


class Attempt:
    """One module that is being imported."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.begun = self.active = time.time()
        self.used = 0
        self.reading, writing = os.pipe()
        self.child = os.fork()
        if not self.child:
            import_module(name, writing)
        os.close(writing)
        os.set_blocking(self.reading, False)

    def see(self, works: bool, used: int) -> None:
        if works or used > self.used:
            self.active, self.used = time.time(), used

    def status(self) -> Optional[int]:
        done, code = os.waitpid(self.child, os.WNOHANG)
        return code if done else None

    def end(self, status: Optional[int]) -> Optional[str]:
        """Stop what is left of the process and return what it said, also if one that it started goes on."""
        for kill in (os.killpg, os.kill):  # a process that has just begun leads no group yet
            with suppress(OSError):
                kill(self.child, signal.SIGKILL)
        if status is None:
            os.waitpid(self.child, 0)
        try:
            why = os.read(self.reading, 1000).decode("utf-8", "replace")
        except BlockingIOError:
            why = ""
        os.close(self.reading)
        return None if status == 0 else why or "ends its process"


def import_module(name: str, writing: int) -> None:
    why = ""
    try:
        os.setsid()
        empty = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(empty, stream)
        __import__(name)
    except BaseException as error:
        why = "{}: {}".format(type(error).__name__, error)
    try:
        os.write(writing, why.encode("utf-8", "replace")[:300])
    finally:
        os._exit(1 if why else 0)


def sessions() -> Dict[int, Tuple[bool, int]]:
    """Return of each session whether a process of it computes or reads a disk, and how long they have computed."""
    found: Dict[int, Tuple[bool, int]] = {}
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/{}/stat".format(process), encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        works, used = found.get(int(fields[3]), (False, 0))
        found[int(fields[3])] = (works or fields[0] in "RD", used + int(fields[11]) + int(fields[12]))
    return found


def may_begin(attempts: List[Attempt], way: Way, now: float) -> bool:
    working = [each for each in attempts if now - each.active < BUSY]
    return len(attempts) < way.processes and len(working) < way.workers


def answers(names: Sequence[str], deadline: float, way: Way) -> Dict[str, Optional[str]]:
    found: Dict[str, Optional[str]] = {}
    waiting = list(reversed(names))
    attempts: List[Attempt] = []
    sampled = 0.0
    while waiting or attempts:
        now = time.time()
        while waiting and now < deadline and may_begin(attempts, way, now):
            attempts.append(Attempt(waiting.pop()))
        if now - sampled > SAMPLE:
            sampled, seen = now, sessions()
            for each in attempts:
                each.see(*seen.get(each.child, (False, 0)))
        for each in list(attempts):
            status = each.status()
            is_over = now - each.begun > way.longest or now - each.active > way.quiet
            if status is not None:
                found[each.name] = each.end(status)
            elif is_over or now > deadline:
                each.end(None)
                found[each.name] = ENDLESS if is_over else UNTRIED
            else:
                continue
            attempts.remove(each)
        if now > deadline:
            found.update((name, UNTRIED) for name in waiting)
            waiting = []
        time.sleep(0.002)
    return found


def is_doubtful(why: Optional[str]) -> bool:
    """Whether a module may have failed because of one that was imported beside it."""
    return why is not None and why not in (ENDLESS, UNTRIED) and not why.startswith(LACKING)


def main() -> None:
    deadline, how = time.time() + float(sys.argv[1]), sys.argv[2]
    sys.path.insert(0, "")
    names = list(dict.fromkeys(sys.argv[3:]))
    own = [name for name in dict.fromkeys(own_modules()) if name not in names] if how == "own" else []
    names += own[:MOST]
    found = answers(names, deadline, PATIENT if how == "alone" else TOGETHER)
    for name, why in answers([name for name, why in found.items() if is_doubtful(why)], deadline, ALONE).items():
        if why != UNTRIED:
            found[name] = why
    json.dump({"modules": {name: found[name] for name in names}, "left_out": len(own[MOST:])}, sys.stdout)


if __name__ == "__main__":
    main()
