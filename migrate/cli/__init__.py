"""The command line: commands, streams and exit codes. The only printing, the only place that catches MigrateError."""

import signal
import sys
from collections.abc import Sequence
from types import FrameType

import typer
from typer.exceptions import TyperException

from migrate.cli.batch import STOPPED, batch
from migrate.cli.compare import compare
from migrate.cli.plan import DONE, apply, preview
from migrate.cli.verify import verify
from migrate.errors import MigrateError
from migrate.report.escape import masked, one_line

COULD_NOT_RUN, INTERRUPTED = 2, 130
_UNTOUCHED = "interrupted; nothing of the project was changed"
_STOPPED = {"batch": STOPPED, "compare": _UNTOUCHED, "verify": _UNTOUCHED}

app = typer.Typer(
    name="uvmigrate",
    help="Move a Python repository from pip to uv: requirements, lock file and Dockerfile.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(preview)
for command in (apply, batch, compare, verify):
    app.command()(command)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 findings or changes, 2 could not run, 130 interrupted."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup asks for that
            signal.signal(number, _interrupt)
    try:
        code = app(list(arguments), standalone_mode=False)
    except MigrateError as error:
        _say(str(error))
        return COULD_NOT_RUN
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except TyperException as error:
        _say(error.format_message())
        return COULD_NOT_RUN
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, never a traceback
        _say(f"internal error, please report it: {type(error).__name__}: {error}")
        return COULD_NOT_RUN
    if code == INTERRUPTED:
        _say(
            _STOPPED.get("".join(arguments[:1]), "interrupted; the project is either as it was or completely migrated")
        )
    return code if isinstance(code, int) else DONE


def _say(text: str) -> None:
    sys.stderr.write(f"uvmigrate: {masked(one_line(text))}\n")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
