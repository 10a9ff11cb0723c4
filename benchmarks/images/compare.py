"""Builds legacy services in four ways, in turns, and prints every figure as a ratio of one run; see README.md."""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import uuid4

from services import SERVICES, Service

from migrate.images.contexts import Contexts, copied, replaced, write
from migrate.images.edits import with_dependency
from migrate.images.engine import Build, BuildFailed, Engine
from migrate.images.image import Image
from migrate.images.measure import Builds, Times, pushed, started
from migrate.images.starts import Probe
from migrate.lock.uv import Uv
from migrate.migration import migrate
from migrate.options import Options
from migrate.repo import Repo

WAYS = ("old", "new", "article", "documented")
FIGURES = ("size", "floor", "cold", "install", "warm", "dependency", "code", "push", "push_compressed", "start")
Figures = dict[str, dict[str, list[float]]]


@dataclass
class Way:
    """One way to build a service: its context, its builds and what they took."""

    builds: Builds
    times: Times = field(default_factory=Times)
    image: Image | None = None
    push: tuple[int, int] = (0, 0)

    @property
    def engine(self) -> Engine:
        """The engine that knows what this way has made."""
        return self.builds.engine


def measured(service: Service, runs: int, options: Options) -> Figures:
    """Build one service in all ways, in turns, and return the values of each figure by way."""
    with tempfile.TemporaryDirectory(prefix="uvmigrate-benchmark-") as name:
        scratch = Path(name).resolve()
        contexts = _contexts(service, scratch, options)
        ways = {way: Way(_builds(contexts[way], scratch / f"{way}-work", way)) for way in WAYS}
        try:
            for way in ways.values():
                way.builds.fetch("new")
            for run in range(runs):
                for each in WAYS[run % len(WAYS) :] + WAYS[: run % len(WAYS)]:
                    _round(ways, each, run, contexts, options)
            for _ in range(max(3, runs)):
                for way in ways.values():
                    way.times.starts += started(_image(way), Probe(), 1)
            return _figures(ways)
        finally:
            for way in ways.values():
                way.engine.remove_everything()


def _contexts(service: Service, scratch: Path, options: Options) -> dict[str, Path]:
    old, new = scratch / "old", scratch / "new"
    old.mkdir()
    for path, text in (dict(service.files) | {"Dockerfile": service.dockerfile}).items():
        (old / path).write_text(text, encoding="utf-8")
    copied(old, new)
    write(new, migrate(new, options))
    found = {"old": old, "new": new}
    for way, text in (("article", service.article), ("documented", service.documented)):
        found[way] = copied(new, scratch / way)
        replaced(found[way], "Dockerfile", text)
    return found


def _builds(context: Path, scratch: Path, way: str) -> Builds:
    scratch.mkdir()
    engine = Engine.found()
    engine.name = f"uvmigrate-benchmark-{uuid4().hex[:8]}-{way}"
    return Builds(
        engine,
        Contexts(Repo.read(context), context, "Dockerfile", frozenset()),
        Build(),
        scratch,
        lambda text: _say(way, text),
    )


def _say(way: str, text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {way}: {text}"[:150], file=sys.stderr, flush=True)


def _round(ways: dict[str, Way], name: str, run: int, contexts: dict[str, Path], options: Options) -> None:
    way = ways[name]
    scope = f"{way.engine.name}-{run}"
    cold = way.builds.build("new", f"cold-{run}", scope=scope, cold=True)
    way.times.take_cold(cold)
    image = Image(way.engine, cold.tag)
    way.image = way.image or image
    both = Contexts(Repo.read(contexts["old"]), contexts["new"], "Dockerfile", frozenset())
    code = way.builds.built_after_code("new", f"code-{run}", scope=scope, file="app.py")
    way.times.code.append(code.seconds)
    if run == 0:
        way.push = pushed(way.engine, image, Image(way.engine, code.tag), way.builds.scratch)
    way.engine.remove_tag(code.tag)
    old, new = with_dependency(both, Uv.found(), options, {})
    changes = {path: f"{text}\n# change {scope}\n" for path, text in (old if name == "old" else new).items()}
    added = way.builds.build("new", f"dependency-{run}", scope=scope, changes=changes)
    way.times.take_dependency(added)
    way.engine.remove_tag(added.tag)
    if run:
        way.engine.remove_tag(cold.tag)


def _image(way: Way) -> Image:
    if way.image is None:
        raise BuildFailed("there is no image")
    return way.image


def _figures(ways: dict[str, Way]) -> Figures:
    found: Figures = {figure: {} for figure in FIGURES}
    for name, way in ways.items():
        for figure in ("cold", "install", "warm", "dependency", "code"):
            found[figure][name] = getattr(way.times, figure)
        found["start"][name] = [each.seconds for each in way.times.starts if each.seconds is not None]
        found["size"][name] = [_image(way).size]
        found["push"][name], found["push_compressed"][name] = ([float(size)] for size in way.push)
    for name in WAYS[1:]:
        found["floor"][name] = [_floor(ways[name])]
    return found


def _floor(way: Way) -> float:
    """Return what an image cannot be smaller than: its base, the environment with its own bytecode, and the code."""
    stages = way.builds.contexts.text(way.builds.folder("new")).split("\nFROM ")
    base = Image(way.engine, way.builds.alone(f"FROM {stages[-1].splitlines()[0]}\n", "base").tag)
    image = _image(way)
    before = base.files
    added = sum(file.size for path, file in image.files.files.items() if before.files.get(path) != file)
    environment = f"{image.packages.prefix}/"
    bytecode = sum(size for folder, size in image.files.bytecode.items() if folder.startswith(environment))
    return float(base.size + added + bytecode)


def table(service: Service, figures: Figures) -> Iterator[str]:
    """Yield the rows of a service: the median of each way, and how many times less the new one is than the old one."""
    yield f"| **{service.name}** | {' | '.join(WAYS)} | old : new | best other : new |"
    for figure, sides in figures.items():
        middle = {way: median(values) for way, values in sides.items() if values}
        others = [middle[way] for way in ("article", "documented") if way in middle]
        ratio = f"{middle['old'] / middle['new']:.1f}" if "old" in middle and middle.get("new") else ""
        rival = f"{min(others) / middle['new']:.2f}" if others and middle.get("new") else ""
        cells = " | ".join(_shown(figure, middle.get(way)) for way in WAYS)
        yield f"| {figure} | {cells} | {ratio} | {rival} |"


def _shown(figure: str, value: float | None) -> str:
    if value is None:
        return ""
    if figure in {"size", "floor"}:
        return f"{value / 1e6:.1f} MB"
    return f"{value / 1e3:.1f} kB" if figure.startswith("push") else f"{value:.2f} s"


def main() -> None:
    """Measure the services that are asked for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that images are removed
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("services", nargs="*", default=[service.name for service in SERVICES])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the values to this file too")
    parser.add_argument("--no-slim-runtime", action="store_true")
    given = parser.parse_args()
    options = Options(slim_runtime=not given.no_slim_runtime)
    values: dict[str, Figures] = {}
    named = {service.name: service for service in SERVICES}
    for service in (named[name] for name in given.services):
        values[service.name] = measured(service, given.runs, options)
        print("\n".join(table(service, values[service.name])), flush=True)
        print(f"\nload {os.getloadavg()[0]:.1f}, {given.runs} runs\n", flush=True)
        if given.json:
            given.json.write_text(json.dumps(values, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
