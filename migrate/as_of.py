"""The time after which nothing may have been published."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from migrate import git
from migrate.errors import MigrateError

LAST_COMMIT = "git"


def as_of(chosen: str, root: Path, paths: Iterable[str]) -> str:
    """Return the time (RFC 3339, UTC) that a choice means: an ISO 8601 date, whole day included, a time, or "git".

    "git" is the last commit that touched one of the `paths`, relative to `root`. A time without a zone is UTC.
    Raises MigrateError if the choice is none of these, or git has no such commit.
    """
    if chosen == LAST_COMMIT:
        seconds = git.last_commit(root, paths)
        if seconds is None:
            raise MigrateError("--as-of git: no commit has touched the requirements files; name a date")
        return _text(datetime.fromtimestamp(seconds, UTC))
    try:
        return _text(datetime.combine(date.fromisoformat(chosen) + timedelta(days=1), datetime.min.time(), UTC))
    except (ValueError, OverflowError):
        pass
    try:
        time = datetime.fromisoformat(chosen)
        return _text(time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise MigrateError(f"--as-of takes a date such as 2024-05-31, a time or git, not {chosen}") from error


def _text(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
