"""Dockerfiles that call pip and that are the images of no project which is migrated."""

from collections.abc import Collection, Iterator, Mapping

from migrate.dockerfile.found import Found, found
from migrate.dockerfile.installed import packages_named
from migrate.dockerfile.wanted import wanted
from migrate.findings import Finding
from migrate.findings import surroundings as kinds
from migrate.options import Options
from migrate.repo import Repo


def outside(repo: Repo, options: Options, projects: Mapping[str, bool], spoken: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each Dockerfile that a plan neither changes nor speaks of.

    `projects` are the folders of projects, and whether they are migrated: the others have their own reason. `spoken`
    are the paths that the plan has.
    """
    for each in found(repo, options):
        owner = max((folder for folder in projects if not folder or each.path.startswith(f"{folder}/")), default="")
        if each.path not in spoken and each.installs and projects.get(owner, True):
            yield from _named(each) or (kinds.OUTSIDE_OF_PROJECTS.at(each.path),)


def _named(dockerfile: Found) -> tuple[Finding, ...]:
    """Return what a Dockerfile installs by name, if it installs nothing else."""
    if any(True for _ in wanted(dockerfile.stages, frozenset())):
        return ()
    named = packages_named([dockerfile])
    return tuple(kinds.NAMED_ONLY_THERE.at(path, line, packages=", ".join(packages)) for path, line, packages in named)
