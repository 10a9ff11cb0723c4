"""Runs inside an image on Python 3.6 or newer, in its working folder: prints as JSON which modules can be imported.

`modules`: name -> None, or why it cannot. The arguments are the seconds that all may take, and the modules; those of
the working folder are added. Each is imported in a process of its own, whose output is lost.
"""

import json
import os
import signal
import sys
import time
from typing import Dict, Iterator, Optional

LONGEST = 20.0  # seconds for one module
MOST = 400  # modules of the working folder
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


def imported(name: str, deadline: float) -> Optional[str]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.setsid()
        why = ""
        try:
            empty = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(empty, stream)
            __import__(name)
        except BaseException as error:
            why = "{}: {}".format(type(error).__name__, error)
        os.write(writing, why.encode("utf-8", "replace")[:300])
        os._exit(1 if why else 0)
    os.close(writing)
    status = None
    while time.time() < deadline:
        done, code = os.waitpid(child, os.WNOHANG)
        if done:
            status = code
            break
        time.sleep(0.002)
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:
        pass
    if status is None:
        os.waitpid(child, 0)
        os.close(reading)
        return "does not end"
    with os.fdopen(reading, "rb") as pipe:
        why = pipe.read().decode("utf-8", "replace")
    return None if status == 0 else why or "ends its process"


def main() -> None:
    whole = time.time() + float(sys.argv[1])
    sys.path.insert(0, "")
    names = list(sys.argv[2:])
    names += [name for _, name in zip(range(MOST), own_modules()) if name not in names]
    found: Dict[str, Optional[str]] = {}
    for name in names:
        deadline = min(whole, time.time() + LONGEST)
        found[name] = imported(name, deadline) if time.time() < whole else "there was no time left"
    json.dump({"modules": found}, sys.stdout)


if __name__ == "__main__":
    main()
