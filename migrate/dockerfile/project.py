"""All Dockerfiles of a project: which Python they run on, and what becomes of them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from migrate import surroundings
from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.facts.stages import stages
from migrate.dockerfile.rewrite import inline, rewrite
from migrate.dockerfile.syntax.instruction import DockerfileError
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.findings import surroundings as surroundings_kinds
from migrate.plan import Change
from migrate.python_version import Declaration
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Requirement, Requirements

_CALLS_PIP = re.compile(r"(?mi)^\s*RUN\b[^#]*?\bpip[\d.]*\b")


def pythons(repo: Repo) -> Iterator[Declaration]:
    """Yield the Python version that the last stage of each Dockerfile at the root runs on, where its tag tells."""
    for path in surroundings.dockerfiles(repo):
        if "/" in path:
            continue
        try:
            *_, last = stages(parse(repo.text(path)))
        except (DockerfileError, UnreadableText, ValueError):
            continue
        if last.image and last.image.python:
            yield Declaration(last.image.python, path, last.start.line)


def target_of(repo: Repo, wanted: Requirements, uv_version: str) -> Target:
    """Return what the Dockerfiles at the root have to be migrated to; `wanted` are the converted requirements."""
    calling = 0
    for path in surroundings.dockerfiles(repo):
        with suppress(UnreadableText):
            calling += "/" not in path and _CALLS_PIP.search(repo.text(path)) is not None
    return Target(repo, frozenset(wanted.files), uv_version, wanted.requirements, is_shared=calling > 1)


def with_inline(wanted: Requirements, target: Target) -> Requirements:
    """Return the requirements together with the packages that the Dockerfiles at the root name themselves."""
    found: list[Requirement] = []
    for path in surroundings.dockerfiles(target.repo):
        with suppress(UnreadableText):
            found += inline(path, target.repo.text(path), target) if "/" not in path else ()
    return replace(wanted, requirements=(*wanted.requirements, *found))


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
