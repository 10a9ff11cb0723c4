"""What is refused before a campaign begins, as it would go wrong for every repository."""

import re
from collections.abc import Iterable
from pathlib import Path

from migrate.batch.choices import Choices
from migrate.errors import MigrateError

_BRANCH = re.compile(
    r"(?!-|/|\.|HEAD\Z|@\Z|refs/)(?!.*(?:\.\.|//|/\.|@\{|\.lock(?:/|\Z)))[^\x00-\x20\x7f~^:?*\[\\]+(?<![/.])"
)


def check_folder(folder: Path, places: Iterable[str]) -> None:
    """Refuse a campaign's folder inside of a repository, whose files its ledger and reports would be."""
    place = next((place for place in places if folder.resolve().is_relative_to(place)), None)
    if place is not None:
        raise MigrateError(
            f"the campaign's folder {folder} would be in the repository {place}; name another: --campaign"
        )


def check_branches(choices: Iterable[Choices]) -> None:
    """Refuse what git takes for no branch, or for something else."""
    for branch in {chosen.branch for chosen in choices}:
        if not _BRANCH.fullmatch(branch):
            raise MigrateError(f"--branch {branch}: this cannot be the name of a branch")
