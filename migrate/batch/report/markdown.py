"""A campaign's results as a Markdown page: totals, findings by code, a table of repositories."""

import re
from collections.abc import Iterator

from migrate.batch.model import Results, State
from migrate.batch.report.data import count
from migrate.batch.report.images import cells, compared
from migrate.batch.report.totals import summary, totals
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
        yield f"| {code} | {counted.severities[code]} | {number} | {_plain(summary(code))} |\n"
    yield from _images(results)
    yield "\n## Repositories\n\n| repository | outcome | errors | warnings | commit | reason |\n"
    yield "| --- | --- | ---: | ---: | --- | --- |\n"
    for repository, result in results():
        errors, warnings = count(result, Severity.ERROR), count(result, Severity.WARNING)
        done = result.request or result.commit[:12]
        yield _row(repository.name, result.state, errors, warnings, done, result.reason)


def _images(results: Results) -> Iterator[str]:
    is_first = True
    for repository, result in results():
        if comparison := compared(result):
            if is_first:
                yield "\n## Images\n\n| repository | old | new | | proofs |\n| --- | ---: | ---: | --- | --- |\n"
            is_first = False
            yield _row(repository.name, *cells(comparison))


def _row(*texts: object) -> str:
    return f"| {' | '.join(_plain(str(text)) for text in texts)} |\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|!~&@])", r"\\\1", one_line(text))
