"""Images other than the official python: those with apt's Python, and families that bring more."""

import re
from dataclasses import dataclass

from migrate.dockerfile.facts import apt
from migrate.dockerfile.facts.images import Image
from migrate.dockerfile.facts.runs import read
from migrate.dockerfile.facts.stages import Stage
from migrate.python_version import Version

SYSTEM_PYTHON = "/usr/bin/python3"
# The Python of each release, by the distributions' own package lists.
_DEBIAN = {"bullseye": 9, "bookworm": 11, "trixie": 13, "11": 9, "12": 11, "13": 13}
_UBUNTU = {
    "20.04": 8, "22.04": 10, "24.04": 12, "focal": 8, "jammy": 10, "noble": 12,
}  # fmt: skip
_OF_DISTRIBUTION = re.compile(
    r"(?:(?:docker\.io/)?(?:library/)?(?P<name>debian|ubuntu)|(?:docker\.io/)?nvidia/cuda|nvcr\.io/nvidia/cuda)"
)
_RELEASE = re.compile(r"(?:^|-)(?:ubuntu-?)?(?P<release>\d\d(?:\.\d\d)?|[a-z]+)(?:\.\d+)?(?=-|$)")
# Packages of apt's Python that a virtual environment needs none of, or brings itself.
_PLAIN = re.compile(
    r"python3|python3-(?:pip|venv|dev|setuptools|wheel|minimal|distutils|virtualenv|full|all-dev)|python-is-python3"
)
_PYTHON_PACKAGE = re.compile(r"python3?(?:\.\d+)?(?:-.*)?|pypy3?(?:-.*)?")

FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?:pytorch/|tensorflow/|nvcr\.io/nvidia/(?:pytorch|tensorflow))"),
        "it brings its framework installed for its own Python, which a virtual environment does not see",
    ),
    (
        re.compile(r"(?:continuumio|condaforge|mambaorg)/|.*/(?:mini(?:conda|forge)|mambaforge|micromamba)"),
        "its Python and packages are conda's, which uv does not manage",
    ),
    (
        re.compile(r"(?:public\.ecr\.aws/lambda/|amazon/aws-lambda-)python"),
        "AWS Lambda starts its own Python and finds packages in /var/task, not in a virtual environment",
    ),
    (
        re.compile(r"tiangolo/"),
        "its start script and its server are installed for its own Python, which a virtual environment does not see",
    ),
    (re.compile(r"apache/airflow"), "it brings Airflow installed for its own Python, with constraints of its own"),
    (re.compile(r"mcr\.microsoft\.com/playwright/python"), "it brings Playwright installed for its own Python"),
    (re.compile(r"(?:quay\.io/)?jupyter(?:hub)?/"), "it brings Jupyter installed for its own Python"),
    (re.compile(r"gcr\.io/distroless/"), "its Python lies at another path than that of the stage with the packages"),
    (re.compile(r"(?:docker\.io/)?(?:library/)?alpine"), "which Python apk installs is told by no tag alone"),
    (re.compile(r"scratch"), "it has no Python"),
)


@dataclass(frozen=True, slots=True)
class SystemPython:
    """apt's Python: its version, and whether the stage itself installs it, so that a builder has to do the same."""

    version: Version
    is_installed_here: bool


def distribution_python(image: Image) -> Version | None:
    """Return the version of apt's python3 in an image of Debian, Ubuntu or CUDA; None if the tag does not tell."""
    match = _OF_DISTRIBUTION.fullmatch(image.name)
    if match is None:
        return None
    names = {"debian": _DEBIAN, "ubuntu": _UBUNTU}.get(match["name"] or "ubuntu", {})
    minors = {names[found["release"]] for found in _RELEASE.finditer(image.tag or "") if found["release"] in names}
    return Version(3, minors.pop()) if len(minors) == 1 else None


def system_python(stage: Stage) -> SystemPython | str:
    """Return apt's Python of a stage, or why it is not certain that there is one, as it is and alone."""
    version = distribution_python(stage.image) if stage.image else None
    if version is None:
        return "which Python it has is not certain"
    own = _apt_packages(stage)
    everything = [*own, *(package for each in stage.ancestors for package in _apt_packages(each))]
    others = [name for name in everything if _PYTHON_PACKAGE.fullmatch(name) and not _PLAIN.fullmatch(name)]
    if others:
        return f"apt installs {others[0]}, which a virtual environment does not see"
    if not any(_PLAIN.fullmatch(name) for name in everything):
        return "no step installs python3 with apt"
    return SystemPython(version, any(_PLAIN.fullmatch(name) for name in own))


def family(image: Image) -> str | None:
    """Return why an image of a known family is left alone, or None for any other image."""
    return next((reason for pattern, reason in FAMILIES if pattern.match(str(image.name))), None)


def _apt_packages(stage: Stage) -> list[str]:
    found: list[str] = []
    for step in stage.steps:
        run = read(step) if step.instruction.keyword == "RUN" else None
        for number, command in run.apt.items() if run else ():
            if command.action == "install" and run and not run.commands[number].depth:
                found += (apt.name_of(package) for package in command.packages)
    return found
