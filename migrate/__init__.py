"""Move a Python repository from pip to uv: requirements, lock file and Dockerfile.

`migrate(root, options)` gives the plan for a project as a value; `migrate.apply.apply(root, plan.changes)` writes it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.migration import migrate
    from migrate.options import Options
    from migrate.plan import Plan

__all__ = ["Options", "Plan", "__version__", "migrate"]
__version__ = "0.1.0"  # as in pyproject.toml; reading it from the installed metadata would double the time of --version

_PLACES = {"migrate": "migrate.migration", "Options": "migrate.options", "Plan": "migrate.plan"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `uvmigrate --version` stays fast."""
    if name not in _PLACES:
        raise AttributeError(f"module 'migrate' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
