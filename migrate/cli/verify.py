"""The command line of the proof: the options of `uvmigrate verify`."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from migrate.cli.choices import Project, choices, the_project, with_options, without
from migrate.options import Options

SAME, DIFFERENT = 0, 1


class Format(StrEnum):
    """How a comparison is shown."""

    TEXT = "text"
    JSON = "json"


@with_options(
    options=without(choices, "no_lock", "keep_requirements", "venv", "uv_image", "no_cache_mounts", "slim_runtime")
)
def verify(
    context: typer.Context,
    path: Project = None,
    *,
    before: Annotated[str | None, typer.Option("--before", help="Compare with the files of this git revision.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Ask uv's resolver instead of pip's.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="Show the comparison as text or as JSON.")] = Format.TEXT,
    options: Options,
) -> None:
    """Compare what pip installs from the old files with what uv installs from the lock."""
    from migrate.proof import verify as compare
    from migrate.proof.report import document, table

    show = sys.stderr if sys.stderr.isatty() else None
    found = compare(the_project(context, path), options, before=before, fast=fast, show=show)
    sys.stdout.write(document(found) if format_ is Format.JSON else "".join(map(table, found)))
    sys.stdout.flush()
    raise typer.Exit(DIFFERENT if any(each.unannounced or each.reason for each in found) else SAME)
