"""Why a pyproject.toml is left as it is."""

import re
from collections.abc import Iterator
from typing import Any

from migrate.findings import Finding
from migrate.findings import pyproject as kinds
from migrate.pyproject.merge import dependencies_by_package, table
from migrate.pyproject.project import PATH, NewProject
from migrate.requirements import contradict
from migrate.text import line_at

_MANAGERS = {"poetry": "Poetry", "pdm": "PDM", "pixi": "Pixi", "rye": "Rye"}
_TABLES = ("project",), ("dependency-groups",), ("tool",), ("tool", "uv"), ("tool", "uv", "sources")


def obstacles(text: str, data: dict[str, Any], project: NewProject) -> tuple[Finding, ...]:
    """Return why `project` must not be written into a pyproject.toml, given as text and as data; nothing if it may."""
    return tuple(_malformed(text, data)) or (
        *_other_owners(text, data, project),
        *_python_contradiction(text, data, project),
        *_dependency_contradictions(text, data, project),
        *_uv_contradictions(text, data, project),
    )


def _malformed(text: str, data: dict[str, Any]) -> Iterator[Finding]:
    project = table(data, "project")
    facts = (
        *((".".join(names), _is_table(data, names), "a table") for names in _TABLES),
        ("tool.uv.index", _is_tables(table(data, "tool", "uv").get("index", [])), "an array of tables"),
        ("project.name", isinstance(project.get("name", ""), str), "a string"),
        ("project.dynamic", _is_strings(project.get("dynamic", [])), "an array of strings"),
        ("project.requires-python", _is_specifier(project.get("requires-python", "")), "a version specifier"),
        ("project.dependencies", _is_requirements(project.get("dependencies", [])), "an array of valid requirements"),
    )
    for key, is_so, expected in facts:
        if not is_so:
            yield kinds.MALFORMED.at(PATH, _line_of(text, *key.split(".")), key=key, expected=expected)


def _other_owners(text: str, data: dict[str, Any], project: NewProject) -> Iterator[Finding]:
    tool = table(data, "tool")
    for name, title in _MANAGERS.items():
        if name in tool:
            yield kinds.OTHER_MANAGER.at(PATH, _line_of(text, f"tool.{name}"), tool=title)
    environments = table(tool, "hatch", "envs")
    if any(key.endswith("dependencies") for name in environments for key in table(environments, name)):
        yield kinds.OTHER_MANAGER.at(PATH, _line_of(text, "tool.hatch.envs"), tool="Hatch")
    if "dependencies" in table(data, "project").get("dynamic", []):
        yield kinds.DYNAMIC_DEPENDENCIES.at(PATH, _line_of(text, "project", "dynamic"))
    if "build-system" in data and "project" not in data and not (project.package and _is_setuptools(data)):
        yield kinds.METADATA_ELSEWHERE.at(PATH, _line_of(text, "build-system"))


def _is_setuptools(data: dict[str, Any]) -> bool:
    """Whether setuptools builds the project, in a version that reads [project]."""
    from packaging.requirements import InvalidRequirement, Requirement

    system = table(data, "build-system")
    try:
        required = [Requirement(text) for text in system.get("requires", ["setuptools"])]
    except (InvalidRequirement, TypeError):
        return False
    versions = [one.specifier for one in required if one.name.lower() == "setuptools"]
    is_backend = str(system.get("build-backend", "setuptools")).startswith("setuptools")
    return is_backend and all(not (each & ">=61").is_unsatisfiable() for each in versions)


def _python_contradiction(text: str, data: dict[str, Any], project: NewProject) -> Iterator[Finding]:
    from packaging.specifiers import SpecifierSet

    present = table(data, "project").get("requires-python")
    if present and project.python:
        python = ".".join(map(str, project.python))
        if (SpecifierSet(present) & f"=={python}.*").is_unsatisfiable():
            line = _line_of(text, "project", "requires-python")
            yield kinds.PYTHON_CONTRADICTION.at(PATH, line, present=present, python=python)


def _dependency_contradictions(text: str, data: dict[str, Any], project: NewProject) -> Iterator[Finding]:
    from packaging.utils import canonicalize_name

    present = table(data, "project")
    own_name = canonicalize_name(present.get("name", ""))
    packages = dependencies_by_package(present)
    for requirement in project.requirements:
        details = {"name": requirement.spec.name, "other": requirement.place}
        if requirement.package == (canonicalize_name(project.package.name) if project.package else own_name):
            yield kinds.SELF_DEPENDENCY.at(PATH, _line_of(text, "project", "name"), **details)
        if any(contradict(other, requirement.spec) for other in packages.get(requirement.package, ())):
            line = _line_of(text, "project", "dependencies", requirement.spec.name)
            yield kinds.DEPENDENCY_CONTRADICTION.at(PATH, line, **details)


def _uv_contradictions(text: str, data: dict[str, Any], project: NewProject) -> Iterator[Finding]:
    for key in project.uv.clashes(table(data, "tool", "uv")):
        yield kinds.UV_CONTRADICTION.at(PATH, _line_of(text, "tool.uv", key.split(".")[0]), key=key)


def _is_table(data: dict[str, Any], names: tuple[str, ...]) -> bool:
    return isinstance(table(data, *names[:-1]).get(names[-1], {}), dict)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_specifier(value: object) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return isinstance(value, str) and SpecifierSet(value) is not None
    except InvalidSpecifier:
        return False


def _is_requirements(value: object) -> bool:
    from packaging.requirements import InvalidRequirement

    try:
        return _is_strings(value) and dependencies_by_package({"dependencies": value}) is not None
    except InvalidRequirement:
        return False


def _line_of(text: str, *words: str) -> int | None:
    """Return the line, from 1, of the last of some words, each looked for from the line of the one before.

    Comments are passed over. None if a word is written in another way.
    """
    start, line = 0, None
    for word in words:
        pattern = re.compile(rf"^[^#\n]*?(?<![\w-]){re.escape(word)}(?![\w-])", re.MULTILINE | re.IGNORECASE)
        match = pattern.search(text, start)
        if match is None:
            return None
        start, line = match.start(), line_at(text, match.start())
    return line
