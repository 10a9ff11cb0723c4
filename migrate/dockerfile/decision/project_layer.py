"""The project itself, where a Dockerfile installs it: `pip install .` becomes a second `uv sync`, behind its code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.facts.facts import PROJECT_FILES, Facts
from migrate.dockerfile.facts.pip import Folder
from migrate.dockerfile.facts.sources import placed
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.once import once


@dataclass(frozen=True, slots=True)
class ProjectLayer:
    """How the project is installed: at a `path`, in the place of a `step`.

    `sources` are the arguments of the builder's COPY instructions that bring its code, `options` those of `uv sync`.
    `was_editable`: pip installed it from its folder.
    """

    step: int
    path: str
    sources: tuple[str, ...]
    options: tuple[str, ...]
    was_editable: bool = False

    @property
    def is_copy_now(self) -> bool:
        """Whether it was installed from its folder, and is not any more."""
        return self.was_editable and "--no-editable" in self.options


@once
def project_layer(facts: Facts) -> ProjectLayer | None:
    """Return how a stage without obstacles installs the project; None if it does not."""
    found = [(place, each) for place, each in _folders(facts) if facts.is_project(*place, each.path)]
    if not found:
        return None
    (step, number), last = found[-1]
    path = facts.path_at(step, number, last.path) or "/"
    extras = dict.fromkeys(extra for _, each in found for extra in each.extras)
    options = [f"--extra {extra}" for extra in extras]
    options += [] if last.is_editable and not _is_compiled(facts) else ["--no-editable"]
    return ProjectLayer(step, path, tuple(_sources(facts, step, path)), tuple(options), last.is_editable)


def layer_of(part: Part, anchor: int) -> ProjectLayer | None:
    """Return how a part installs the project, or one that it stands on did: a later sync must not remove it again."""
    if part.role not in {Role.SPLIT, Role.MAKES}:
        return None
    if own := project_layer(part.facts):
        return own
    found = (layer for each in part.line[1:] if (layer := project_layer(each.facts)))
    inherited = next(found, None)
    return replace(inherited, step=anchor, sources=()) if inherited else None


def project_obstacles(part: Part) -> Iterator[Finding]:
    """Yield why the folders that a stage installs cannot be installed by uv."""
    facts = part.facts
    paths: set[str | None] = set()
    for (index, number), folder in _folders(facts):
        line = facts.line(index)
        written = f"{folder.path}[{','.join(folder.extras)}]" if folder.extras else folder.path
        if not facts.is_project(index, number, folder.path):
            yield kinds.PIP_UNCLEAR.at(facts.path, line, reason=f"installing {written}")
        elif not facts.target.is_package:
            reason = f"installing {written}, whose pyproject.toml has no [build-system],"
            yield kinds.PIP_UNCLEAR.at(facts.path, line, reason=reason)
        paths.add(facts.path_at(index, number, folder.path))
        elsewhere = part.role is not Role.SPLIT and facts.stage.steps[index].workdir not in paths
        if len(paths) > 1 or elsewhere:
            yield kinds.PIP_UNCLEAR.at(facts.path, line, reason=f"installing {written} in another folder")


def _is_compiled(facts: Facts) -> bool:
    """Whether the project may have extension modules, which an editable installation leaves in the builder's folder."""
    repo = facts.target.repo
    if any(path == "CMakeLists.txt" or path.endswith((".pyx", ".rs", "meson.build")) for path in repo.files):
        return True
    for name in PROJECT_FILES:
        if re.search(r"ext_modules|Extension\(|scikit_build_core|mesonpy|maturin", repo.readable(name)):
            return True
    return False


def _folders(facts: Facts) -> Iterator[tuple[tuple[int, int], Folder]]:
    for place, install in facts.installs.items():
        yield from ((place, folder) for folder in install.folders)


def _sources(facts: Facts, end: int, path: str) -> Iterator[str]:
    """Yield what the builder copies to have the project's code as it was at a path before a step."""
    files = facts.target.repo.files
    places = [place for index, step in facts.stage.copies if index < end for place in placed(step, files)]
    below = [place for place in places if f"{place.image}/".startswith(f"{path.rstrip('/')}/") or place.is_folder]
    if any(place.is_folder and place.context == "." for place in below):
        yield ". ."
        return
    single = dict.fromkeys(place.context for place in below if not place.is_folder)
    known = facts.target.gone | {"pyproject.toml"}
    at_root = [context for context in single if "/" not in context and context not in known]
    if at_root:
        yield f"{' '.join(at_root)} ./"
    folders = dict.fromkeys(place.context for place in below if place.is_folder)
    deeper = (context for context in single if "/" in context)
    yield from (f"{context} {context}" for context in (*folders, *deeper))
