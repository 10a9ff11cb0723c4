"""What the name of a requirements file says about it."""

import re
from posixpath import basename, dirname, splitext

_WORDS = {
    "dev": ("dev", "devel", "develop", "development", "local"),
    "docs": ("doc", "docs", "documentation"),
    "lint": ("format", "lint", "linting", "linters", "qa", "style"),
    "test": ("test", "testing", "tests"),
    "typing": ("mypy", "types", "typing"),
}
_GROUP_OF = {word: name for name, words in _WORDS.items() for word in words}
_VARIANTS = frozenset({"cpu", "cuda", "gpu", "rocm", "web", "worker"})
# What production is called, the most telling first; "" is requirements.txt itself.
_PRODUCTION = ("", "production", "prod", "base", "common", "main", "core", "default", "all")
_PLAIN = frozenset({"requirement", "requirements", "reqs"})
_FILE = re.compile(r"(?:requirements?|reqs)[-_.](?P<behind>.+)|(?P<before>.+)[-_.](?:requirements?|reqs)")
_CONSTRAINTS = re.compile(r"constraints?\b|.*[-_.]constraints?")


def is_requirements(path: str) -> bool:
    """Whether a file is one for requirements by its name and place, constraints aside."""
    stem, ending = splitext(basename(path).lower())
    if ending not in {".txt", ".in"} or _CONSTRAINTS.fullmatch(stem):
        return False
    if _is_in_their_folder(path):
        return True
    is_source = ending == ".in" and (stem in _GROUP_OF or stem in _VARIANTS or stem in _PRODUCTION)
    return _is_at_home(path) and (_is_called_so(stem) or is_source)


def word(path: str) -> str:
    """Return what tells a requirements file from others, in lower case: "dev" of requirements-dev.txt.

    "" if there is nothing but "requirements" at the root; the folder's name if that is all that tells.
    """
    stem = splitext(basename(path).lower())[0]
    if match := _FILE.fullmatch(stem):
        return str(match["behind"] or match["before"])
    if stem not in _PLAIN:
        return stem
    folder = basename(dirname(path)).lower()
    return "" if folder in _PLAIN else folder


def group_names(path: str) -> tuple[str, ...]:
    """Return the names of the dependency group that a file becomes, the usual one first; PEP 735 allows all of them."""
    said = word(path)
    own = re.sub(r"[^a-z0-9]+", "-", said).strip("-") or "requirements"
    return tuple(dict.fromkeys((_GROUP_OF.get(said, own), own)))


def is_for_development(path: str) -> bool:
    """Whether a file is for development, tests, documentation, linting or typing."""
    return word(path) in _GROUP_OF


def is_variant(path: str) -> bool:
    """Whether a file is for one of several variants of an application."""
    return word(path) in _VARIANTS


def rank(path: str) -> int | None:
    """Return how much a file is called like one for production, 0 the most; None if it is not."""
    said = word(path)
    if dirname(path) and not _is_in_their_folder(path):
        return None
    return _PRODUCTION.index(said) if said in _PRODUCTION else None


def _is_called_so(stem: str) -> bool:
    return stem in _PLAIN or _FILE.fullmatch(stem) is not None


def _is_in_their_folder(path: str) -> bool:
    return dirname(path).lower() in _PLAIN


def _is_at_home(path: str) -> bool:
    folder = dirname(path)
    is_plain = splitext(basename(path).lower())[0] in _PLAIN
    return not folder or (folder.lower() in _GROUP_OF and is_plain)
