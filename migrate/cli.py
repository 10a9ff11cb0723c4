"""The command line: options, streams and exit codes. The only printing, the only place that catches MigrateError."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Annotated, TextIO

import typer
from typer.exceptions import TyperException

from migrate import __version__
from migrate.cli_batch import STOPPED, batch
from migrate.cli_verify import AsOf, UvPath, verify
from migrate.errors import MigrateError
from migrate.options import Options
from migrate.plan import Plan

DONE, FOUND, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130


class Format(StrEnum):
    """How a plan is shown."""

    TEXT = "text"
    DIFF = "diff"
    JSON = "json"


app = typer.Typer(
    name="uvmigrate",
    help="Move a Python repository from pip to uv: requirements, lock file and Dockerfile.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Project = Annotated[Path | None, typer.Option("-C", "--project", help="The project's folder; default: this folder.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if anything would change.")]
NoLock = Annotated[bool, typer.Option("--no-lock", help="Do not run `uv lock`.")]
Keep = Annotated[bool, typer.Option("--keep-requirements", help="Remove no requirements file.")]
As = Annotated[Format, typer.Option("--format", help="Show the plan as text, as a patch for git, or as JSON.")]
Prune = Annotated[bool, typer.Option("--prune", help="Of a pip freeze, make only the roots dependencies.")]
FullLock = Annotated[bool, typer.Option("--full-lock", help="Show the whole diff of uv.lock, not its summary.")]
LineReport = Annotated[
    bool, typer.Option("--requirements-report", help="Show what became of each line of the requirements files.")
]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"uvmigrate {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def preview(
    context: typer.Context,
    *,
    project: Project = None,
    dry_run: DryRun = False,
    check: Check = False,
    no_lock: NoLock = False,
    keep_requirements: Keep = False,
    uv: UvPath = None,
    as_of: AsOf = None,
    prune: Prune = False,
    format_: As = Format.TEXT,
    full_lock: FullLock = False,
    requirements_report: LineReport = False,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Preview the migration of a project with --dry-run; `uvmigrate apply` writes it."""
    chosen = (
        no_lock
        or keep_requirements
        or uv
        or as_of
        or prune
        or full_lock
        or requirements_report
        or format_ is not Format.TEXT
    )
    if context.invoked_subcommand:
        if dry_run or check or chosen:
            raise typer.BadParameter(f"write options behind `{context.invoked_subcommand}`, not before it")
        context.obj = project
    elif dry_run or check:
        options = Options(not no_lock, keep_requirements, uv, as_of, prune)
        raise typer.Exit(
            _show(project or Path(), options, format_, check=check, full_lock=full_lock, lines=requirements_report)
        )
    elif chosen or project:
        raise typer.BadParameter("say --dry-run to preview, or use `uvmigrate apply` to write")
    else:
        typer.echo(context.get_help())


@app.command()
def apply(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="The project's folder; default: this folder.")] = None,
    *,
    dry_run: DryRun = False,
    check: Check = False,
    no_lock: NoLock = False,
    keep_requirements: Keep = False,
    uv: UvPath = None,
    as_of: AsOf = None,
    prune: Prune = False,
    force: Annotated[bool, typer.Option("--force", help="Write over uncommitted changes too.")] = False,
    format_: As = Format.TEXT,
    full_lock: FullLock = False,
    requirements_report: LineReport = False,
) -> None:
    """Migrate a project: compute everything, then write all changes or none."""
    if path and context.obj:
        raise typer.BadParameter("name the project once: with --project or as PATH")
    project: Path = path or context.obj or Path()
    options = Options(not no_lock, keep_requirements, uv, as_of, prune)
    if dry_run or check:
        raise typer.Exit(_show(project, options, format_, check=check, full_lock=full_lock, lines=requirements_report))
    from migrate.apply import apply as write
    from migrate.apply import recover

    if recover(project):
        _say("an earlier apply was interrupted; it is finished now")
    plan = _plan(project, options)
    write(project, plan.changes, force=force)
    _print(_rendered(plan, format_, full_lock=full_lock, applied=True, lines=requirements_report))
    raise typer.Exit(FOUND if plan.has_errors else DONE)


app.command()(batch)
app.command()(verify)


def _show(project: Path, options: Options, format_: Format, *, check: bool, full_lock: bool, lines: bool) -> int:
    from migrate.apply import interrupted

    if interrupted(project):
        raise MigrateError(f"an earlier apply in {project} was interrupted; run `uvmigrate apply` to finish it")
    plan = _plan(project, options)
    _print(_rendered(plan, format_, full_lock=full_lock, applied=False, lines=lines))
    return FOUND if plan.has_errors or (check and plan.changes) else DONE


def _plan(project: Path, options: Options) -> Plan:
    from migrate.migration import migrate

    with _progress() as show:
        return migrate(project, options, show=show)


def _rendered(plan: Plan, format_: Format, *, full_lock: bool, applied: bool, lines: bool) -> str:
    if format_ is Format.JSON:
        from migrate.report.document import document

        return document(plan)
    if format_ is Format.DIFF:
        from migrate.report.diff import patch

        return patch(plan)
    from migrate.report.terminal import preview as text

    is_terminal = sys.stdout.isatty()
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return text(plan, colour=colour, escape=is_terminal, full_lock=full_lock, applied=applied, lines=lines)


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


def _say(text: str) -> None:
    sys.stderr.write(f"uvmigrate: {text}\n")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 findings or changes, 2 could not run, 130 interrupted."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(list(arguments), standalone_mode=False)
    except MigrateError as error:
        _say(str(error))
        return COULD_NOT_RUN
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except TyperException as error:
        _say(error.format_message())
        return COULD_NOT_RUN
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, never a traceback
        _say(f"internal error, please report it: {type(error).__name__}: {error}")
        return COULD_NOT_RUN
    if code == INTERRUPTED:
        _say(
            STOPPED
            if "batch" in arguments[:1]
            else "interrupted; the project is either as it was or completely migrated"
        )
    return code if isinstance(code, int) else DONE
