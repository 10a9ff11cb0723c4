"""One argument or option of `pip install` → what it asks for."""

from migrate.repo import Repo
from migrate.requirements import local
from migrate.requirements.collect import pep508
from migrate.requirements.meaning import LeftOut, Local, Settings, Wanted
from migrate.requirements.model import Index, Requirement, Setting
from migrate.requirements.understand import understand


def requirement(text: str, path: str, line: int, repo: Repo | None = None) -> Requirement | None:
    """Return the requirement that `pip install` is given as an argument at a place.

    None for a path, a project's folder, an option, and what needs credentials or does not tell its name. With a
    repository, `./folder` and `-e ./folder` are folders of it.
    """
    found = understand(text.strip())
    if repo and isinstance(found, Local) and text.removeprefix("-e ").startswith("./"):
        found = local.found(repo, found)
    elif isinstance(found, Wanted) and found.source and (found.source.login or found.source.local):
        return None
    if not isinstance(found, Wanted) or found.note:
        return None
    return Requirement(pep508(found.spec), found.spec, path, line, source=found.source)


def options(text: str) -> tuple[Index | Setting, ...] | None:
    """Return what an option that a requirements file may have sets; None if that is not known."""
    found = understand(text.strip())
    if isinstance(found, LeftOut):
        return ()
    return found.values if isinstance(found, Settings) else None
