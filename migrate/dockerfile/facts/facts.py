"""All that the migration of one stage is decided by, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath

from migrate.dockerfile.facts import runs, sources
from migrate.dockerfile.facts.environments import Environments
from migrate.dockerfile.facts.pip import Install, UnclearPip, is_idle, read_install
from migrate.dockerfile.facts.runs import Run, argv
from migrate.dockerfile.facts.stages import Stage, Step
from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.repo import Repo
from migrate.requirements import Index, Requirement

JOINED = frozenset({"", "&&", ";", "\n"})


@dataclass(frozen=True, slots=True)
class Target:
    """What the Dockerfile has to be migrated to.

    `converted` are the requirements files whose content is in pyproject.toml, `uv_version` is the uv that wrote the
    lock. `requirements` are those of the files; a package that the Dockerfile installs beside them must agree with
    them. `is_shared`: other Dockerfiles get their packages from the same lock. `unbuildable` are reasons why the build
    of an image needs more than pyproject.toml and uv.lock; `needs_git`: packages come from git. `indexes` are those of
    pyproject.toml.
    """

    repo: Repo
    converted: frozenset[str]
    uv_version: str
    requirements: tuple[Requirement, ...] = ()
    is_shared: bool = False
    unbuildable: tuple[str, ...] = ()
    needs_git: bool = False
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True)
class Facts:
    """One Dockerfile at `path`, its only stage, and the understood RUN instructions of that stage by step."""

    path: str
    dockerfile: Dockerfile
    stage: Stage
    target: Target

    @cached_property
    def runs(self) -> Mapping[int, Run | None]:
        """The RUN instructions by the index of their step; None for one that is not understood."""
        return {
            index: runs.read(step) for index, step in enumerate(self.stage.steps) if step.instruction.keyword == "RUN"
        }

    @property
    def understood(self) -> Iterator[tuple[int, Run]]:
        """The understood RUN instructions with the index of their step, in order."""
        return ((index, run) for index, run in self.runs.items() if run is not None)

    @cached_property
    def installs(self) -> Mapping[tuple[int, int], Install]:
        """What each clear `pip install` is told, by the index of its step and of its command."""
        found: dict[tuple[int, int], Install] = {}
        for step, run in self.understood:
            for command, arguments in run.pip.items():
                if arguments is None or is_idle(arguments):
                    continue
                try:
                    found[step, command] = read_install(arguments)
                except UnclearPip:
                    continue
        return found

    @cached_property
    def environments(self) -> Environments:
        """The virtual environments that the stage makes itself."""
        return Environments.of(dict(self.understood), self.stage.steps)

    @cached_property
    def dependency_steps(self) -> tuple[int, ...]:
        """The indices of the steps that install requirements files or packages."""
        return tuple(
            sorted({step for (step, _), install in self.installs.items() if install.files or install.packages})
        )

    def path_at(self, index: int, number: int, written: str) -> str | None:
        """Return the absolute path that a command of a step means by a path, or None if that is not certain."""
        run = self.runs[index]
        folder = self.stage.steps[index].workdir
        for command in run.commands[:number] if run else ():
            words = argv(command)
            if words[:1] not in {("cd",), ("pushd",), ("popd",)}:
                continue
            target = words[-1] or ""
            joined = {command.operator_before, command.operator_after} <= JOINED and not command.depth
            if len(words) != len(("cd", "folder")) or words[0] != "cd" or not joined or target in {"", "-"}:
                return None
            folder = normpath(join(folder, target))
        return normpath(join(folder, written))

    def context_file(self, index: int, number: int, written: str) -> str | None:
        """Return which file of the repository a command means by a path, or None if no COPY put one there."""
        path = self.path_at(index, number, written)
        files = self.target.repo.files
        places = (place for step in self.stage.steps[:index] for place in sources.placed(step, files))
        return sources.source_of(path, places, files) if path else None

    def removes_only_converted(self, index: int, number: int, words: Sequence[str | None]) -> bool:
        """Return whether a command of a step removes nothing but copies of converted requirements files."""
        paths = [word for word in words[1:] if not (word and word.startswith("-"))]
        return (
            words[:1] == ("rm",)
            and bool(paths)
            and all(path and self.context_file(index, number, path) in self.target.converted for path in paths)
        )

    def line(self, index: int) -> int:
        """Return the line of a step."""
        return self.stage.steps[index].instruction.line

    @property
    def kept_steps(self) -> Iterator[tuple[int, Step]]:
        """The steps other than RUN, with their index."""
        return ((i, step) for i, step in enumerate(self.stage.steps) if step.instruction.keyword != "RUN")
