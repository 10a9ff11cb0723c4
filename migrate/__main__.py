"""The `uvmigrate` command: starts fast, and never shows a traceback."""

import sys

from migrate import __version__


def main() -> None:
    """Run the command line in `sys.argv` and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        print(f"uvmigrate {__version__}")  # noqa: T201 - the whole command, without the import of another one
        return
    from migrate.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
