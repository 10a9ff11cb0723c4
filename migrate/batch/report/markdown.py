"""A campaign's results as a Markdown page: totals, findings by code, a table of repositories."""

import re
from collections.abc import Iterator

from migrate.batch.model import Results, State
from migrate.batch.report.data import count
from migrate.batch.report.totals import headline, totals
from migrate.findings import Severity
from migrate.report.escape import one_line


def page(results: Results) -> Iterator[str]:
    """Yield the parts of the page; no text of a repository is markup in it."""
    counted = totals(results)
    yield "# Campaign\n\n| outcome | repositories |\n| --- | ---: |\n"
    for state in State:
        if number := counted.states[state]:
            yield f"| {state} | {number} |\n"
    if counted.codes:
        yield "\n## Findings\n\n| code | severity | repositories | what it is |\n| --- | --- | ---: | --- |\n"
    for code, number in counted.by_weight:
        yield f"| {code} | {counted.severities[code]} | {number} | {_plain(headline(code))} |\n"
    yield "\n## Repositories\n\n| repository | outcome | errors | warnings | commit | reason |\n"
    yield "| --- | --- | ---: | ---: | --- | --- |\n"
    for repository, result in results():
        errors, warnings = count(result, Severity.ERROR), count(result, Severity.WARNING)
        cells = (repository.name, result.state, errors, warnings, result.request or result.commit[:12], result.reason)
        yield f"| {' | '.join(_plain(str(cell)) for cell in cells)} |\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|!~&@])", r"\\\1", one_line(text))
