"""Preview many projects with the public API, and write those that have no open question.

    python campaign.py FOLDER [--write]

FOLDER holds one project in each of its folders. This is the core of a campaign in a page; `uvmigrate batch` adds workers,
a ledger, git, and reports.
"""

import sys
from pathlib import Path

from migrate import migrate
from migrate.apply import apply
from migrate.errors import MigrateError


def main(folder: Path, write: bool) -> int:
    """Print a line for each project; return 1 if one needs a person."""
    open_questions = 0
    for project in sorted(path for path in folder.iterdir() if path.is_dir()):
        try:
            plan = migrate(project)
            if write and not plan.has_errors:
                apply(project, plan.changes)
        except MigrateError as error:
            open_questions += 1
            print(f"{project.name}: {error}")
            continue
        open_questions += plan.has_errors
        print(f"{project.name}: {len(plan.changes)} changes, {len(plan.findings)} findings")
    return 1 if open_questions else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--write" in sys.argv[2:]))
