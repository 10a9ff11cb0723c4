"""What files are called."""

import re
from posixpath import basename

_DOCKERFILE = re.compile(r"(?:.+[._-])?(?:docker|container)file(?:[._-].+)?", re.IGNORECASE)
_OTHER = re.compile(
    r"\.(?:dockerignore|cfg|css|go|html?|ini|java|js|json|lock|log|md|php|png|py|rb|rs|rst|s?css|sh|svg|toml|ts|txt|xml|ya?ml)$",
    re.IGNORECASE,
)


def is_dockerfile(path: str) -> bool:
    """Return whether a path has one of the usual names of Dockerfiles, such as Dockerfile-dev or web.Dockerfile."""
    return _DOCKERFILE.fullmatch(basename(path)) is not None and _OTHER.search(path) is None
