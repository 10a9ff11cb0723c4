"""How far a campaign is: a bar that stays on its line of a terminal, or a line for each repository in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from migrate.batch.campaign import Announce, Show
from migrate.batch.model import Result, State
from migrate.batch.report.table import line
from migrate.batch.sources import Repository

_TROUBLE = frozenset({State.FAILED, State.BLOCKED})


@contextmanager
def shown_on(stream: TextIO) -> Iterator[tuple[Announce, Show]]:
    """Give the two functions that a campaign tells its progress to; they write to `stream`."""
    if not stream.isatty():
        yield lambda _: None, _lines(stream)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    counts: dict[State, int] = {}
    columns = (
        *(BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn()),
        *(TimeRemainingColumn(), TextColumn("{task.fields[states]}", markup=False)),
    )
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    with Progress(*columns, console=console, speed_estimate_period=300) as bar:
        task = bar.add_task("repositories", total=None, rate="", states="")

        def show(repository: Repository, result: Result) -> None:
            counts[result.state] = counts.get(result.state, 0) + 1
            states = ", ".join(f"{number} {state}" for state, number in counts.items())
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, states=states, rate=f"{speed * 60:.0f}/min" if speed else "")
            if result.state in _TROUBLE:
                console.print(line(repository, result), soft_wrap=True)

        yield lambda total: bar.update(task, total=total), show


def _lines(stream: TextIO) -> Callable[[Repository, Result], None]:
    def show(repository: Repository, result: Result) -> None:
        stream.write(f"{line(repository, result)}\n")
        stream.flush()

    return show
