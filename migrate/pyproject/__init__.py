"""pyproject.toml: what a project needs, added to what is there."""

from migrate.pyproject.project import NewProject, project_name
from migrate.pyproject.write import Written, write

__all__ = ["NewProject", "Written", "project_name", "write"]
