"""A fixer for all-repos: clones of all repositories with a requirements file, a branch and a commit in each, pushed.

    all-repos-clone -C all-repos.json
    python all_repos_fixer.py -C all-repos.json --dry-run

all-repos commits the files that git knows, so new ones are added here. A repository with an open question stays as it
is: `uvmigrate apply` ends with 1 there, having written nothing.
"""

import argparse
from collections.abc import Sequence

from all_repos import autofix_lib
from all_repos.grep import repos_matching


def apply_fix() -> None:
    """Migrate the clone that is the current folder."""
    autofix_lib.run("uvmigrate", "apply", check=False)
    autofix_lib.run("git", "add", "--all")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the fixer as its command line says."""
    parser = argparse.ArgumentParser()
    autofix_lib.add_fixer_args(parser)
    repos, config, commit, settings = autofix_lib.from_cli(
        parser.parse_args(argv),
        find_repos=lambda config: repos_matching(config, ("", "--", "*requirements*.txt")),
        msg="Move from pip to uv",
        branch_name="uv",
    )
    autofix_lib.fix(repos, apply_fix=apply_fix, config=config, commit=commit, autofix_settings=settings)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
