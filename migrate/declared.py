"""The files of a repository, other than Dockerfiles, that say which Python it is for; read, never run."""

import ast
import configparser
import re
from collections.abc import Iterable, Iterator
from typing import Any

from migrate.python_version import Declaration, Version
from migrate.repo import Repo
from migrate.text import line_at

KNOWN = tuple(Version(3, minor) for minor in range(40))
_PINNED = (
    ("runtime.txt", re.compile(r"^\s*python-(\d{1,4})\.(\d{1,4})(?!\d)", re.MULTILINE)),
    (".python-version", re.compile(r"^\s*(?:cpython-|python-)?(\d{1,4})\.(\d{1,4})(?!\d)", re.MULTILINE)),
)
_PATCH = re.compile(r"\d+\.\d+\.(\d+)")
_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")
_TOX_LIST = re.compile(r"^env_?list\s*=(?P<list>.*(?:\n[ \t]+.*|\n[ \t]*#.*)*)", re.MULTILINE)
_TOX_VERSION = re.compile(r"(?<![a-z0-9])py-?3\.?(\d{1,2})(?!\d)|(?<=[{,])3\.?(\d{1,2})(?=[,}])")
_CI_VERSIONS = re.compile(
    r"^[ \t-]*python-versions?[ \t]*:[ \t]*(?P<list>\[[^\]]*\]|[^\s\[#].*|(?:\n[ \t]*-[ \t]*.*)+)", re.MULTILINE
)
_CI_VERSION = re.compile(r"(?<![\w.])3\.(\d{1,2})(?!\d)")


def declared(repo: Repo) -> Iterator[Declaration]:
    """Yield which Python versions the files of a repository name, those closest to what runs first.

    The order: `runtime.txt`, `.python-version`, `python_requires` of setup.py and setup.cfg, `requires-python` of
    pyproject.toml, tox's list of environments, the matrices of GitHub's workflows. A range or a list stands for the
    oldest version that it admits. What is not a literal, or cannot be read, tells nothing.
    """
    for path, pattern in _PINNED:
        text = repo.readable(path)
        if match := pattern.search(text):
            yield Declaration(Version(int(match[1]), int(match[2])), path, line_at(text, match.start(1)))
    yield from _range(repo, "setup.py", _python_requires(repo.readable("setup.py")))
    yield from _range(repo, "setup.cfg", _configured(repo.readable("setup.cfg")))
    yield from _range(repo, "pyproject.toml", _requires_python(repo.toml("pyproject.toml")))
    text = repo.readable("tox.ini")
    if match := _TOX_LIST.search(text):
        minors = (int(minor[1] or minor[2]) for minor in _TOX_VERSION.finditer(match["list"]))
        yield from _list("tox.ini", line_at(text, match.start()), minors)
    yield from _tested(repo)


def _tested(repo: Repo) -> Iterator[Declaration]:
    """Yield what all workflows together are run with: one that only publishes may use another Python."""
    minors: list[int] = []
    place: tuple[str, int] | None = None
    for path in sorted(filter(_WORKFLOW.fullmatch, repo.files)):
        text = repo.readable(path)
        for found in _CI_VERSIONS.finditer(text):
            place = place or (path, line_at(text, found.start("list")))
            minors += (int(minor[1]) for minor in _CI_VERSION.finditer(found["list"]))
    if place:
        yield from _list(*place, minors)


def _range(repo: Repo, path: str, specifier: str | None) -> Iterator[Declaration]:
    """Yield the declaration of a version specifier that has a lower bound."""
    from packaging.specifiers import SpecifierSet

    try:
        parts = SpecifierSet(specifier or "")
        parts.contains("3")
    except ValueError:  # none, or with a number of too many digits
        return
    if not any(part.operator in {"==", "===", "~=", ">=", ">"} for part in parts):
        return
    # A minor version is admitted if any of its patch releases is: the first, a late one, or one that is named.
    patches = {"0", "99", *_PATCH.findall(specifier or "")}
    admits = frozenset(
        version for version in KNOWN if any(parts.contains(f"{version}.{patch}", prereleases=True) for patch in patches)
    )
    text = repo.readable(path)
    name = "requires-python" if path == "pyproject.toml" else "python_requires"
    if admits:
        yield Declaration(min(admits), path, line_at(text, max(text.find(name), 0)), admits, specifier or "")


def _list(path: str, line: int, minors: Iterable[int]) -> Iterator[Declaration]:
    admits = frozenset(Version(3, minor) for minor in minors)
    if admits:
        yield Declaration(min(admits), path, line, admits, ", ".join(map(str, sorted(admits))))


def _python_requires(source: str) -> str | None:
    """Return the literal `python_requires` of the call of setup() in a setup.py."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Name(id="setup") | ast.Attribute(attr="setup"), keywords=keywords):
                for keyword in keywords:
                    match keyword:
                        case ast.keyword(arg="python_requires", value=ast.Constant(value=str(value))):
                            return value
    return None


def _configured(source: str) -> str | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(source)
        return parser.get("options", "python_requires", fallback=None)
    except configparser.Error:
        return None


def _requires_python(data: dict[str, Any]) -> str | None:
    match data:
        case {"project": {"requires-python": str(value)}}:
            return value
    return None
