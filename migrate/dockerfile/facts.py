"""All that the migration of one stage is decided by, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from migrate.dockerfile import runs, sources
from migrate.dockerfile.instruction import Dockerfile
from migrate.dockerfile.pip import Install, UnclearPip, read_install
from migrate.dockerfile.runs import Run
from migrate.dockerfile.stages import Stage, Step
from migrate.repo import Repo


@dataclass(frozen=True, slots=True)
class Target:
    """What the Dockerfile has to be migrated to.

    `converted` are the requirements files whose content is in pyproject.toml, `uv_version` is the uv that wrote the
    lock. `unbuildable` are reasons why the build of an image needs more than pyproject.toml and uv.lock;
    `needs_git` tells whether packages come from git.
    """

    repo: Repo
    converted: frozenset[str]
    uv_version: str
    unbuildable: tuple[str, ...] = ()
    needs_git: bool = False


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
                try:
                    found[step, command] = read_install(arguments)
                except UnclearPip:
                    continue
        return found

    @cached_property
    def dependency_steps(self) -> tuple[int, ...]:
        """The indices of the steps that install requirements files."""
        return tuple(sorted({step for (step, _), install in self.installs.items() if install.files}))

    def context_file(self, index: int, written: str) -> str | None:
        """Return which file of the repository a path written in a step means, or None if no COPY put one there."""
        path = self.stage.steps[index].path(written)
        files = self.target.repo.files
        places = (place for step in self.stage.steps[:index] for place in sources.placed(step, files))
        return sources.source_of(path, places, files) if path else None

    def removes_only_converted(self, index: int, argv: Sequence[str | None]) -> bool:
        """Return whether a command of a step removes nothing but copies of converted requirements files."""
        paths = [word for word in argv[1:] if not (word and word.startswith("-"))]
        return (
            argv[:1] == ("rm",)
            and bool(paths)
            and all(path and self.context_file(index, path) in self.target.converted for path in paths)
        )

    def line(self, index: int) -> int:
        """Return the line of a step."""
        return self.stage.steps[index].instruction.line

    @property
    def kept_steps(self) -> Iterator[tuple[int, Step]]:
        """The steps other than RUN, with their index."""
        return ((i, step) for i, step in enumerate(self.stage.steps) if step.instruction.keyword != "RUN")
