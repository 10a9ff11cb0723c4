"""pyproject.toml: what a project needs, added to what is there."""

from migrate.pyproject.environments import with_environment
from migrate.pyproject.project import NewProject, Package, project_name
from migrate.pyproject.uv_tables import UvTables, uv_tables
from migrate.pyproject.write import Written, write

__all__ = [
    "NewProject",
    "Package",
    "UvTables",
    "Written",
    "project_name",
    "uv_tables",
    "with_environment",
    "write",
]
