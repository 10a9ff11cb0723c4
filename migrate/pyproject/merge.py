"""What an existing pyproject.toml lacks; on data alone."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from migrate.pyproject.project import NewProject, Package, project_name
from migrate.pyproject.uv_tables import UvTables
from migrate.requirements import Group, Requirement, implies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.requirements import Requirement as Specification


@dataclass(frozen=True, slots=True)
class Addition:
    """What to add to a pyproject.toml; nothing else is to change.

    `keys` are strings of [project]; `requirements` go to its dependencies, None if these are not touched;
    `is_application` asks for `package = false` in [tool.uv], `uv` is the rest of that table, `groups` go to
    [dependency-groups]. `package` describes a new [project] further, and [build-system] unless it `has_build_system`.
    """

    keys: dict[str, str]
    requirements: tuple[Requirement, ...] | None
    is_application: bool
    uv: UvTables = field(default_factory=UvTables)
    groups: tuple[Group, ...] = ()
    package: Package | None = None
    has_build_system: bool = True

    def __bool__(self) -> bool:
        """Whether there is anything to add."""
        return bool(self.keys) or self.requirements is not None or self.is_application or bool(self.uv or self.groups)

    def added_to(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the data of the file as they must be afterwards."""
        project, uv = table(data, "project") | self.keys, table(data, "tool", "uv")
        if self.requirements is not None:
            added = [requirement.text for requirement in self.requirements]
            project["dependencies"] = [*project.get("dependencies", []), *added]
        if self.package:
            project["dynamic"] = list(self.package.fields)
            extras = {name: [one.text for one in listed] for name, listed in self.package.extras.items()}
            project |= {"optional-dependencies": extras} if extras else {}
        result = data | {"project": project}
        if self.package and not self.has_build_system:
            result["build-system"] = self.package.build_system
        if self.groups:
            added_groups = {group.name: group.items for group in self.groups}
            result["dependency-groups"] = table(data, "dependency-groups") | added_groups
        new_uv = self.uv.added_to(uv | ({"package": False} if self.is_application else {}))
        return result | {"tool": table(data, "tool") | {"uv": new_uv}} if new_uv != uv else result


def addition(data: dict[str, Any], project: NewProject) -> Addition:
    """Return what a pyproject.toml with this data, which must be well formed, lacks to describe `project`."""
    present = table(data, "project")
    package = project.package if "project" not in data else None
    wanted = {
        "name": package.name if package else project_name(project.folder, project.packages),
        "version": project.version,
        "requires-python": project.requires_python,
    }
    known = {*present, *(package.fields if package else present.get("dynamic", []))}
    requirements = _lacking(present, project.requirements)
    return Addition(
        keys={key: value for key, value in wanted.items() if key not in known},
        requirements=requirements if requirements or "project" not in data else None,
        is_application="package" not in table(data, "tool", "uv")
        and (not package.is_installed if package else "build-system" not in data),
        uv=project.uv.lacking(table(data, "tool", "uv")),
        groups=tuple(group for group in project.groups if group.name not in table(data, "dependency-groups")),
        package=package,
        has_build_system="build-system" in data,
    )


def table(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the table of that name, an empty one if there is none or something else stands in its place."""
    for name in names:
        found = data.get(name)
        data = found if isinstance(found, dict) else {}
    return data


def dependencies_by_package(project: dict[str, Any]) -> "Mapping[str, list[Specification]]":
    """Return the dependencies of a [project] table by the normalised name of the package.

    Raises packaging's InvalidRequirement if one of them is not valid.
    """
    return _by_package(tuple(project.get("dependencies", [])))


@lru_cache(maxsize=1)  # three steps ask for the same
def _by_package(dependencies: tuple[str, ...]) -> "Mapping[str, list[Specification]]":
    from packaging.requirements import Requirement as Specification
    from packaging.utils import canonicalize_name

    packages: dict[str, list[Specification]] = defaultdict(list)
    for text in dependencies:
        specification = Specification(text)
        packages[canonicalize_name(specification.name)].append(specification)
    return packages


def _lacking(present: dict[str, Any], requirements: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    packages = dependencies_by_package(present)
    return tuple(
        requirement
        for requirement in requirements
        if not any(implies(specification, requirement.spec) for specification in packages.get(requirement.package, ()))
    )
