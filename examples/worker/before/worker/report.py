"""Stations as text."""

from collections.abc import Iterable
from datetime import timedelta

from humanize import precisedelta
from tabulate import tabulate

from worker.stations import Station

FORMATS = {"table": "github", "plain": "plain", "tsv": "tsv"}


def report(stations: Iterable[Station], style: str) -> str:
    rows = [
        (station.name, len(station.measurements), precisedelta(timedelta(seconds=station.period)), station.mean)
        for station in stations
    ]
    return tabulate(rows, ("Station", "Measurements", "Period", "Mean"), tablefmt=style, floatfmt=".2f")
