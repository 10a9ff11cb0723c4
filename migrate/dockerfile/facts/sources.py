"""Which file of the build context stands at a path of the image."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import basename, join, normpath, relpath

from migrate.dockerfile.facts.stages import Step
from migrate.dockerfile.syntax.arrays import NotStringsError
from migrate.dockerfile.syntax.instruction import DockerfileError
from migrate.dockerfile.syntax.words import Copy, copy, expand


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


def context_copy(step: Step) -> Copy | None:
    """Return what COPY or ADD takes from the build context; None for another instruction, stage or a heredoc."""
    instruction = step.instruction
    if instruction.keyword not in {"COPY", "ADD"} or instruction.flag("from") or instruction.heredocs:
        return None
    try:
        return copy(instruction)
    except (DockerfileError, NotStringsError):
        return None


def matching(pattern: str, files: Iterable[str]) -> tuple[frozenset[str], bool]:
    """Return the files of the context that a source of COPY names, and whether it names a folder.

    Wildcards match within one level, as Go's `filepath.Match` does.
    """
    source = normpath(pattern.lstrip("/") or ".")
    if source == ".":
        return frozenset(files), True
    below = frozenset(file for file in files if file.startswith(source + "/"))
    if below:
        return below, True
    level = source.count("/")
    return frozenset(file for file in files if file.count("/") == level and fnmatchcase(file, source)), False


def placed(step: Step, files: Iterable[str]) -> tuple[Placed, ...]:
    """Return where a COPY or ADD puts files of the context; nothing where its paths are not certain."""
    found = context_copy(step)
    if found is None:
        return ()
    written = expand(found.destination.text, step.variables, step.instruction.escape)
    destination = step.path(found.destination.text)
    if written is None or destination is None:
        return ()
    places: list[Placed] = []
    for source in found.sources:
        pattern = expand(source.text, step.variables, step.instruction.escape)
        if pattern is None:
            continue
        names, is_folder = matching(pattern, files)
        many = len(found.sources) > 1 or len(names) > 1
        into = many or written.endswith(("/", ".")) or destination == step.workdir
        if is_folder:
            places.append(Placed(normpath(pattern.lstrip("/") or "."), destination, is_folder=True))
        else:
            places += (
                Placed(name, join(destination, basename(name)) if into else destination, is_folder=False)
                for name in names
            )
    return tuple(places)


def source_of(path: str, places: Iterable[Placed], files: Iterable[str]) -> str | None:
    """Return the context's file at a path of the image, the last copy first; None if no copy put one there."""
    known = frozenset(files)
    for place in reversed(tuple(places)):
        source = place.source_of(path)
        if source in known:
            return source
    return None
