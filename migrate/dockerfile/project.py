"""All Dockerfiles of a project: which Python they run on, and what becomes of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import dirname, join, normpath, relpath
from typing import Any

from migrate import surroundings
from migrate.dockerfile.around import about_builds, watching
from migrate.dockerfile.decision.inline import Inline
from migrate.dockerfile.facts.facts import Facts, Target
from migrate.dockerfile.facts.pip import is_idle
from migrate.dockerfile.found import EVERYTHING, Found, found, python_of
from migrate.dockerfile.rewrite import inline, rewritten
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.findings import surroundings as surroundings_kinds
from migrate.imports import imported
from migrate.options import Options
from migrate.plan import Change
from migrate.python_version import Declaration, Floating
from migrate.repo import Repo
from migrate.requirements import Group, Index, Requirement, Requirements, Setting, Source

_BUILDING = re.compile(r"\buv sync\b(?!.*--no-install-project)")  # with the project itself


def pythons(repo: Repo, options: Options | None = None) -> Iterator[Declaration | Floating]:
    """Yield the Python version that the last stage with a Python of each Dockerfile runs on, where its image tells.

    Those in the project's folder come first; in folders below only those count that call pip and see the project.
    """
    _, folder = repo.whole
    images = found(repo, replace(options or Options(), docker=True))
    for image in sorted(images, key=lambda each: dirname(each.path) != folder):
        counts = dirname(image.path) == folder or (image.calls_pip and _sees(image.context, folder))
        if counts and (said := python_of(image, relpath(image.path, folder or "."))):
            yield said


def target_of(repo: Repo, wanted: Requirements, uv_version: str, options: Options) -> Target:
    """Return what the Dockerfiles have to be migrated to; `wanted` are the converted requirements."""
    from packaging.utils import canonicalize_name

    calling = sum(each.calls_pip for each in _ours(repo, options))
    data = repo.toml("pyproject.toml")
    project = data.get("project")
    is_package, is_dynamic = _packaging(repo, data)
    name = project.get("name") if isinstance(project, dict) else None
    return Target(
        repo,
        frozenset(wanted.files),
        uv_version,
        wanted.requirements,
        is_shared=calling > 1,
        is_package=is_package,
        is_dynamic=is_dynamic,
        name=canonicalize_name(name) if isinstance(name, str) else None,
        uses_pkg_resources=calling > 0 and "pkg-resources" in imported(repo),
        options=options,
    )


def _packaging(repo: Repo, data: dict[str, Any]) -> tuple[bool, bool]:
    """Return whether the project can be installed, and whether only its build tells what it depends on."""
    project = data.get("project")
    if not isinstance(project, dict):
        is_setup = surroundings.setup_file(repo) is not None
        return is_setup, is_setup
    dynamic = project.get("dynamic", [])
    is_dynamic = isinstance(dynamic, list) and not {"dependencies", "optional-dependencies"}.isdisjoint(
        map(str, dynamic)
    )
    return isinstance(data.get("build-system"), dict), is_dynamic


def _sees(context: str | None, folder: str) -> bool:
    """Whether a build context has the folder of the project in it."""
    return context is not None and (context in {"", folder} or folder.startswith(f"{context}/"))


def _ours(repo: Repo, options: Options) -> list[Found]:
    """Return the Dockerfiles whose build sees the project's folder."""
    return [each for each in found(repo, options) if _sees(each.context, repo.whole[1]) and not each.error]


def _seen_from(target: Target, dockerfile: Found) -> Target:
    """Return the target as a Dockerfile has it: with the paths of its build context, and what it is given."""
    whole, folder = target.repo.whole
    context = dockerfile.context or ""
    inside = relpath(folder or ".", context or ".").removeprefix(".")
    seen = whole.below(context)
    projects = (path for path in seen.files if path.endswith("/pyproject.toml"))
    others = frozenset(each for each in projects if relpath(each, inside or ".") not in target.repo.files)
    return replace(
        target,
        repo=seen,
        others=others,
        project=inside,
        given=dockerfile.given,
        converted=frozenset(normpath(join(inside, path)) for path in target.converted),
        groups={normpath(join(inside, path)): name for path, name in target.groups.items()},
        constraints=frozenset(normpath(join(inside, path)) for path in target.constraints),
    )


def constraining(repo: Repo) -> tuple[str, ...]:
    """Return the files that limit versions (`pip install -c`) wherever a Dockerfile has pip install something.

    There are none if that is not the same everywhere: a lock has one answer.
    """
    bare = Target(repo, frozenset(), "")
    told: set[tuple[str, ...]] = set()
    for dockerfile in _ours(repo, EVERYTHING):
        target = _seen_from(bare, dockerfile)
        for stage in dockerfile.stages:
            facts = Facts(dockerfile.path, parse(dockerfile.text), stage, target, dockerfile.stages)
            told.update(tuple(relpath(file, target.project or ".") for file in files) for files in _constraints(facts))
    return told.pop() if len(told) == 1 else ()


def _constraints(facts: Facts) -> Iterator[tuple[str, ...]]:
    """Yield the files of the build context that limit each installation of a stage; none if that is not certain."""
    for index, run in facts.understood:
        for number, arguments in run.pip.items():
            install = facts.installs.get((index, number))
            if install and install.chooses_versions:
                found = (facts.context_file(index, number, each) for each in install.constraints if "$" not in each)
                files = tuple(sorted({*filter(None, found)}))
                yield files if len(files) == len(install.constraints) else ()
            elif install is None and not (arguments and is_idle(arguments)):
                yield ()


