"""Prints a report on the measurements of some stations."""

import argparse
import sys
from pathlib import Path

from worker.report import FORMATS, report
from worker.stations import StationsError, read


def main() -> int:
    parser = argparse.ArgumentParser(prog="worker", description=__doc__)
    parser.add_argument("file", type=Path, help="stations and their measurements, as YAML")
    parser.add_argument("--format", choices=FORMATS, default="table")
    arguments = parser.parse_args()
    try:
        print(report(read(arguments.file), FORMATS[arguments.format]))
    except StationsError as error:
        print(f"worker: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
