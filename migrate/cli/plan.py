"""The command line of one migration: `uvmigrate --dry-run` and `uvmigrate apply`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from migrate import __version__
from migrate.cli.choices import Project, choices, the_project, with_options
from migrate.errors import MigrateError
from migrate.options import Options
from migrate.plan import Plan

DONE, FOUND = 0, 1


class Format(StrEnum):
    """How a plan is shown."""

    TEXT = "text"
    DIFF = "diff"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class View:
    """What is done with a plan beside writing it: whether it is only shown, and how."""

    dry_run: bool = False
    check: bool = False
    format: Format = Format.TEXT
    full_lock: bool = False
    lines: bool = False

    @property
    def only_shows(self) -> bool:
        """Whether nothing is to be written."""
        return self.dry_run or self.check


def view(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if anything would change.")
    ] = False,
    format_: Annotated[
        Format, typer.Option("--format", help="Show the plan as text, as a patch for git, or as JSON.")
    ] = Format.TEXT,
    full_lock: Annotated[
        bool, typer.Option("--full-lock", help="Show the whole diff of uv.lock, not its summary.")
    ] = False,
    requirements_report: Annotated[
        bool, typer.Option("--requirements-report", help="Show what became of each line of the requirements files.")
    ] = False,
) -> View:
    """Return how a plan is shown."""
    return View(dry_run, check, format_, full_lock, requirements_report)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"uvmigrate {__version__}")
        raise typer.Exit


@with_options(view=view, options=choices)
def preview(
    context: typer.Context,
    *,
    project: Annotated[
        Path | None, typer.Option("-C", "--project", help="The project's folder; default: this folder.")
    ] = None,
    view: View,
    options: Options,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Preview the migration of a project with --dry-run; `uvmigrate apply` writes it."""
    is_said = options != Options() or view != View()
    if context.invoked_subcommand:
        if is_said:
            raise typer.BadParameter(f"write options behind `{context.invoked_subcommand}`, not before it")
        context.obj = project
    elif view.only_shows:
        raise typer.Exit(_show(project or Path(), options, view))
    elif is_said or project:
        raise typer.BadParameter("say --dry-run to preview, or use `uvmigrate apply` to write")
    else:
        typer.echo(context.get_help())


@with_options(view=view, options=choices)
def apply(
    context: typer.Context,
    path: Project = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over uncommitted changes too.")] = False,
    view: View,
    options: Options,
) -> None:
    """Migrate a project: compute everything, then write all changes or none."""
    project = the_project(context, path)
    if view.only_shows:
        raise typer.Exit(_show(project, options, view))
    from migrate.apply import apply as write
    from migrate.apply import recover

    if recover(project):
        sys.stderr.write("uvmigrate: an earlier apply was interrupted; it is finished now\n")
    plan = _plan(project, options)
    write(project, plan.changes, force=force)
    _print(_rendered(plan, view, applied=True))
    raise typer.Exit(FOUND if plan.has_errors else DONE)


def _show(project: Path, options: Options, view: View) -> int:
    from migrate.apply import interrupted

    if interrupted(project):
        raise MigrateError(f"an earlier apply in {project} was interrupted; run `uvmigrate apply` to finish it")
    plan = _plan(project, options)
    _print(_rendered(plan, view, applied=False))
    return FOUND if plan.has_errors or (view.check and plan.changes) else DONE


def _plan(project: Path, options: Options) -> Plan:
    from migrate.migration import migrate

    with _progress() as show:
        return migrate(project, options, show=show)


def _rendered(plan: Plan, view: View, *, applied: bool) -> str:
    if view.format is Format.JSON:
        from migrate.report.document import document

        return document(plan)
    if view.format is Format.DIFF:
        from migrate.report.diff import patch

        return patch(plan)
    from migrate.report.terminal import preview as text

    is_terminal = sys.stdout.isatty()
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return text(plan, colour=colour, escape=is_terminal, full_lock=view.full_lock, applied=applied, lines=view.lines)


@contextmanager
def _progress() -> Iterator[TextIO | None]:
    """Give the stream for uv's messages: the terminal below a spinner, or nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status("Locking…"):
        yield sys.stderr


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
