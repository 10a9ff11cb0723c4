"""The `uvmigrate` command: starts fast, and never shows a traceback."""

import sys

from migrate import __version__, streams

_LOST, _INTERRUPTED = 2, 130
_WRITERS = (["apply"], ["batch"])  # their work is not what they print


def main() -> None:
    """Run the command line in `sys.argv` and exit with its code."""
    output = streams.prepare()
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # while Python imports what the command needs
        sys.stderr.write("uvmigrate: interrupted; nothing was changed\n")
        code = _INTERRUPTED
    sys.stdout.flush()
    if output.loss:
        sys.stderr.write(f"uvmigrate: standard output cannot be written: {output.loss}\n")
        code = code if sys.argv[1:2] in _WRITERS else _LOST
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        print(f"uvmigrate {__version__}")  # noqa: T201 - the whole command, without the import of another one
        return 0
    from migrate.cli import run

    return run(arguments)


if __name__ == "__main__":
    main()
