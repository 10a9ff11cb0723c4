"""The files around requirements and Dockerfile that decide whether the result works."""

import re
from collections.abc import Iterator
from itertools import accumulate
from posixpath import join, relpath

from migrate.findings import Finding
from migrate.findings import surroundings as kinds
from migrate.gitignore import hidden_by
from migrate.ignorefile import hides, with_rules
from migrate.names import is_dockerfile
from migrate.plan import Change
from migrate.repo import Repo, UnreadableText

NEEDED = ("pyproject.toml", "uv.lock")


def dockerfiles(repo: Repo) -> tuple[str, ...]:
    """Return the paths of the Dockerfiles at any depth, by their usual names."""
    return tuple(path for path in sorted(repo.files) if is_dockerfile(path))


def setup_file(repo: Repo) -> str | None:
    """Return the setuptools file at the root that describes the project itself, or None."""
    if "setup.py" in repo.files:
        return "setup.py"
    try:
        described = re.search(r"(?m)^\[metadata\]", repo.get("setup.cfg") or "")
    except UnreadableText:
        return "setup.cfg"
    return "setup.cfg" if described else None


def dockerignore(
    repo: Repo, dockerfile: str, context: str = "", project: str = "", *, is_built: bool = False
) -> Change | Finding | None:
    """Return the change that hides `.venv` from a Dockerfile's build and shows it what `uv sync` needs, if one is due.

    `context` is the folder that the Dockerfile is built from, `project` the project's folder in it, which `is_built` in
    the image if the project itself is installed there. A finding if the file cannot be read.
    """
    own = f"{dockerfile}.dockerignore"
    path = own if own in repo.files else join(context, ".dockerignore")
    inside = project.removeprefix(".")
    try:
        before = repo.get(path)
    except UnreadableText as error:
        return kinds.UNREADABLE.at(path, reason=error)
    hidden = [".venv" if not inside else "**/.venv"] if not hides(before or "", join(inside, ".venv")) else []
    needed = (*NEEDED, *(_read_by_the_build(repo, join(context, inside)) if is_built else ()))
    after = with_rules(before, hidden=hidden, visible=[join(inside, name) for name in needed])
    return Change(path, before, after) if after != before else None


def _read_by_the_build(repo: Repo, folder: str) -> Iterator[str]:
    """Yield the README that a project's build backend reads, if the project has one and names it."""
    data = repo.toml(join(folder, "pyproject.toml"))
    project = data.get("project")
    readme = project.get("readme") if isinstance(project, dict) and "build-system" in data else None
    name = readme.get("file") if isinstance(readme, dict) else readme
    if isinstance(name, str) and join(folder, name) in repo.files:
        yield name


def ignored_by_git(repo: Repo) -> Iterator[Finding]:
    """Yield a finding for each file that git would keep out of the repository, at the line of the `.gitignore`.

    Paths are relative to the project's folder; that of a `.gitignore` above it begins with "..".
    """
    whole, folder = repo.whole
    texts: dict[str, str] = {}
    for above in ("", *accumulate(folder.split("/"), join)) if folder else ("",):
        path = join(above, ".gitignore")
        try:
            texts[above] = whole.get(path) or ""
        except UnreadableText as error:
            yield kinds.UNREADABLE.at(relpath(path, folder or "."), reason=error)
    for name in NEEDED:
        if found := hidden_by(texts, join(folder, name)):
            place, line = found
            yield kinds.LOCK_IGNORED.at(relpath(join(place, ".gitignore"), folder or "."), line, name=name)
