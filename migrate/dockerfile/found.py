"""The Dockerfiles of a project: from which context each is built, and what is mounted into its containers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from migrate import surroundings
from migrate.builds import Build, builds
from migrate.compose import Mount, Service, services
from migrate.devcontainer import containers
from migrate.dockerfile.facts.distributions import release_of
from migrate.dockerfile.facts.images import promised_python
from migrate.dockerfile.facts.sources import matching
from migrate.dockerfile.facts.stages import Stage, stages
from migrate.dockerfile.syntax.instruction import DockerfileError
from migrate.dockerfile.syntax.parse import parse
from migrate.dockerfile.wanted import wanted
from migrate.once import once
from migrate.options import Options
from migrate.python_version import Declaration, Floating
from migrate.repo import Repo, UnreadableText

_INSTALL = re.compile(
    r"\bpip[\d.]* (?:-\S+ )*(?:install|sync|wheel)\b(?!(?:\s+(?:-\S+|pip|setuptools|wheel))+\s*(?:$|[&;|\\\n]))"
    r"|setup\.py (?:install|develop)\b"
)
_PIP = re.compile(r"\bpip[\d.]*\b|setup\.py (?:install|develop)\b")
EVERYTHING = Options()


@dataclass(frozen=True, slots=True)
class Found:
    """A Dockerfile; `error` is why it has no `stages`. Its paths are those of the whole repository.

    `contexts` are the folders that it may be built from ("" is the root), the likeliest first; `builds` are the places
    that build it, and `given` the build arguments that all of them give the same value. `mounts` are what lies over
    folders of its containers, by the place that says so.
    """

    path: str
    text: str
    stages: tuple[Stage, ...]
    contexts: tuple[str, ...]
    builds: tuple[Build, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    mounts: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None

    @property
    def context(self) -> str | None:
        """The folder that it is built from; None if that is not certain."""
        return self.contexts[0] if len(self.contexts) == 1 else None

    @property
    def installs(self) -> bool:
        """Whether a RUN says `pip install` for anything but pip itself."""
        return any(map(_INSTALL.search, _runs(self.stages)))

    @property
    def calls_pip(self) -> bool:
        """Whether a RUN names pip."""
        return any(_PIP.search(text) for text in _runs(self.stages))


def found(repo: Repo, options: Options = EVERYTHING) -> tuple[Found, ...]:
    """Return the Dockerfiles of a project, at any depth; only those that the options ask for, if they do.

    Found are those with a usual name, and those that another file builds.
    """
    if not options.docker:
        return ()
    whole, folder = repo.whole
    own = {join(folder, path) for path in repo.files}
    named = [join(folder, path) for path in surroundings.dockerfiles(repo)]
    built = sorted(build.dockerfile for build in builds(whole) if build.dockerfile in own)
    wanted = {normpath(path) for path in options.dockerfiles}
    paths = [path for path in dict.fromkeys((*named, *built)) if not wanted or path in wanted]
    return tuple(_found(whole, path) for path in paths)


def python_of(dockerfile: Found, path: str) -> Declaration | Floating | None:
    """Return the Python of the last stage that has one, as the Dockerfile at `path` declares it; None if none tells."""
    for stage in reversed(dockerfile.stages):
        line = (stage, *stage.ancestors)[-1].start.line
        release = release_of(stage.image) if stage.image and dockerfile.calls_pip else None
        if stage.image and (version := release.python if release else promised_python(stage.image)):
            return Declaration(version, path, line, needs_lock=dockerfile.calls_pip)
        if stage.image and stage.image.is_official_python:
            return Floating(str(stage.image), path, line)
    return None


@once
def _found(repo: Repo, path: str) -> Found:
    own = tuple(build for build in builds(repo) if build.dockerfile == path)
    mounts = {mount.target: place for mount, place in _mounts(path, (*services(repo), *containers(repo)))}
    try:
        text = repo.text(path)
        given = _given(own)
        read = stages(parse(text), given)
    except (UnreadableText, DockerfileError) as error:
        reason = error.message if isinstance(error, DockerfileError) else str(error)
        return Found(path, "", (), (), own, {}, mounts, reason)
    return Found(path, text, read, _contexts(repo, path, read, own), own, given, mounts)


def _given(builds: Sequence[Build]) -> dict[str, str]:
    """Return the build arguments to which every one of the builds gives the same value."""
    names = set.intersection(*(set(build.args) for build in builds)) if builds else set()
    values = {name: {build.args[name].value for build in builds} for name in names}
    return {name: value for name, (value, *others) in values.items() if value is not None and not others}


def _contexts(repo: Repo, path: str, read: tuple[Stage, ...], own: tuple[Build, ...]) -> tuple[str, ...]:
    """Return the folders, of those that builds name or of all above, that have most of what COPY and pip name."""
    folders = [build.context for build in own] or _above(path)
    missing = {folder: _missing(repo.below(folder).files, read) for folder in dict.fromkeys(folders)}
    fewest = min(missing.values())
    return tuple(folder for folder, count in missing.items() if count == fewest)


def _above(path: str) -> list[str]:
    folder = dirname(path)
    return [folder, *_above(folder)] if folder else [""]


def _missing(files: frozenset[str], read: tuple[Stage, ...]) -> int:
    """Return how many files that the stages name are not in a context."""
    count = 0
    for step in (step for stage in read for step in stage.steps):
        for source in step.sources if step.from_context else ():
            pattern = step.expand(source.text)
            count += bool(pattern and "://" not in pattern and not matching(pattern, files)[0])
    return count + sum(file is None for file in wanted(read, files))


def _runs(read: tuple[Stage, ...]) -> Iterator[str]:
    for instruction in (step.instruction for stage in read for step in stage.steps):
        if instruction.keyword == "RUN":
            yield instruction.text


def _mounts(path: str, all_services: Sequence[Service]) -> Iterator[tuple[Mount, str]]:
    """Yield what services mount that run the image of a Dockerfile: they build it, or have its name or its image."""
    building = [service for service in all_services if service.build and service.build.dockerfile == path]
    names = {service.name for service in building}
    images = {service.image for service in building if service.image}
    for service in all_services:
        has_neither = service.build is None and service.image is None  # it is completed by another file
        is_same = service in building or (service.build is None and (service.name in names or service.image in images))
        yield from ((mount, f"{service.path}:{mount.line}") for mount in service.mounts if is_same or has_neither)
