"""The story of a comparison: two contexts, the images of both, figures, proofs, and nothing left behind."""

import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from migrate.images.contexts import contexts
from migrate.images.dockerfiles import base_of
from migrate.images.edits import NotPossible, code_file, with_dependency
from migrate.images.engine import BuildFailed, Engine
from migrate.images.image import Image, Silent
from migrate.images.interrupts import undisturbed
from migrate.images.measure import (
    SIDES,
    Builds,
    Times,
    announcing,
    figure_of_starts,
    figures_of_times,
    pushed,
    remaining,
    started,
)
from migrate.images.model import Comparison, Figure, Proof, Unit
from migrate.images.proofs import Pair, proofs
from migrate.images.request import Request
from migrate.images.secrets import passwords_in, secrets_of
from migrate.images.starts import Probe
from migrate.lock.uv import Uv
from migrate.plan import Plan

Announce = Callable[[str], None]
_STARTS = 3  # of each image; one is cheap


def compare(
    root: Path, request: Request, announce: Announce = lambda _: None, *, plan: Plan | None = None
) -> Comparison:
    """Build the old image of the project in the folder `root` and the new one, measure both, and prove what they share.

    `announce` is told what happens; `plan`: the project's, if it is there already. Containers, images, cache mounts and
    folders that were made are removed at the end, however it comes; images stay if the request says `keep`.
    Raises MigrateError if there is no engine, no room, or nothing to compare.
    """
    hidden = secrets_of(request.build_arguments, request.secrets)
    engine = Engine.found(request.engine, frozenset(value.decode("utf-8", "replace") for value in hidden.values()))
    engine.temporary = scratch = Path(tempfile.mkdtemp(prefix="uvmigrate-compare-")).resolve()
    try:
        announce("planning the migration")
        both = contexts(root, scratch, request.options, request.before, plan=plan)
        hidden |= passwords_in(both.legacy, both.migrated & both.legacy.files)
        builds = Builds(engine, both, request.build, scratch, announce)
        return _Comparing(request, builds, hidden).whole()
    finally:
        with undisturbed():
            with suppress(OSError):  # nobody may be listening any more
                announce("removing what was built")
            engine.remove_everything(keep_images=request.keep)
            shutil.rmtree(scratch, ignore_errors=True)


