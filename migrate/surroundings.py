"""The files around requirements and Dockerfile that decide whether the result works."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from posixpath import basename

from migrate.findings import Finding
from migrate.findings import surroundings as kinds
from migrate.ignorefile import hides, with_rules
from migrate.plan import Change
from migrate.repo import Repo, UnreadableText

NEEDED = ("pyproject.toml", "uv.lock")
_DOCKERFILES = ("dockerfile", "dockerfile.*", "*.dockerfile", "containerfile", "containerfile.*")
_COMPOSE_FILES = ("compose*.yml", "compose*.yaml", "docker-compose*.yml", "docker-compose*.yaml")
# `- ./src:/app`, `- data:/app:ro` and `target: /app`: what lies at the second path in the image is hidden.
_MOUNT = re.compile(r"""(?m)^\s*(?:-\s*["']?[^\s:"'#]+:|(?:-\s*)?target:\s*["']?)(/[^\s:"'#]*)""")


def dockerfiles(repo: Repo) -> tuple[str, ...]:
    """Return the paths of the Dockerfiles at any depth, by their usual names."""
    named = (path for path in sorted(repo.files) if _is_named(path, _DOCKERFILES))
    return tuple(path for path in named if not path.endswith(".dockerignore"))


def setup_file(repo: Repo) -> str | None:
    """Return the setuptools file at the root that describes the project itself, or None."""
    if "setup.py" in repo.files:
        return "setup.py"
    try:
        described = re.search(r"(?m)^\[metadata\]", repo.get("setup.cfg") or "")
    except UnreadableText:
        return "setup.cfg"
    return "setup.cfg" if described else None


def bind_mounts(repo: Repo) -> frozenset[str]:
    """Return the absolute folders of containers that the compose files at the root mount something over."""
    found: set[str] = set()
    for path in sorted(repo.files):
        if "/" in path or not _is_named(path, _COMPOSE_FILES):
            continue
        try:
            found |= {match[1].rstrip("/") or "/" for match in _MOUNT.finditer(repo.text(path))}
        except UnreadableText:
            continue
    return frozenset(found)


def dockerignore(repo: Repo, dockerfile: str) -> Change | Finding | None:
    """Return the change that hides `.venv` from a Dockerfile's build and shows it what `uv sync` needs, if one is due.

    A finding if the file cannot be read.
    """
    own = f"{dockerfile}.dockerignore"
    path = own if own in repo.files else ".dockerignore"
    try:
        before = repo.get(path)
    except UnreadableText as error:
        return kinds.UNREADABLE.at(path, reason=error)
    after = with_rules(before, hidden=[".venv"], visible=NEEDED)
    return Change(path, before, after) if after != before else None


def ignored_by_git(repo: Repo) -> Iterator[Finding]:
    """Yield a finding for each line of `.gitignore` that keeps a needed file out of the repository."""
    try:
        text = repo.get(".gitignore") or ""
    except UnreadableText as error:
        yield kinds.UNREADABLE.at(".gitignore", reason=error)
        return
    for name in NEEDED:
        if hides(text, name):
            number = next(n for n, line in enumerate(text.splitlines(), start=1) if hides(line, name))
            yield kinds.LOCK_IGNORED.at(".gitignore", number, name=name)


def _is_named(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(basename(path).lower(), pattern) for pattern in patterns)
