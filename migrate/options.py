"""What the user chooses; everything that changes a plan is here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one migration. `lock`: run `uv lock`; `keep_requirements`: never remove a requirements file."""

    lock: bool = True
    keep_requirements: bool = False
