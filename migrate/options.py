"""What the user chooses; everything that changes a plan is here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one migration.

    `lock`: run `uv lock`; `keep_requirements`: never remove a requirements file; `uv`: the path of a uv to use instead
    of the one that is found; `as_of`: take no package published after this date or time (ISO 8601), or after the last
    commit that touched the requirements files ("git"); `prune`: of a file that pins everything, only the roots become
    dependencies.
    """

    lock: bool = True
    keep_requirements: bool = False
    uv: str | None = None
    as_of: str | None = None
    prune: bool = False
