"""One argument of `pip install` → what it asks for."""

from migrate.requirements.collect import pep508
from migrate.requirements.model import Requirement
from migrate.requirements.understand import Include, Refusal, understand


def requirement(text: str, path: str, line: int) -> Requirement | None:
    """Return the requirement that `pip install` is given as an argument at a place; None if it is no name with PEP 508.

    That is a path, a URL, a project's folder, or an option.
    """
    found = understand(text.strip())
    return None if isinstance(found, Include | Refusal) else Requirement(pep508(found), found, path, line)
