"""A campaign's results for a terminal or a pipe: a line for each repository, and the table at the end."""

from collections.abc import Iterator

from migrate.batch.model import Result, Results, State
from migrate.batch.report.data import count
from migrate.batch.report.images import compared, sizes
from migrate.batch.report.totals import summary, totals
from migrate.batch.sources import Repository
from migrate.findings import Severity
from migrate.report.escape import one_line

_MOST = 50  # repositories that need a person; the reports have all


def line(repository: Repository, result: Result) -> str:
    """Return what came of one repository in one line."""
    errors, warnings = count(result, Severity.ERROR), count(result, Severity.WARNING)
    counts = [
        f"{number} {name}{'s' * (number > 1)}" for number, name in ((errors, "error"), (warnings, "warning")) if number
    ]
    done = result.request or result.commit[:12]
    details = "; ".join(filter(None, (*counts, sizes(compared(result)), done, result.reason)))
    name = f"{result.state:<9} {one_line(repository.name)}"
    return f"{name}  {result.seconds:.1f} s  {one_line(details)}".rstrip()


def table(results: Results) -> Iterator[str]:
    """Yield the lines of the final table: the repositories that need a person, errors and warnings by code, totals."""
    counted = totals(results)
    yield from _needing(results)
    serious = [each for each in counted.by_weight if counted.severities[each[0]] is not Severity.INFO]
    for code, repositories in serious:
        yield f"{repositories:>7}  {code} {counted.severities[code]}: {summary(code)}"
    if serious:
        yield ""
    if counted.sizes:
        yield f"{counted.sizes['repositories']:>7}  images measured: {counted.images}"
    for state in State:
        if number := counted.states[state]:
            yield f"{number:>7}  {state}"


def _needing(results: Results) -> Iterator[str]:
    needing = (pair for pair in results() if _needs_a_person(pair[1]))
    number = 0
    for number, pair in enumerate(needing, 1):
        if number > _MOST:
            yield "… and more; the reports have all"
            break
        yield line(*pair)
    if number:
        yield ""


def _needs_a_person(result: Result) -> bool:
    """Whether a repository is left, or a part of it: one of its projects, or what only a person can do."""
    return result.state in (State.FAILED, State.BLOCKED) or count(result, Severity.ERROR) > 0
