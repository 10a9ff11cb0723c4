"""Several projects in one repository: the folders that are migrated each on its own."""

from collections.abc import Iterable
from posixpath import dirname, join, relpath

from migrate.dockerfile.found import Found, found
from migrate.dockerfile.installed import installed
from migrate.options import Options
from migrate.repo import Repo
from migrate.requirements.names import is_for_development, is_requirements


def projects(repo: Repo, options: Options) -> tuple[str, ...]:
    """Return the folders of projects in a repository; "" is the root, which always comes first.

    A folder is a project if a Dockerfile lies in it, or below it and is certainly built from it, and installs nothing
    but requirements files below it. Where that is one folder only, and the root has no requirements files, the
    Dockerfile must be built from that folder. A folder with a uv.lock and requirements files is one too: it was
    migrated, and something still names the files.
    """
    if options.requirements or options.groups:
        return ("",)
    start = repo.whole[1] or "."
    dockerfiles = found(repo)
    images = installed(dockerfiles, repo)
    done = _migrated(repo)
    contexts = {relpath(each.path, start): relpath(each.context, start) for each in dockerfiles if each.context}
    folders = sorted(done | {folder for path in images if (folder := _folder(path, images[path], contexts.get(path)))})
    outer = [folder for folder in folders if not any(folder.startswith(f"{other}/") for other in folders)]
    is_alone = len(outer) == 1 and outer[0] not in done and not _has_own(repo)
    if is_alone and not _is_built_there(dockerfiles, join(repo.whole[1], outer[0])):
        return ("",)
    return ("", *outer)


def without(repo: Repo, folders: tuple[str, ...]) -> Repo:
    """Return a repository without some of its folders."""
    starts = tuple(f"{folder}/" for folder in folders)
    files, links = (
        frozenset(path for path in paths if not path.startswith(starts)) for paths in (repo.files, repo.links)
    )
    return Repo(repo.root, files, links, *repo.whole) if folders else repo


def _migrated(repo: Repo) -> set[str]:
    """Return the folders below the root that uv has locked and that still have requirements files."""
    locked = {dirname(path) for path in repo.files if path.endswith("/uv.lock")}
    return {folder for folder in locked if _has_own(repo.below(folder))}


def _folder(path: str, files: Iterable[str], context: str | None) -> str | None:
    """Return the folder whose project a Dockerfile installs: its own one, else the one that it is built from."""
    for folder in (dirname(path), context):
        has_all = folder and all(each.startswith(f"{folder}/") for each in (path, *files))
        if folder and has_all and not is_for_development(f"{folder}/requirements.txt"):
            return folder
    return None


def _has_own(repo: Repo) -> bool:
    return any(is_requirements(path) for path in repo.files)


def _is_built_there(dockerfiles: Iterable[Found], folder: str) -> bool:
    """Whether a Dockerfile in a folder may have that folder as its build context."""
    return any(folder in each.contexts for each in dockerfiles if each.path.startswith(f"{folder}/"))
