"""Which requirements files there are, and what each of them is for."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from posixpath import normpath

from migrate.errors import MigrateError
from migrate.findings import Finding
from migrate.findings import discovery as kinds
from migrate.options import Options
from migrate.repo import Repo
from migrate.requirements.compare import contradictions
from migrate.requirements.compiled import sources
from migrate.requirements.names import group_names, is_for_development, is_requirements, is_variant, rank
from migrate.requirements.reach import reached
from migrate.requirements.read import read

_GROUP_NAME = re.compile(r"[A-Z0-9]([A-Z0-9._-]*[A-Z0-9])?", re.IGNORECASE | re.ASCII)  # PEP 735


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files that pip is told to install in production, in order, and those of dependency groups by their name.

    The groups of `alone` are installed without production by some image. `undecided` are files of which each could be
    the one for production.
    """

    production: tuple[str, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    undecided: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def discover(
    repo: Repo,
    installed: Mapping[str, tuple[str, ...]],
    named: Collection[str],
    options: Options,
    constraints: Collection[str] = (),
) -> Discovered:
    """Return what the requirements files of a project are for.

    `installed` are those that the images install, by Dockerfile: they are production, and what only some of several
    images install becomes a group. Where no image tells, names do. `named` are files that other files give to pip,
    `constraints` those that only limit versions.
    Raises MigrateError if a file or group of the options cannot be.
    """
    groups = dict(_chosen(repo, each) for each in options.groups)
    images = [tuple(file for file in files if file not in groups.values()) for files in installed.values()]
    apps = [tuple(file for file in files if not is_for_development(file)) for files in images]
    used = {file for files in images for file in files} | {*named}
    candidates = _candidates(repo, used) - {*groups.values(), *constraints}
    undecided: tuple[str, ...] = ()
    if options.requirements:
        production: tuple[str, ...] | None = tuple(_existing(repo, path) for path in options.requirements)
    else:
        production = _by_images(repo, [files for files in dict.fromkeys(apps) if files])
    if production is None:
        production, undecided = _by_names(candidates, used)
        undecided = () if _is_migrated(repo) else undecided
    if not (production or undecided) and any(images) and not any(apps):
        production = next(filter(None, images))
    findings: list[Finding] = []
    others = candidates - reached(repo, *production, *groups.values())
    for path in sorted(others, key=lambda each: (len(group_names(each)), each)):
        usual, *own = group_names(path)
        name = next((each for each in (usual, *own) if each not in groups), None)
        output = path.removesuffix(".in") + ".txt"
        if path.endswith(".in") and output in repo.files:
            findings.append(kinds.COMPILED.at(path, file=output))
        elif undecided or not (is_for_development(path) or path in used or is_variant(path)):
            findings += [] if undecided else [kinds.PURPOSE_UNKNOWN.at(path)]
        elif name is None:
            findings.append(kinds.GROUP_LEFT.at(path, reason=f"{groups[usual]} is the group {usual} already"))
        else:
            groups[name] = path
    lone = {file for files in images if not {*production} <= reached(repo, *files) for file in files}
    alone = frozenset(name for name, path in groups.items() if path in lone)
    return Discovered(production, groups, alone, undecided, tuple(findings))


def _by_images(repo: Repo, apps: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return what all images have in common; if that is nothing, what the first installs; None if there is no image.

    Nothing is production where what two images install cannot be installed together.
    """
    if len(apps) < 2:  # noqa: PLR2004 - one image, or none
        return apps[0] if apps else None
    everywhere = frozenset.intersection(*(reached(repo, *files) for files in apps))
    below = {path: reached(repo, path) for path in sorted(everywhere)}
    common = tuple(path for path in below if not any(path in below[other] for other in below if other != path))
    if common:
        return common
    return () if any(_contradict(repo, *pair) for pair in combinations(apps, 2)) else apps[0]


def _contradict(repo: Repo, one: Sequence[str], other: Sequence[str]) -> bool:
    pairs = contradictions(read(repo, *one).requirements, read(repo, *other).requirements)
    return next(pairs, None) is not None


def _is_migrated(repo: Repo) -> bool:
    """Whether pyproject.toml and uv.lock say already what is production."""
    return "uv.lock" in repo.files and "project" in repo.toml("pyproject.toml")


def _by_names(candidates: Collection[str], used: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the file that is called like production, or all that could be meant if there is more than one."""
    sources_of = {path.removesuffix(".txt") + ".in" for path in candidates if path.endswith(".txt")}
    candidates = {*candidates} - sources_of
    ranked = sorted((place, path) for path in candidates if (place := rank(path)) is not None)
    if ranked:
        return (ranked[0][1],), ()
    others = sorted(path for path in candidates if not is_for_development(path))
    others = [path for path in others if path in used] or others
    return (tuple(others), ()) if len(others) == 1 else ((), tuple(others))


def _candidates(repo: Repo, used: Collection[str]) -> frozenset[str]:
    """Return all requirements files, except those from which others are compiled: these stand for them."""
    found = {path for path in repo.files | repo.links if is_requirements(path)} | {*used}
    outputs = {path.removesuffix(".in") + ".txt": path for path in found if path.endswith(".in")}
    found |= {output for output, path in outputs.items() if path in sources(repo, output)}
    return frozenset(found - {origin for path in found for origin in sources(repo, path)})


def _chosen(repo: Repo, group: str) -> tuple[str, str]:
    name, equals, path = group.partition("=")
    if not (equals and path and _GROUP_NAME.fullmatch(name)):
        raise MigrateError(
            f"--group {group} is not NAME=FILE, where NAME has letters, digits, dots, dashes, underscores"
        )
    return name, _existing(repo, path)


def _existing(repo: Repo, path: str) -> str:
    if normpath(path) not in repo.files:
        raise MigrateError(f"{path} is no file of the project; name requirements files from its root")
    return normpath(path)
