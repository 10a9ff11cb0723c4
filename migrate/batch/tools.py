"""What a result depends on besides its task, and what therefore has to be the same on every machine of a campaign."""

import sys
from collections.abc import Mapping

from migrate import __version__
from migrate.lock.uv import Uv


def tools() -> dict[str, str]:
    """Return the versions of this machine's tools by name.

    They are uvmigrate, the uv that locks and that a Dockerfile names, and the Python that is assumed where a repository
    names none. Raises MigrateError if there is no uv.
    """
    return {
        "uvmigrate": __version__,
        "uv": Uv.found().version,
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }


def difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Return which tool is another one than that of the campaign, in words; "" if none is."""
    return next(
        (
            f"has {name} {theirs.get(name)}, the campaign {version}"
            for name, version in ours.items()
            if theirs.get(name) != version
        ),
        "",
    )
