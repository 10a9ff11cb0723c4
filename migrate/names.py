"""What files are called."""

import re
from posixpath import basename

_DOCKERFILE = re.compile(r"(?:docker|container)file(?:\..+)?|.+\.(?:docker|container)file", re.IGNORECASE)


def is_dockerfile(path: str) -> bool:
    """Return whether a path has one of the usual names of Dockerfiles."""
    return _DOCKERFILE.fullmatch(basename(path)) is not None and not path.endswith(".dockerignore")
