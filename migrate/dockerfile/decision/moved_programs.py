"""Programs of the old installation, and which of them surely are in the virtual environment too."""

import re
from collections.abc import Iterator, Mapping
from posixpath import basename
from types import MappingProxyType

from migrate.dockerfile.decision.inline import inline_requirements
from migrate.dockerfile.facts.facts import START, Facts

OLD_PLACE = re.compile(r"/usr/local/bin/([\w.-]*\w)")
# Programs whose name is not that of the package that brings them.
_BROUGHT_BY: Mapping[str, str] = MappingProxyType(
    {
        "airflow": "apache-airflow",
        "aws": "awscli",
        "circusd": "circus",
        "ddtrace-run": "ddtrace",
        "django-admin": "django",
        "dramatiq-gevent": "dramatiq",
        "huey_consumer": "huey",
        "huey_consumer.py": "huey",
        "newrelic-admin": "newrelic",
        "opentelemetry-instrument": "opentelemetry-instrumentation",
        "rqscheduler": "rq-scheduler",
        "rqworker": "rq",
        "superset": "apache-superset",
        "supervisorctl": "supervisor",
        "supervisord": "supervisor",
        "twistd": "twisted",
        "waitress-serve": "waitress",
        "watchmedo": "watchdog",
    }
)


def moves(facts: Facts, program: str) -> bool:
    """Return whether a program of the old installation is surely one of the virtual environment too.

    That is Python itself, a program that a required package brings, and one of the project that the stage installs.
    """
    from packaging.utils import canonicalize_name

    if is_own(facts, program):
        return False
    image = facts.stage.image
    pythons = {"python", "python3", f"python{image.python}" if image and image.python else ""}
    required = {
        each.package for each in (*facts.target.requirements, *inline_requirements(facts)) if not each.spec.marker
    }
    package = canonicalize_name(_BROUGHT_BY.get(program, program))
    return program in pythons or package in required or program in set(_of_the_project(facts))


def is_own(facts: Facts, program: str) -> bool:
    """Return whether a program below /usr/local/bin comes from the repository, or a step of the stage puts it there."""
    stages = (facts.stage, *facts.stage.ancestors)
    made = " ".join(
        s.instruction.arguments for each in stages for s in each.steps if s.instruction.keyword not in START
    )
    is_made = "/usr/local/bin" in made and re.search(rf"(?<![\w.-]){re.escape(program)}(?![\w-])", made) is not None
    return is_made or any(basename(path) == program for path in facts.target.repo.files)


def old_programs(facts: Facts, text: str) -> Iterator[re.Match[str]]:
    """Yield where a text names a program of the old installation by its whole path."""
    return (match for match in OLD_PLACE.finditer(text) if not is_own(facts, match[1]))


def in_environment(facts: Facts, text: str, venv: str) -> str:
    """Return a text with the programs that surely move named in the environment at `venv`."""
    return OLD_PLACE.sub(lambda match: f"{venv}/bin/{match[1]}" if moves(facts, match[1]) else match[0], text)


def _of_the_project(facts: Facts) -> Iterator[str]:
    """Yield the programs of the project itself, if the stage installs it."""
    if not any(install.folders for install in facts.installs.values()):
        return
    match facts.target.repo.toml("pyproject.toml"):
        case {"project": {"scripts": dict(scripts)}}:
            yield from scripts
