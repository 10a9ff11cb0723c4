"""setup.py and setup.cfg: what they say about the project, read and never executed."""

from migrate.setup_files.model import Listed, SetupFiles, Unclear
from migrate.setup_files.read import read

__all__ = ["Listed", "SetupFiles", "Unclear", "read"]
