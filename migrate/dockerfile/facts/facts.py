"""All that the migration of one stage is decided by, read once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import filterfalse
from posixpath import basename, dirname, join, normpath
from typing import Any

from migrate.dockerfile.facts import runs, sources
from migrate.dockerfile.facts.environments import Environments
from migrate.dockerfile.facts.exchange import Exchange
from migrate.dockerfile.facts.known_conditions import without_known_conditions
from migrate.dockerfile.facts.own_uv import OwnUv
from migrate.dockerfile.facts.pip import Folder, Install, is_idle, read_install
from migrate.dockerfile.facts.pip_options import UnclearPip
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.facts.stages import Stage, Step
from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.lockfile import Lockfile
from migrate.once import once
from migrate.options import Options
from migrate.repo import Repo
from migrate.requirements import Index, Requirement, requirement

PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
START = frozenset({"CMD", "ENTRYPOINT", "HEALTHCHECK"})


@dataclass(frozen=True)
class Target:
    """What the Dockerfile has to be migrated to. Paths are those of the build context.

    `project` is the project's folder in it, `name` what the project is called, normalised, if that is known.
    `converted` are the requirements files whose content is in pyproject.toml, `constraints` those of them that only
    limit versions, `requirements` what they say; a package that the Dockerfile installs beside them must agree with it.
    `groups`: the dependency group that a requirements file became, by its path; those of `alone` have all that their
    file says, so that an image can have only them. `itself` are requirements files that install the project too.
    `uv_version` is the uv that wrote the lock, and `lock` what the images install from; None if there is none yet.
    `given` are the build arguments that whoever builds the Dockerfile gives it. `local` are the folders and archives of
    the project that packages come from, and whether they are used from there (editable); `others` are pyproject.toml of
    other projects, which change by themselves.

    `is_shared`: other Dockerfiles or stages get their packages from the same lock. `unbuildable` are reasons why the
    build of an image needs more than pyproject.toml and uv.lock; `needs_git`: packages come from git. `indexes` are
    those of pyproject.toml. `is_package`: the project can be installed itself; `is_dynamic`: only with its code does uv
    know what it depends on. `uses_pkg_resources`: its code imports that module, which images before Python 3.12 bring.
    """

    repo: Repo
    converted: frozenset[str]
    uv_version: str
    requirements: tuple[Requirement, ...] = ()
    is_shared: bool = False
    unbuildable: tuple[str, ...] = ()
    needs_git: bool = False
    indexes: tuple[Index, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    itself: frozenset[str] = frozenset()
    is_package: bool = False
    is_dynamic: bool = False
    uses_pkg_resources: bool = False
    name: str | None = None
    options: Options = field(default_factory=Options)
    project: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    lock: Lockfile | None = None
    constraints: frozenset[str] = frozenset()
    local: Mapping[str, bool] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    @cached_property
    def gone(self) -> frozenset[str]:
        """The requirements files whose content is in pyproject.toml, those of groups too."""
        return self.converted | self.groups.keys()

    @cached_property
    def names_gone(self) -> frozenset[str]:
        """What those files are called, without their folders."""
        return frozenset(map(basename, self.gone))


@dataclass(frozen=True)
class Facts:
    """One of the `stages` of a Dockerfile at `path`. `answers` is what `once` remembers."""

    path: str
    dockerfile: Dockerfile
    stage: Stage
    target: Target
    stages: tuple[Stage, ...] = ()
    exchange: Exchange = field(default_factory=Exchange)
    _read: dict[int, Run | None] = field(default_factory=dict, repr=False, compare=False)  # whatever is exchanged
    answers: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def runs(self) -> Mapping[int, Run | None]:
        """The RUN instructions by the index of their step; None for one that is not understood."""
        if not self._read:
            steps = enumerate(self.stage.steps)
            self._read.update((n, self._understood(n, step)) for n, step in steps if step.instruction.keyword == "RUN")
        found = dict(self._read)
        for (index, number), arguments in self.exchange.meant.items():
            if run := found[index]:
                found[index] = replace(run, pip={**run.pip, number: arguments})
        for index, number in self.exchange.kept:
            if run := found[index]:
                found[index] = replace(run, pip={each: words for each, words in run.pip.items() if each != number})
        return found

    def _understood(self, index: int, step: Step) -> Run | None:
        run = runs.read(step)
        return run and without_known_conditions(run, partial(self.context_file_at, index), self.target.repo, self.path)

    @property
    def understood(self) -> Iterator[tuple[int, Run]]:
        """The understood RUN instructions with the index of their step, in order."""
        return ((index, run) for index, run in self.runs.items() if run is not None)

    @cached_property
    def installs(self) -> Mapping[tuple[int, int], Install]:
        """What each clear `pip install` is told, by the index of its step and of its command, in order."""
        found: dict[tuple[int, int], Install] = {}
        for step, run in self.understood:
            for command, arguments in run.pip.items():
                if arguments is None or is_idle(arguments):
                    continue
                try:
                    install = read_install(arguments)
                except UnclearPip:
                    continue
                files = {self.context_file(step, command, written) for written in install.files}
                packages = tuple(self.by_default(step, one) for one in install.arguments if not self.uv.is_meant(one))
                if not self.environments.gets(run, step, command):
                    packages = tuple(filterfalse(self.environments.needs, packages))
                local = {each: self._local(step, command, each) for each in install.folders if not install.is_exact}
                packages += tuple(filter(None, local.values()))
                folders = [each for each in install.folders if not local.get(each)]
                folders += [Folder(".", is_editable=True)] if files & self.target.itself else []
                found[step, command] = replace(install, arguments=packages, folders=tuple(folders))
        return found

    def _local(self, index: int, number: int, folder: Folder) -> str | None:
        """Return how a requirements file names the package in a folder below the project; None if it cannot."""
        place = dirname(self.context_file(index, number, join(folder.path, PROJECT_FILES[0])) or "")
        if not place or self.target.project or join(place, PROJECT_FILES[0]) in self.target.others:
            return None
        extras = f"[{','.join(folder.extras)}]" if folder.extras else ""
        text = f"{'-e ' if folder.is_editable else ''}./{place}{extras}"
        return text if requirement(text, self.path, 0, self.target.repo) else None

    @cached_property
    def uv(self) -> OwnUv:
        """The uv that the file brings itself."""
        return OwnUv.of(self.stage, self.stages, dict(self.understood))

    @cached_property
    def environments(self) -> Environments:
        """The virtual environments that the stage makes itself."""
        return Environments.of(dict(self.understood), self.stage.steps)

    @cached_property
    def dependency_steps(self) -> tuple[int, ...]:
        """The indices of the steps that install requirements files, packages or projects."""
        return tuple(sorted({step for (step, _), install in self.installs.items() if install.brings}))

    def path_at(self, index: int, number: int, written: str) -> str | None:
        """Return the absolute path that a command of a step means by a path, or None if that is not certain."""
        run = self.runs[index]
        folder = self.stage.steps[index].workdir
        for command in run.commands[:number] if run else ():
            words = command.argv
            if words[:1] not in {("cd",), ("pushd",), ("popd",)}:
                continue
            target = words[-1] or ""
            joined = command.is_in_sequence and not command.depth
            if len(words) != len(("cd", "folder")) or words[0] != "cd" or not joined or target in {"", "-"}:
                return None
            folder = normpath(join(folder, target))
        return normpath(join(folder, written))

    @once
    def context_file(self, index: int, number: int, written: str) -> str | None:
        """Return which file of the repository a command means by a path, or None if no COPY put one there.

        Build arguments in it have their defaults.
        """
        path = self.path_at(index, number, self.by_default(index, written))
        return self.context_file_at(index, path) if path else None

    def by_default(self, index: int, written: str) -> str:
        """Return an argument of pip with the default values of build arguments, as far as they have one."""
        return runs.BRACED.sub(lambda match: self.stage.steps[index].arguments.get(match[1]) or match[0], written)

    @cached_property
    def site_packages(self) -> re.Pattern[str] | None:
        """The folders in which the image's own Python has its packages, with the prefix as group 1; None if unknown.

        That is its own, and that of a user, if it was copied from another stage.
        """
        python = self.stage.image.python if self.stage.image else None
        if python is None:
            return None
        prefixes = ("/usr/local", *(place for place in sorted(self.exchange.places) if place.endswith("/.local")))
        prefix = "|".join(map(re.escape, prefixes))
        return re.compile(rf"({prefix})/lib/python{python.major}\.{python.minor}/site-packages(?=$|[:\s\"'\0])")

    @cached_property
    def choosable(self) -> frozenset[str]:
        """The requirements files, as they are written, that a build argument names or lets a COPY bring."""
        copied = (source for _, step in self.stage.copies if step.from_context for source in step.sources)
        brought = any("$" in source.text for source in copied)
        written = (file for install in self.installs.values() for file in install.files)
        return frozenset(file for file in written if brought or "$" in file)

    def is_conditional(self, index: int, number: int) -> bool:
        """Return whether a command of a step stands inside of a condition or a loop."""
        run = self.runs[index]
        return run is not None and run.commands[number].depth > 0

    def is_project(self, index: int, number: int, written: str) -> bool:
        """Return whether a command of a step means by a path the folder of the repository's own project."""
        return any(self.context_file(index, number, join(written, name)) == name for name in PROJECT_FILES)

    def context_file_at(self, index: int, path: str) -> str | None:
        """Return which file of the repository stands at an absolute path before a step, or None if none does."""
        files = self.target.repo.files
        there = sources.places(self.stage, index, files)
        shown = sources.shown(self.stage.steps[index], files)
        return sources.source_of(path, (*there, *shown), files)

    def idle_mounts(self, index: int) -> frozenset[tuple[int, int]]:
        """Return the spans of the flags by which a RUN mounts converted requirements files, wheels, or uv."""
        is_wheels, step = index in self.exchange.mounted, self.stage.steps[index]
        return self.uv.mounts(step).union(
            (each.start, each.end)
            for each in sources.mounted(step)
            if (each.stage and is_wheels) or (not each.stage and each.source.lstrip("/") in self.target.gone)
        )

    def line(self, index: int) -> int:
        """Return the line of a step."""
        return self.stage.steps[index].instruction.line

    @property
    def starts(self) -> Iterator[tuple[int, Step]]:
        """The steps that say what starts in the container, with their index."""
        return ((i, step) for i, step in enumerate(self.stage.steps) if step.instruction.keyword in START)