def with_inline(wanted: Requirements, target: Target) -> tuple[Requirements, tuple[Group, ...]]:
    """Return the requirements together with what the Dockerfiles tell pip themselves, and new groups.

    That is packages, indexes and settings; each index and setting has its line in the account. Packages that only one
    of several images has are a dependency group. A folder that one image has editable and another has not is a copy in
    both: a lock has one answer.
    """
    groups: dict[str, Group] = {}
    for dockerfile in _ours(target.repo, target.options):
        context = dockerfile.context or ""
        seen = _seen_from(replace(target, indexes=wanted.indexes), dockerfile)
        for each in inline(relpath(dockerfile.path, context or "."), dockerfile.text, seen):
            there = each.at(relpath(dockerfile.path, target.repo.whole[1] or "."))
            wanted = _told(wanted, there)
            if there.group and there.requirements:
                known = groups[there.group].requirements if there.group in groups else ()
                path = there.requirements[0].path
                groups[there.group] = Group(there.group, path, (*known, *there.requirements), (), ())
    every = (*wanted.requirements, *(one for group in groups.values() for one in group.requirements))
    copied = {one.source.local: one.source for one in every if one.source and not one.source.is_editable}
    return (
        replace(wanted, requirements=tuple(_as_in(copied, wanted.requirements))),
        tuple(replace(each, requirements=tuple(_as_in(copied, each.requirements))) for each in groups.values()),
    )


def _as_in(copied: Mapping[str | None, Source], requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    """Yield requirements, those from local folders as they are `copied`."""
    for one in requirements:
        is_local = one.source is not None and one.source.local is not None
        yield replace(one, source=copied.get(one.source.local, one.source)) if is_local and one.source else one


def _told(wanted: Requirements, more: Inline) -> Requirements:
    given = {*wanted.indexes, *wanted.settings}
    new = [(line, what) for line, what in more.told if what not in given]
    indexes = {index.url: index for index in wanted.indexes}
    indexes |= {
        what.url: what for _, what in new if isinstance(what, Index) and (what.is_default or what.url not in indexes)
    }
    requirements = [replace(one, source=one.source or more.sources.get(one.package)) for one in wanted.requirements]
    known = {one.text for one in requirements}
    requirements += [one for one in more.requirements if more.group is None and one.text not in known]
    return replace(
        wanted,
        requirements=tuple(requirements),
        settings=tuple(dict.fromkeys((*wanted.settings, *(what for _, what in new if isinstance(what, Setting))))),
        indexes=tuple(indexes.values()),
        lines=(*wanted.lines, *(line for line, _ in new)),
    )


def migrated(repo: Repo, target: Target) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return the changes of Dockerfiles and of their `.dockerignore`, and what there is to say.

    Paths are relative to the project's folder; those of files above it begin with "..".
    """
    changes: dict[str, Change] = {}
    findings: list[Finding] = []
    is_built = False
    whole, folder = repo.whole
    for each in found(repo, target.options):
        context = each.context
        if each.error:
            findings.append(kinds.UNREADABLE.at(each.path, reason=each.error))
        elif context is None or not _sees(context, folder):
            findings += _elsewhere(each)
        else:
            path = relpath(each.path, context or ".")
            asked = {build.target for build in each.builds if build.target}
            result = rewritten(path, each.text, _seen_from(target, each), each.mounts, asked)
            new = result.text
            findings += (replace(one, path=normpath(join(context, one.path))) for one in result.findings)
            if new != each.text:
                changes[each.path] = Change(each.path, each.text, new)
                scripts = {normpath(join(context, name)): text for name, text in result.files.items()}
                changes |= {name: Change(name, whole.text(name), text) for name, text in scripts.items()}
                findings += about_builds(each, result.inserted)
                texts = {path: change.after for path, change in changes.items()}
                changes |= {c.path: c for c in watching(whole, each, folder, target.gone, texts)}
                is_built = is_built or _BUILDING.search(new) is not None
                inside = relpath(folder or ".", context or ".")
                ignored = surroundings.dockerignore(whole, each.path, context, inside, is_built=is_built)
                changes |= {ignored.path: ignored} if isinstance(ignored, Change) else {}
                findings += [ignored] if isinstance(ignored, Finding) else []
    return (
        tuple(replace(each, path=relpath(each.path, folder or ".")) for each in changes.values()),
        tuple(replace(each, path=relpath(each.path, folder or ".")) for each in findings),
    )


def _elsewhere(dockerfile: Found) -> Iterator[Finding]:
    """Yield why a Dockerfile with pip that is not surely built from the project's folder is left as it is."""
    if dockerfile.calls_pip and dockerfile.context is None:
        yield surroundings_kinds.FOLDER_UNKNOWN.at(dockerfile.path)
    elif dockerfile.calls_pip:
        line = next((build.line for build in dockerfile.builds), None)
        place = f", as {dockerfile.builds[0].path}:{line} says" if line else ""
        yield surroundings_kinds.CONTEXT_ELSEWHERE.at(dockerfile.path, context=dockerfile.context, place=place)
