"""The reports of a campaign, written from its ledger one repository at a time."""

from pathlib import Path

from migrate.batch.model import Results
from migrate.batch.report import data, html, markdown

_WRITERS = {
    "report.json": data.as_json,
    "report.csv": data.as_csv,
    "report.md": markdown.page,
    "report.html": html.page,
}


def write_all(folder: Path, results: Results) -> None:
    """Write report.json, report.csv, report.md and report.html into a folder.

    An old report stays complete until the new one is. Raises OSError.
    """
    for name, writer in _WRITERS.items():
        draft = folder / f"{name}.draft"
        with draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(writer(results))
        draft.replace(folder / name)