@dataclass
class _Comparing:
    request: Request
    builds: Builds
    secrets: dict[str, bytes]
    times: dict[str, Times] = field(default_factory=lambda: {side: Times() for side in SIDES})
    images: dict[str, Image] = field(default_factory=dict)
    pushes: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    failed: list[Proof] = field(default_factory=list)
    again: Image | None = None

    @property
    def engine(self) -> Engine:
        return self.builds.engine

    def whole(self) -> Comparison:
        """Build everything in turns; the old side may fail."""
        for side in SIDES:
            self.builds.fetch(side)
        announce, begin = self.builds.announce, time.monotonic()
        for run in range(self.request.runs):
            left = remaining(run, self.request.runs, time.monotonic() - begin)
            self.builds = replace(self.builds, announce=announcing(left, announce))
            for side in SIDES if run % 2 == 0 else SIDES[::-1]:
                if run == 0 or side in self.images:
                    self._cold(side, run)
            if "new" not in self.images:
                break
            self._after_changes(run)
        self.builds = replace(self.builds, announce=announce)
        figures: tuple[Figure, ...] = ()
        if "new" in self.images:
            self._starts()
            figures = self._figures()
            self.failed += proofs(self._pair(), announce)
        kept = self.engine.tags() if self.request.keep else ()
        return Comparison(
            self.builds.contexts.dockerfile,
            self.engine.builder[0],
            self.request.runs,
            figures,
            tuple(self.failed),
            tuple(self.notes),
            kept,
        )

    def _cold(self, side: str, run: int) -> None:
        try:
            built = self.builds.build(side, f"cold-{run}", scope=self._scope(run), cold=True)
        except BuildFailed as error:
            if side == "old":
                self.notes.append(f"the old image does not build, so it was broken before: {error}")
            else:
                self.failed.append(Proof("build", "the new image builds", (str(error),)))
            return
        self.times[side].take_cold(built)
        if run == 0:
            self.images[side] = Image(self.engine, built.tag)
        elif side == "old" and self.again is None:
            self.again = Image(self.engine, built.tag)
        else:
            self.engine.remove_tag(built.tag)

    def _scope(self, run: int) -> str:
        return f"{self.engine.name}-{run}"

    def _after_changes(self, run: int) -> None:
        sides = [side for side in SIDES if side in self.images]
        try:
            file = code_file(self.builds.contexts, self.images[sides[0]].files)
        except (NotPossible, Silent) as error:
            self.missing["code"] = str(error)
        else:
            for side in sides:
                self._code(side, run, file)
        try:
            self.builds.announce("locking one more dependency")
            options = self.request.options
            installed = self.images[sides[0]].packages.versions
            added = with_dependency(self.builds.contexts, Uv.found(options.uv), options, installed)
        except (NotPossible, Silent) as error:
            self.missing["dependency"] = self.missing["warm"] = str(error)
            return
        for side in sides:
            self._dependency(side, run, added[SIDES.index(side)])

    def _code(self, side: str, run: int, file: str) -> None:
        try:
            built = self.builds.built_after_code(side, f"code-{run}", scope=self._scope(run), file=file)
        except BuildFailed as error:
            self.missing["code"] = f"the {side} image does not build again: {error}"
            return
        self.times[side].code.append(built.seconds)
        if run == 0:
            self.builds.announce(f"measuring what the {side} image pushes")
            changed = Image(self.engine, built.tag)
            self.pushes[side] = pushed(self.engine, self.images[side], changed, self.builds.scratch)
        self.engine.remove_tag(built.tag)

    def _dependency(self, side: str, run: int, changes: dict[str, str]) -> None:
        texts = {path: f"{text}\n# change {self._scope(run)}\n" for path, text in changes.items()}
        try:
            built = self.builds.build(side, f"dependency-{run}", scope=self._scope(run), changes=texts)
        except BuildFailed as error:
            self.missing["dependency"] = f"the {side} image does not build with one more dependency: {error}"
            return
        self.times[side].take_dependency(built)
        self.engine.remove_tag(built.tag)

    def _starts(self) -> None:
        probe = Probe(self.request.probe, self.request.patience)
        for number in range(max(_STARTS, self.request.runs)):
            for side, image in self.images.items() if number % 2 else reversed(self.images.items()):
                self.builds.announce(f"starting the {side} image")
                self.times[side].starts += started(image, probe, 1)
                if self.times[side].starts[-1].why:
                    break

    def _figures(self) -> tuple[Figure, ...]:
        def of(name: str, title: str, unit: Unit, values: dict[str, float]) -> Figure:
            old, new = (tuple([values[side]] if side in values else []) for side in SIDES)
            return Figure(name, title, unit, old, new)

        old, new = (self.times[side] for side in SIDES)
        size = of("size", "image size", Unit.BYTES, {side: image.size for side, image in self.images.items()})
        layers = of("layers", "layers", Unit.COUNT, {side: len(image.layers) for side, image in self.images.items()})
        plain = of(
            "push", "bytes to push after a change of the code", Unit.BYTES, {k: v[0] for k, v in self.pushes.items()}
        )
        packed = of("push_compressed", "the same, compressed", Unit.BYTES, {k: v[1] for k, v in self.pushes.items()})
        times = figures_of_times(old, new, self.missing)
        return (size, layers, *times, plain, packed, figure_of_starts(old, new, Probe(self.request.probe)))

    def _pair(self) -> Pair:
        both = self.builds.contexts
        is_asked = self.request.probe and "old" in self.images
        starts = (self.times["old"].starts, self.times["new"].starts) if is_asked else None
        return Pair(
            self.images.get("old"),
            self.images["new"],
            self._base("old") if "old" in self.images else None,
            self._base("new"),
            both.migrated,
            both.required_installers,
            self.secrets,
            self.builds.scratch,
            starts,
            self._once_more,
            both.contents,
        )

    def _once_more(self) -> Image | None:
        """Return the old image of another build, which tells what differs from build to build."""
        if self.again is None:
            with suppress(BuildFailed):
                scope = self._scope(self.request.runs)
                self.again = Image(self.engine, self.builds.build("old", "again", scope=scope, cold=True).tag)
        return self.again

    def _base(self, side: str) -> Image | None:
        text = base_of(self.builds.contexts.text(self.builds.folder(side)))
        if text is None:
            return None
        try:
            return Image(self.engine, self.builds.alone(text, f"{side}-base").tag)
        except BuildFailed:
            return None
