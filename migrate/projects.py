"""Several projects in one repository: the folders that are migrated each on its own."""

from collections.abc import Iterable, Mapping
from posixpath import dirname, join

from migrate.dockerfile.found import Found, found
from migrate.dockerfile.installed import installed
from migrate.options import Options
from migrate.repo import Repo
from migrate.requirements.names import is_for_development, is_requirements


def projects(repo: Repo, options: Options) -> tuple[str, ...]:
    """Return the folders of projects in a repository; "" is the root, which always comes first.

    A folder is a project if a Dockerfile lies in it and installs nothing but requirements files below it. Where that is
    one folder only, and the root has no requirements files, the Dockerfile must be built from that folder. A folder
    with a uv.lock and requirements files is one too: it was migrated, and something still names the files.
    """
    if options.requirements or options.groups:
        return ("",)
    dockerfiles = found(repo)
    images = installed(dockerfiles, repo)
    done = _migrated(repo)
    folders = sorted(done | {folder for path in images if (folder := _folder(path, images))})
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


def _folder(path: str, images: Mapping[str, tuple[str, ...]]) -> str | None:
    folder = dirname(path)
    is_its_own = folder and all(file.startswith(f"{folder}/") for file in images[path])
    return folder if is_its_own and not is_for_development(f"{folder}/requirements.txt") else None


def _has_own(repo: Repo) -> bool:
    return any(is_requirements(path) for path in repo.files)


def _is_built_there(dockerfiles: Iterable[Found], folder: str) -> bool:
    """Whether a Dockerfile of a folder may have that folder as its build context."""
    return any(folder in each.contexts for each in dockerfiles if dirname(each.path) == folder)
