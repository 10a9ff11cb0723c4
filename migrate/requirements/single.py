"""One argument or option of `pip install` → what it asks for."""

from migrate.requirements.collect import pep508
from migrate.requirements.meaning import LeftOut, Settings, Wanted
from migrate.requirements.model import Index, Requirement, Setting
from migrate.requirements.understand import understand


def requirement(text: str, path: str, line: int) -> Requirement | None:
    """Return the requirement that `pip install` is given as an argument at a place; None if it is no name with PEP 508.

    That is a path, a URL, a project's folder, or an option.
    """
    found = understand(text.strip())
    if not isinstance(found, Wanted) or found.source or found.note:
        return None
    return Requirement(pep508(found.spec), found.spec, path, line)


def options(text: str) -> tuple[Index | Setting, ...] | None:
    """Return what an option that a requirements file may have sets; None if that is not known."""
    found = understand(text.strip())
    if isinstance(found, LeftOut):
        return ()
    return found.values if isinstance(found, Settings) else None
