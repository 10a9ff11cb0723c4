"""Which packages the code of a repository imports by their own name; read, never run."""

import re

from migrate.once import once
from migrate.repo import Repo, UnreadableText

_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([A-Za-z_]\w*)|import[ \t]+([^#\n]+))", re.MULTILINE)


@once
def imported(repo: Repo) -> frozenset[str]:
    """Return the normalised names (PEP 503) of all modules that Python files import; too many rather than too few.

    A module is taken for the package of that name. Where the two differ, as in `yaml`, the package is not found.
    """
    names: set[str] = set()
    for path in repo.files:
        if not path.endswith(".py"):
            continue
        try:
            text = repo.data(path).decode("utf-8", "replace")
        except UnreadableText:
            continue
        for match in _IMPORT.finditer(text):
            modules = [match[1]] if match[1] else match[2].split(",")
            names |= {words[0].partition(".")[0] for module in modules if (words := module.split())}
    return frozenset(name.lower().replace("_", "-") for name in names)
