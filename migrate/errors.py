"""The one exception of the project."""


class MigrateError(Exception):
    """uvmigrate cannot run. Its text is the one sentence that the user reads; exit code 2."""
