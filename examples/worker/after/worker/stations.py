"""Stations and what they measured, as a file says it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml
from dateutil.parser import isoparse


class StationsError(Exception):
    pass


@dataclass(frozen=True)
class Station:
    name: str
    measurements: dict[datetime, float]

    @property
    def period(self) -> float:
        """Seconds between the first and the last measurement."""
        return (max(self.measurements) - min(self.measurements)).total_seconds()

    @property
    def mean(self) -> float:
        return sum(self.measurements.values()) / len(self.measurements)


def read(file: Path) -> list[Station]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        return [
            Station(name, {isoparse(time): float(value) for time, value in measurements.items()})
            for name, measurements in data["stations"].items()
        ]
    except OSError as error:
        raise StationsError(f"{file}: {error.strerror}") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise StationsError(f"{file} is not a file of stations: {error}") from error
