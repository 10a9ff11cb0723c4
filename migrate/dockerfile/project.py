"""All Dockerfiles of a project: which Python they run on, and what becomes of them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from migrate import surroundings
from migrate.dockerfile.decision.inline import Inline
from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.facts.images import promised_python
from migrate.dockerfile.facts.stages import stages
from migrate.dockerfile.rewrite import inline, rewrite
from migrate.dockerfile.syntax.instruction import DockerfileError
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.findings import surroundings as surroundings_kinds
from migrate.lockfile import parsed
from migrate.plan import Change
from migrate.python_version import Declaration, Floating
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Group, Index, Requirements, Setting

_CALLS_PIP = re.compile(r"(?mi)^\s*RUN\b[^#]*?\b(?:pip[\d.]*\b|setup\.py (?:install|develop)\b)")


def pythons(repo: Repo) -> Iterator[Declaration | Floating]:
    """Yield the Python version that the last stage of each Dockerfile at the root runs on, where its image tells."""
    for path in surroundings.dockerfiles(repo):
        if "/" in path:
            continue
        try:
            found = stages(parse(repo.text(path)))
        except (DockerfileError, UnreadableText, ValueError):
            continue
        if not found:
            continue
        image, line = found[-1].image, ((*found[-1].ancestors,) or found)[-1].start.line
        if image and (version := promised_python(image)):
            yield Declaration(version, path, line)
        elif image and image.is_official_python:
            yield Floating(str(image), path, line)


def target_of(repo: Repo, wanted: Requirements, uv_version: str) -> Target:
    """Return what the Dockerfiles at the root have to be migrated to; `wanted` are the converted requirements."""
    calling = 0
    for path in surroundings.dockerfiles(repo):
        with suppress(UnreadableText):
            calling += "/" not in path and _CALLS_PIP.search(repo.text(path)) is not None
    is_package, is_dynamic = _packaging(repo)
    return Target(
        repo,
        frozenset(wanted.files),
        uv_version,
        wanted.requirements,
        is_shared=calling > 1,
        is_package=is_package,
        is_dynamic=is_dynamic,
    )


def _packaging(repo: Repo) -> tuple[bool, bool]:
    """Return whether the project can be installed, and whether only its build tells what it depends on."""
    try:
        data = parsed(repo.get("pyproject.toml") or "")
    except (UnreadableText, ValueError, RecursionError):
        return False, False
    project = data.get("project")
    if not isinstance(project, dict):
        is_setup = surroundings.setup_file(repo) is not None
        return is_setup, is_setup
    dynamic = project.get("dynamic", [])
    is_dynamic = isinstance(dynamic, list) and not {"dependencies", "optional-dependencies"}.isdisjoint(
        map(str, dynamic)
    )
    return isinstance(data.get("build-system"), dict), is_dynamic


def with_inline(wanted: Requirements, target: Target) -> tuple[Requirements, tuple[Group, ...]]:
    """Return the requirements together with what the Dockerfiles at the root tell pip themselves, and new groups.

    That is packages, indexes and settings; each index and setting has its line in the account. Packages that only one
    of several images has are a dependency group.
    """
    groups: dict[str, Group] = {}
    for path in surroundings.dockerfiles(target.repo):
        with suppress(UnreadableText):
            text = "" if "/" in path else target.repo.text(path)
            for each in inline(path, text, replace(target, indexes=wanted.indexes)) if text else ():
                wanted = _told(wanted, each)
                if each.group and each.requirements:
                    known = groups[each.group].requirements if each.group in groups else ()
                    groups[each.group] = Group(each.group, path, (*known, *each.requirements), (), ())
    return wanted, tuple(groups.values())


def _told(wanted: Requirements, more: Inline) -> Requirements:
    given = {*wanted.indexes, *wanted.settings}
    new = [(line, what) for line, what in more.told if what not in given]
    indexes = {index.url: index for index in wanted.indexes}
    indexes |= {
        what.url: what for _, what in new if isinstance(what, Index) and (what.is_default or what.url not in indexes)
    }
    requirements = (replace(one, source=one.source or more.sources.get(one.package)) for one in wanted.requirements)
    return replace(
        wanted,
        requirements=(*requirements, *(more.requirements if more.group is None else ())),
        settings=tuple(dict.fromkeys((*wanted.settings, *(what for _, what in new if isinstance(what, Setting))))),
        indexes=tuple(indexes.values()),
        lines=(*wanted.lines, *(line for line, _ in new)),
    )


def migrated(repo: Repo, target: Target) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return the changes of Dockerfiles and of their `.dockerignore`, and what there is to say."""
    changes: dict[str, Change] = {}
    findings: list[Finding] = []
    mounts = surroundings.bind_mounts(repo)
    for path in surroundings.dockerfiles(repo):
        try:
            text = repo.text(path)
        except UnreadableText as error:
            findings.append(kinds.UNREADABLE.at(path, reason=error))
            continue
        if "/" in path:
            if re.search(r"(?m)^\s*RUN\b.*\bpip\d?\b", text, re.IGNORECASE):
                findings.append(surroundings_kinds.FOLDER_UNKNOWN.at(path))
            continue
        new, said = rewrite(path, text, target, mounts)
        findings += said
        if new == text:
            continue
        changes[path] = Change(path, text, new)
        ignored = surroundings.dockerignore(repo, path)
        if isinstance(ignored, Change):
            changes[ignored.path] = ignored
        elif ignored:
            findings.append(ignored)
    return tuple(changes.values()), tuple(findings)
