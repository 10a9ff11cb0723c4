"""pyproject.toml: what a project needs, added to what is there."""

from migrate.pyproject.environments import with_environment
from migrate.pyproject.project import NewProject, project_name
from migrate.pyproject.write import Written, write

__all__ = ["NewProject", "Written", "project_name", "with_environment", "write"]
