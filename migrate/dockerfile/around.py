"""Who builds and starts the image of a rewritten Dockerfile: what means something else now, or changes with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import dirname, join, normpath, relpath

from migrate.compose import Watch, services
from migrate.dockerfile.facts.stages import stages
from migrate.dockerfile.found import Found, python_of
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import surroundings as kinds
from migrate.plan import Change
from migrate.python_version import Declaration
from migrate.repo import Repo
from migrate.text import Edit, splice

LOCK = "uv.lock"


def about_builds(dockerfile: Found, inserted: Sequence[int]) -> Iterator[Finding]:
    """Yield what there is to say of those who build a Dockerfile that is rewritten.

    They ask for a stage by a number, and stages were `inserted` in front of it; or with another Python than the lock's.
    """
    python = python_of(dockerfile, dockerfile.path)
    for build in dockerfile.builds:
        if build.target and build.target.isdecimal() and any(each <= int(build.target) for each in inserted):
            now = int(build.target) + sum(each <= int(build.target) for each in inserted)
            yield kinds.TARGET_BY_NUMBER.at(build.path, build.line, number=build.target, now=now)
        values = {name: each.value for name, each in build.args.items() if each.value is not None}
        there = replace(dockerfile, stages=stages(parse(dockerfile.text), values)) if values else dockerfile
        other = python_of(there, dockerfile.path)
        if isinstance(python, Declaration) and isinstance(other, Declaration) and other.version != python.version:
            line = min(build.args[name].line for name in values)
            yield kinds.OTHER_PYTHON_BUILT.at(
                build.path, line, dockerfile=dockerfile.path, other=other.version, version=python.version
            )


def watching(
    repo: Repo, dockerfile: Found, folder: str, gone: Collection[str], changed: Mapping[str, str | None]
) -> Iterator[Change]:
    """Yield the compose files that rebuild the image when a converted requirements file changes: uv.lock instead.

    `folder` is the project's, `gone` are the converted files in it; `changed` are new texts of files of the repository.
    """
    edits: dict[str, list[Edit]] = {}
    converted = {join(folder, each) for each in gone}
    for service in services(repo):
        is_built = service.build is not None and service.build.dockerfile == dockerfile.path
        for watch in service.watches if is_built else ():
            place = normpath(join(dirname(service.path), watch.path))
            inside = {place} & repo.files or {file for file in repo.files if file.startswith(f"{place}/")}
            if watch.action == "rebuild" and inside and inside <= converted:
                text = changed.get(service.path) or repo.text(service.path)
                new = join(relpath(folder or ".", dirname(service.path) or "."), LOCK)
                new = f"./{normpath(new)}" if watch.path.startswith("./") else normpath(new)
                edits.setdefault(service.path, []).extend(_replacement(text, watch, new))
    for path, found in edits.items():
        text = changed.get(path) or repo.text(path)
        if found:
            yield Change(path, repo.text(path), splice(text, dict.fromkeys(found)))


def _replacement(text: str, watch: Watch, new: str) -> Iterator[Edit]:
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: watch.line])) + watch.column
    start += text[start : start + 1] in {"'", '"'}
    if text.startswith(watch.path, start):
        yield Edit(start, start + len(watch.path), new)
