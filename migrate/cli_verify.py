"""The command line of the proof: the options of `uvmigrate verify`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from migrate.options import Options

SAME, DIFFERENT = 0, 1
UvPath = Annotated[str | None, typer.Option("--uv", help="The uv to lock with; default: PATH's, else the bundled one.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Lock as pip would have on a date, or at the requirements' last commit (git)."),
]


class Format(StrEnum):
    """How a comparison is shown."""

    TEXT = "text"
    JSON = "json"


def verify(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="The project's folder; default: this folder.")] = None,
    *,
    before: Annotated[str | None, typer.Option("--before", help="Compare with the files of this git revision.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Ask uv's resolver instead of pip's.")] = False,
    uv: UvPath = None,
    as_of: AsOf = None,
    format_: Annotated[Format, typer.Option("--format", help="Show the comparison as text or as JSON.")] = Format.TEXT,
) -> None:
    """Compare what pip installs from the old files with what uv installs from the lock."""
    if path and context.obj:
        raise typer.BadParameter("name the project once: with --project or as PATH")
    from migrate.proof import verify as compare
    from migrate.proof.report import document, table

    show = sys.stderr if sys.stderr.isatty() else None
    options = Options(uv=uv, as_of=as_of)
    comparison = compare(path or context.obj or Path(), options, before=before, fast=fast, show=show)
    sys.stdout.write(document(comparison) if format_ is Format.JSON else table(comparison))
    sys.stdout.flush()
    raise typer.Exit(DIFFERENT if comparison.differences else SAME)
