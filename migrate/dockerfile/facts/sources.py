"""Which file of the build context stands at a path of the image."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from posixpath import basename, join, normpath, relpath

from migrate.dockerfile.facts.stages import Stage, Step, stage_called
from migrate.dockerfile.syntax.words import Copy

# Folders that every image has, so that a COPY to one of them without a slash at the end goes into it.
_NAMES = ("", "bin", "etc", "home", "mnt", "opt", "root", "run", "srv", "tmp", "usr", "usr/src", "var")
FOLDERS = frozenset(f"/{name}" for name in _NAMES)


@dataclass(frozen=True, slots=True)
class Placed:
    """Files of the build context, copied: `context` is a file or a folder of it ("." is all), `image` where it went."""

    context: str
    image: str
    is_folder: bool

    def source_of(self, path: str) -> str | None:
        """Return the context's path of what stands at a path of the image, or None if it was not copied from here."""
        if path == self.image and not self.is_folder:
            return self.context
        if self.is_folder and (path + "/").startswith(self.image.rstrip("/") + "/") and path != self.image:
            return normpath(join(self.context, relpath(path, self.image)))
        return None


@dataclass(frozen=True, slots=True)
class Mounted:
    """A folder or file that a RUN mounts: `source` in an earlier `stage`, None: in the context; `target` in the image.

    `start` and `end` are where the flag stands.
    """

    stage: Stage | None
    source: str
    target: str
    start: int
    end: int


def mounted(step: Step) -> Iterator[Mounted]:
    """Yield the mounts of a RUN that show it files of the context or of an earlier stage."""
    for flag in step.instruction.flags if step.instruction.keyword == "RUN" else ():
        if flag.name != "mount":
            continue
        told = dict(part.partition("=")[::2] for part in (flag.value or "").split(","))
        of, kind = told.get("from"), told.get("type", "bind")
        stage = stage_called(of, step.earlier) if of else None
        target = step.path(told.get("target") or told.get("dst") or told.get("destination") or "\0")
        source = step.expand(told.get("source") or told.get("src") or "/")
        if source and target and "\0" not in target and (stage or (kind == "bind" and not of)):
            yield Mounted(stage, normpath(join("/", source)), target, flag.start, flag.end)


@lru_cache(maxsize=256)  # all stages of all images ask for the same few
def matching(pattern: str, files: frozenset[str]) -> tuple[frozenset[str], bool]:
    """Return the files of the context that a source of COPY names, and whether it names a folder.

    Wildcards match within one level, as Go's `filepath.Match` does.
    """
    source = normpath(pattern.lstrip("/") or ".")
    if source == ".":
        return files, True
    below = frozenset(file for file in files if file.startswith(source + "/"))
    if below:
        return below, True
    level = source.count("/")
    return frozenset(file for file in files if file.count("/") == level and fnmatchcase(file, source)), False


def placed(step: Step, files: frozenset[str]) -> tuple[Placed, ...]:
    """Return where a COPY or ADD puts files of the context; nothing where its paths are not certain."""
    found = step.from_context
    if found is None:
        return ()
    written = step.expand(found.destination.text)
    destination = step.path(found.destination.text)
    if written is None or destination is None:
        return ()
    places: list[Placed] = []
    for source in found.sources:
        pattern = step.by_default(source.text)
        if pattern is None:
            continue
        names, is_folder = matching(pattern, files)
        many = len(found.sources) > 1 or len(names) > 1
        into = many or written.endswith(("/", ".")) or destination == step.workdir or destination in FOLDERS
        if is_folder:
            places.append(Placed(normpath(pattern.lstrip("/") or "."), destination, is_folder=True))
        else:
            places += (
                Placed(name, join(destination, basename(name)) if into else destination, is_folder=False)
                for name in names
            )
    return tuple(places)


def places(stage: Stage, end: int, files: frozenset[str]) -> Iterator[Placed]:
    """Yield where files of the context are in a stage before the step `end`, copies through other stages included."""
    if stage.base:
        yield from places(stage.base, len(stage.base.steps), files)
    for index, step in stage.copies:
        if index >= end:
            break
        yield from placed(step, files)
        if taken := step.from_stage:
            yield from _passed_on(step, *taken, files)


def shown(step: Step, files: frozenset[str]) -> Iterator[Placed]:
    """Yield where files of the context are while a RUN runs, by its mounts."""
    for each in mounted(step):
        if each.stage is None:
            path = each.source.lstrip("/") or "."
            yield Placed(path, each.target, is_folder=path not in files)
            continue
        for place in places(each.stage, len(each.stage.steps), files):
            if (place.image + "/").startswith(each.source.rstrip("/") + "/"):
                yield replace(place, image=normpath(join(each.target, relpath(place.image, each.source))))
            elif inside := place.source_of(each.source):
                yield Placed(inside, each.target, is_folder=inside not in files)


def _passed_on(step: Step, origin: Stage, taken: Copy, files: frozenset[str]) -> Iterator[Placed]:
    destination = step.path(taken.destination.text)
    there = tuple(places(origin, len(origin.steps), files))
    for source in taken.sources if destination else ():
        written = step.expand(source.text)
        path = normpath(join("/", written)) if written else "\0"
        into = len(taken.sources) > 1 or taken.destination.text.endswith(("/", ".")) or destination == step.workdir
        for place in there:
            if place.image == path and not place.is_folder:
                yield replace(place, image=join(destination or "", basename(path)) if into else destination or "")
            elif (place.image + "/").startswith(path.rstrip("/") + "/"):
                yield replace(place, image=normpath(join(destination or "", relpath(place.image, path))))
            elif inside := place.source_of(path):
                is_folder = inside not in files
                at = destination if is_folder or not into else join(destination or "", basename(path))
                yield Placed(inside, at or "", is_folder=is_folder)


def source_of(path: str, places: Iterable[Placed], files: frozenset[str]) -> str | None:
    """Return the context's file at a path of the image, the last copy first; None if no copy put one there."""
    for place in reversed(tuple(places)):
        source = place.source_of(path)
        if source in files:
            return source
    return None
