"""Images other than the official python: those with the Python of their distribution, and families that bring more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate.dockerfile.facts import apk, apt
from migrate.dockerfile.facts.distributions import Manager, Release, release_of
from migrate.dockerfile.facts.images import Image
from migrate.dockerfile.facts.runs import read
from migrate.dockerfile.facts.stages import Stage
from migrate.python_version import Version

# Packages of the distribution's Python that a virtual environment needs none of, or brings itself.
_PLAIN = re.compile(
    r"python3(?:\.\d+)?(?:-(?:dev|minimal|distutils|venv|full|pyc|pycache.*))?"
    r"|(?:python3|py3)-(?:pip|setuptools|wheel|virtualenv)(?:-pyc)?|python3-all-dev|python-is-python3"
)
# All that runs under that Python, and so sees what it sees: libraries, and servers that load it or are written in it.
_PYTHON_PACKAGE = re.compile(
    r"python3?(?:\.\d+)?(?:-.*)?|py3-.*|pypy3?(?:-.*)?|.*-(?:python3?|py3)|gunicorn3?|ipython3?|celeryd?"
)
_NUMBERED = re.compile(r"(python3\.(\d+))(?:-.*)?")

FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?:pytorch/|tensorflow/|nvcr\.io/nvidia/(?:pytorch|tensorflow))"),
        "it brings its framework installed for its own Python, which a virtual environment does not see",
    ),
    (
        re.compile(r"(?:continuumio|condaforge|mambaorg)/|.*/(?:mini(?:conda|forge)|mambaforge|micromamba)"),
        "its Python and packages are conda's, which uv does not manage",
    ),
    (re.compile(r"apache/airflow"), "it brings Airflow installed for its own Python, with constraints of its own"),
    (re.compile(r"(?:quay\.io/)?jupyter(?:hub)?/"), "it brings Jupyter installed for its own Python"),
    (re.compile(r"gcr\.io/distroless/"), "its Python lies at another path than that of the stage with the packages"),
    (
        re.compile(r"(?:ghcr\.io/astral-sh|astral)/uv"),
        "it brings a uv of its own into the container; the python image that it stands on has the same Python",
    ),
    (re.compile(r"scratch"), "it has no Python"),
)


@dataclass(frozen=True, slots=True)
class SystemPython:
    """The Python of a distribution: its version and path, and the package that brings it.

    `is_installed_here`: the stage itself installs it, so that a builder has to do the same.
    """

    version: Version
    package: str
    manager: Manager
    is_installed_here: bool

    @property
    def path(self) -> str:
        """Where the interpreter is."""
        return f"/usr/bin/{self.package}"


def system_python(stage: Stage) -> SystemPython | str:
    """Return the distribution's Python of a stage, or why it is not certain that there is one, as it is and alone."""
    release = release_of(stage.image) if stage.image else None
    if release is None:
        return "its tag does not tell which Python it has"
    own = [*_packages(stage, release.manager)]
    everything = [*own, *(package for each in stage.ancestors for package in _packages(each, release.manager))]
    pythons = [name for name in everything if _PYTHON_PACKAGE.fullmatch(name)]
    others = [name for name in pythons if not _is_plain(name, release)]
    if others:
        return f"{release.manager} installs {others[0]}, which a virtual environment does not see"
    if not pythons and not release.is_with_python:
        return f"no step installs python3 with {release.manager}"
    numbered = [match[1] for name in pythons if (match := _NUMBERED.fullmatch(name))]
    package = numbered[0] if numbered and len(numbered) == len(pythons) else "python3"
    return SystemPython(release.python, package, release.manager, any(_PYTHON_PACKAGE.fullmatch(name) for name in own))


def family(image: Image) -> str | None:
    """Return why an image of a known family is left alone, or None for any other image."""
    return next((reason for pattern, reason in FAMILIES if pattern.match(str(image.name))), None)


def _is_plain(package: str, release: Release) -> bool:
    """Whether a package is of the release's own Python, and nothing that its programs need."""
    numbered = _NUMBERED.fullmatch(package)
    return bool(_PLAIN.fullmatch(package)) and (not numbered or int(numbered[2]) == release.python.minor)


def _packages(stage: Stage, manager: Manager) -> Iterator[str]:
    for step in stage.steps:
        run = read(step) if step.instruction.keyword == "RUN" else None
        for number, command in enumerate(run.commands if run else ()):
            if command.depth or run is None:
                continue
            if manager is Manager.APT and (called := run.apt.get(number)) and called.action == "install":
                yield from map(apt.name_of, called.packages)
            elif manager is Manager.APK and (added := apk.read(command.argv)) and added.action == "add":
                yield from map(apk.name_of, added.packages)
