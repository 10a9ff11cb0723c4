"""Which files a requirements file includes, found without reading what else it says."""

import re

from migrate.repo import Repo
from migrate.requirements.compiled import sources
from migrate.requirements.source import resolve, text_of

_INCLUDE = re.compile(r"^[ \t]*(?:-[rc]|--(?:requirement|constraint))[ \t=]*[\"']?([^\s\"'#]+)", re.MULTILINE)


def reached(repo: Repo, *paths: str) -> frozenset[str]:
    """Return some requirements files and all that they include or were compiled from, as far as these exist."""
    found: set[str] = set()
    waiting = [path for path in paths if path in repo.files]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        text = text_of(repo, path)
        targets = _INCLUDE.findall(text) if isinstance(text, str) else []
        included = (resolve(repo, path, target) for target in targets)
        waiting += [each for each in included if isinstance(each, str)]
        waiting += sources(repo, path)
        output = path.removesuffix(".in") + ".txt"
        waiting += [output] if path.endswith(".in") and path in sources(repo, output) else []
    return frozenset(found)
