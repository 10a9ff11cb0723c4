"""A path in a requirements file → the package that lies there."""

import posixpath
import tomllib
from itertools import accumulate

from migrate.findings import requirements as kinds
from migrate.repo import Repo, UnreadableText
from migrate.requirements.itself import ITSELF, own
from migrate.requirements.links import name_of_archive, specification
from migrate.requirements.meaning import Itself, Local, Refusal, Wanted
from migrate.requirements.model import Source


def found(repo: Repo, local: Local) -> Wanted | Itself | Refusal:
    """Return the package at a path, which starts at the project's folder as pip runs there, or why it is not converted.

    A folder must say its name, version and dependencies in [project], so that uv runs none of its code to lock it.
    """
    path = posixpath.normpath(local.path)
    if path.startswith(("/", "~")) or path.split("/")[0] == "..":
        return Refusal(kinds.LOCAL, {"reason": "the path leads out of the project"})
    if any(parent in repo.links for parent in accumulate(path.split("/"), "{}/{}".format)):
        return Refusal(kinds.LOCAL, {"reason": "it is a symbolic link or lies behind one"})
    if path == ITSELF:
        return Itself(local.extras) if own(repo) else Refusal(kinds.ITSELF)
    if path in repo.files:
        name: str | Refusal | None = name_of_archive(posixpath.basename(path))
        keys: tuple[tuple[str, str | bool], ...] = (("path", path),)
    else:
        name = _project_name(repo, path)
        keys = (("path", path), ("editable", True)) if local.is_editable else (("path", path),)
    if isinstance(name, Refusal):
        return name
    spec = specification(local.name or name, local.extras, local.marker) if name else None
    if spec is None:
        return Refusal(kinds.NAMELESS)
    return Wanted(spec, Source(keys, local=path), local.hashes)


def _project_name(repo: Repo, folder: str) -> str | Refusal:
    if not any(file.startswith(f"{folder}/") for file in repo.files):
        return Refusal(kinds.LOCAL, {"reason": f"{folder} does not exist"})
    try:
        project = tomllib.loads(repo.get(f"{folder}/pyproject.toml") or "").get("project", {})
        name, version, dynamic = project.get("name"), project.get("version"), project.get("dynamic", [])
    except (UnreadableText, ValueError, RecursionError, AttributeError):
        return Refusal(kinds.LOCAL, {"reason": f"{folder}/pyproject.toml cannot be read"})
    if not (isinstance(name, str) and isinstance(version, str)) or "dependencies" in dynamic:
        return Refusal(kinds.LOCAL, {"reason": f"{folder} has no [project] with name, version and dependencies"})
    return name
