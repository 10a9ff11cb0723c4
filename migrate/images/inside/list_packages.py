"""Runs inside an image on Python 3.6 or newer: prints as JSON where its `python` lives and what is installed there.

`versions`: name -> version of each distribution, the first on the path; `scripts`: the programs that they bring;
`modules`: what can be imported at the top level, and the modules in which programs begin. Metadata is read, nothing is
imported. Places are those that the program's own `python` searches: the user's packages and PYTHONPATH too, which the
isolated one that runs this lacks.
"""

import configparser
import csv
import json
import os
import subprocess
import sys
from email.parser import HeaderParser
from typing import Dict, Iterator, List, Set

SUFFIXES = (".py", ".so", ".pyd")


def text(folder: str, *names: str) -> str:
    for name in names:
        path = os.path.join(folder, name) if name else folder
        if os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                return file.read()
    return ""


def rows(folder: str) -> List[str]:
    record = text(folder, "RECORD")
    if record:
        return [row[0] for row in csv.reader(record.splitlines()) if row]
    return text(folder, "installed-files.txt").split("\n")


def entry_points(folder: str) -> Dict[str, str]:
    points = configparser.RawConfigParser(delimiters=("=",), strict=False)
    points.optionxform = str  # type: ignore[assignment, method-assign]
    try:
        points.read_string(text(folder, "entry_points.txt"))
        return dict(points.items("console_scripts"))
    except configparser.Error:
        return {}


def scripts(folder: str, files: List[str]) -> Iterator[str]:
    for name in entry_points(folder):
        yield name
    for path in files:
        if os.path.basename(os.path.dirname(path)) == "bin" and path.startswith(".."):
            yield os.path.basename(path)


def modules(folder: str, files: List[str]) -> Iterator[str]:
    for line in text(folder, "top_level.txt").split():
        yield line
    for place in entry_points(folder).values():
        yield place.partition(":")[0].strip()
    for path in files:
        first, _, rest = path.partition("/")
        if rest == "__init__.py":
            yield first
        elif not rest and first.endswith(SUFFIXES):
            yield first.partition(".")[0]


def can_be_named(module: str) -> bool:
    return all(part.isidentifier() and not part.startswith("__") for part in module.split("."))


def places() -> List[str]:
    asked = [sys.executable, "-Bc", r"import sys; print('\n'.join(sys.path))"]
    return subprocess.check_output(asked, universal_newlines=True).splitlines()


def main() -> None:
    versions: Dict[str, str] = {}
    programs: Set[str] = set()
    importable: Set[str] = set()
    for place in places():
        for name in sorted(os.listdir(place)) if place and os.path.isdir(place) else ():
            folder = os.path.join(place, name)
            if not name.endswith((".dist-info", ".egg-info")):
                continue
            about = HeaderParser().parsestr(text(folder, "METADATA", "PKG-INFO", ""))
            project, version = about["Name"], about["Version"]
            if not project or project in versions:
                continue
            versions[project] = version or ""
            if os.path.isdir(folder):
                files = rows(folder)
                programs.update(scripts(folder, files))
                importable.update(modules(folder, files))
    found = {
        "prefix": sys.prefix,
        "versions": versions,
        "scripts": sorted(programs),
        "modules": sorted(each for each in importable if can_be_named(each)),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
