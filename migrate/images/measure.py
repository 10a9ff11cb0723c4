"""Builds both images in turns: cold, after a change of the code, after one more dependency."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from migrate.images.archive import saved
from migrate.images.contexts import Contexts, copied, replaced
from migrate.images.dockerfiles import outside_images, scoped
from migrate.images.edits import with_code_changed
from migrate.images.engine import Build, BuildFailed, Built, Engine
from migrate.images.image import Image
from migrate.images.model import Figure, Start, Unit
from migrate.images.starts import Probe, start
from migrate.images.steps import Watch

Announce = Callable[[str], None]
SIDES = ("old", "new")


@dataclass(frozen=True, slots=True)
class Builds:
    """What is built: both contexts, how, and where their copies go."""

    engine: Engine
    contexts: Contexts
    wanted: Build
    scratch: Path
    announce: Announce

    def folder(self, side: str) -> Path:
        """Return the context of a side."""
        return self.contexts.old if side == "old" else self.contexts.new

    def fetch(self, side: str) -> None:
        """Fetch the images that a side's Dockerfile names, so that no measured build does. Failures show later."""
        for number, text in enumerate(outside_images(self.contexts.text(self.folder(side)))):
            try:
                self.alone(text, f"{side}-image-{number}")
            except BuildFailed:
                continue

    def alone(self, text: str, name: str) -> Built:
        """Build a Dockerfile without a context."""
        folder = self.scratch / name
        folder.mkdir(exist_ok=True)
        (folder / "Dockerfile").write_text(text, encoding="utf-8")
        options = _build_arguments(self.wanted.options)
        watch = Watch(lambda step: self.announce(f"fetching {step}"))
        return self.engine.build(name, folder / "Dockerfile", folder, Build(options, self.wanted.timeout), watch=watch)

    def build(
        self, side: str, name: str, *, scope: str, cold: bool = False, changes: Mapping[str, str] | None = None
    ) -> Built:
        """Build one side, with files changed if they are given; its cache mounts are those of `scope`.

        Raises BuildFailed.
        """
        context = self.folder(side)
        if changes is not None:
            context = copied(context, self.scratch / f"{side}-{name}")
            for path, text in changes.items():
                replaced(context, path, text)
        try:
            return self._built(side, name, context, scope=scope, cold=cold)
        finally:
            if changes is not None:
                shutil.rmtree(context, ignore_errors=True)

    def built_after_code(self, side: str, name: str, *, scope: str, file: str) -> Built:
        """Build one side after one line of its code was changed. Raises BuildFailed."""
        context = copied(self.folder(side), self.scratch / f"{side}-{name}")
        try:
            with_code_changed(context, file, scope)
            return self._built(side, name, context, scope=scope, cold=False)
        finally:
            shutil.rmtree(context, ignore_errors=True)

    def _built(self, side: str, name: str, context: Path, *, scope: str, cold: bool) -> Built:
        folder = self.scratch / f"{side}-dockerfile"
        folder.mkdir(exist_ok=True)
        dockerfile = folder / "Dockerfile"
        text = self.contexts.text(context)
        dockerfile.write_text(scoped(text, scope), encoding="utf-8", errors="surrogateescape")
        own_ignore = context / f"{self.contexts.dockerfile}.dockerignore"
        if own_ignore.is_file():
            shutil.copyfile(own_ignore, folder / "Dockerfile.dockerignore")
        if scope not in self.engine.scopes:
            self.engine.scopes.append(scope)
        options = (*(("--no-cache",) if cold else ()), *self.wanted.options)
        watch = Watch(lambda step: self.announce(f"{side} image, {name}: {_unscoped(step, scope)}"))
        return self.engine.build(
            f"{side}-{name}",
            dockerfile,
            context / self.contexts.folder,
            Build(options, self.wanted.timeout),
            watch=watch,
        )


@dataclass(slots=True)
class Times:
    """The seconds of one side, a value for each run."""

    cold: list[float] = field(default_factory=list)
    install: list[float] = field(default_factory=list)
    code: list[float] = field(default_factory=list)
    dependency: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)

    def take_cold(self, built: Built) -> None:
        """Take the times of a build without any cache."""
        self.cold.append(built.seconds)
        self.install.append(_installing(built))

    def take_dependency(self, built: Built) -> None:
        """Take the times of a build after one more dependency."""
        self.dependency.append(built.seconds)
        self.warm.append(_installing(built))


def pushed(engine: Engine, before: Image, after: Image, scratch: Path) -> tuple[int, int]:
    """Return the bytes of the layers that `after` has and `before` has not: as they are, and compressed."""
    new = [digest for digest in after.layers if digest not in set(before.layers)]
    with saved(engine, after.tag, scratch) as archive:
        sizes = [archive.sizes(digest) for digest in new]
    return sum(plain for plain, _ in sizes), sum(packed for _, packed in sizes)


def started(image: Image, probe: Probe, times: int) -> list[Start]:
    """Start an image several times."""
    return [start(image, probe) for _ in range(times)]


def remaining(run: int, runs: int, seconds: float) -> str:
    """Say which of several runs this is, and how long the others will take if those before took `seconds`."""
    if runs == 1:
        return ""
    left = seconds / run * (runs - run) if run else 0.0
    about = f", about {max(1, round(left / 60))} min left" if left else ""
    return f"run {run + 1} of {runs}{about}: "


def announcing(prefix: str, announce: Announce) -> Announce:
    """Return a function that announces with something in front."""
    return lambda text: announce(f"{prefix}{text}")


def figures_of_times(old: Times, new: Times, notes: Mapping[str, str]) -> tuple[Figure, ...]:
    """Return the figures of all times; `notes` say why one is missing, by its name."""
    titles = {
        "cold": "build without cache",
        "install": "dependency install, cold",
        "warm": "dependency install, one added",
        "dependency": "rebuild after one more dependency",
        "code": "rebuild after a change of the code",
    }
    return tuple(
        Figure(name, title, Unit.SECONDS, tuple(getattr(old, name)), tuple(getattr(new, name)), notes.get(name, ""))
        for name, title in titles.items()
    )


def figure_of_starts(old: Times, new: Times, probe: Probe) -> Figure:
    """Return the figure of the starts."""
    title = "start to passing probe" if probe.wanted else "start to first line"
    before, after = (tuple(each.seconds for each in times.starts if each.seconds is not None) for times in (old, new))
    why = next((each.why for times in (old, new) for each in times.starts if each.why), "")
    return Figure("start", title, Unit.SECONDS, before, after, why)


def _unscoped(step: str, scope: str) -> str:
    return re.sub(rf",id={re.escape(scope)}-\S*", "", step)


def _installing(built: Built) -> float:
    return sum(step.seconds for step in built.steps if step.installs)


def _build_arguments(options: tuple[str, ...]) -> tuple[str, ...]:
    pairs = pairwise(options)
    return tuple(word for name, value in pairs if name == "--build-arg" for word in (name, value))
