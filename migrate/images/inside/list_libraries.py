"""Runs inside an image, as root, on Python 3.6 or newer: prints as JSON which shared libraries its binaries lack.

`missing`: path below the environment -> names that `ldd` does not find; `count`: how many binaries were asked.
`why` is set if the image has no `ldd`.
"""

import json
import os
import shutil
import subprocess
import sys
from typing import Dict, Iterator, List


def binaries(folder: str) -> Iterator[str]:
    for place, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(place, name)
            if not os.path.islink(path) and os.path.isfile(path):
                with open(path, "rb") as file:
                    if file.read(4) == b"\x7fELF":
                        yield path


def missing(path: str) -> List[str]:
    process = subprocess.run(["ldd", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=30)
    lines = process.stdout.decode("utf-8", "replace").splitlines()
    found = [line.split()[0] for line in lines if "not found" in line and "version" not in line]
    found += [line.split(":")[1].split()[-1] for line in lines if "Error loading shared library" in line]
    return sorted(set(found))


def main() -> None:
    if shutil.which("ldd") is None:
        json.dump({"missing": {}, "count": 0, "why": "the image has no ldd"}, sys.stdout)
        return
    found: Dict[str, List[str]] = {}
    count = 0
    for place in sys.path:
        if os.path.basename(place) not in {"site-packages", "dist-packages"}:
            continue
        for path in binaries(place):
            count += 1
            names = missing(path)
            if names:
                found[os.path.relpath(path, place)] = names
    json.dump({"missing": found, "count": count}, sys.stdout)


if __name__ == "__main__":
    main()
