"""The command line of the images' proof: the options of `uvmigrate compare`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from migrate.cli.choices import Project, choices, of_images, the_project, with_options, without
from migrate.options import Options

if TYPE_CHECKING:
    from migrate.images import Comparison

PROVEN, FAILED = 0, 1


class Format(StrEnum):
    """How a comparison is shown."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


@with_options(options=without(choices, "no_lock", "keep_requirements", "skip_docker"), images=of_images)
def compare(
    context: typer.Context,
    path: Project = None,
    *,
    before: Annotated[
        str | None, typer.Option("--before", metavar="REV", help="Build the old image from this git revision.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the images.")] = False,
    format_: Annotated[
        Format, typer.Option("--format", help="Show the comparison as text, JSON, Markdown or HTML.")
    ] = Format.TEXT,
    options: Options,
    images: dict[str, object],
) -> None:
    """Build the old image and the new one, show what became of size and time, and prove that they do the same."""
    from migrate.images import Request
    from migrate.images.compare import compare as compared

    request = replace(Request(options, before=before, keep=keep), **images)  # type: ignore[arg-type] # names of it
    with _progress() as announce:
        comparison = compared(the_project(context, path), request, announce)
    sys.stdout.write(_rendered(comparison, format_))
    sys.stdout.flush()
    raise typer.Exit(FAILED if comparison.has_failed else PROVEN)


def _rendered(comparison: "Comparison", format_: Format) -> str:
    if format_ is Format.JSON:
        from migrate.images.report.document import document

        return document(comparison)
    if format_ is Format.MARKDOWN:
        from migrate.images.report.markdown import markdown

        return markdown(comparison)
    if format_ is Format.HTML:
        from migrate.images.report.page import page

        return page(comparison)
    from migrate.images.report.terminal import terminal

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return terminal(comparison, colour=colour)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give the function that is told what happens: a line that changes on a terminal, lines in a pipe."""
    from migrate.report.escape import masked, one_line

    if not sys.stderr.isatty():
        yield lambda text: print(masked(one_line(text))[:200], file=sys.stderr, flush=True)  # noqa: T201
        return
    from rich.console import Console
    from rich.markup import escape

    console = Console(stderr=True, highlight=False)
    with console.status("comparing…") as status:
        yield lambda text: status.update(escape(masked(one_line(text))[: max(20, console.width - 4)]))
