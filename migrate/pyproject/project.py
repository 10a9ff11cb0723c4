"""The project that pyproject.toml is to describe."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from migrate.pyproject.uv_tables import UvTables
from migrate.requirements import Group, Requirement

PATH = "pyproject.toml"
NAMELESS = "app"
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Package:
    """A project that setuptools can install, and its `name`.

    `fields` are the keys of [project] that it goes on reading from setup.py or setup.cfg, `extras` the optional
    dependencies; `backend` builds it: the one for old projects runs setup.py with its folder on sys.path, as pip does.
    `is_installed`: uv is to install it beside its dependencies.
    """

    name: str
    fields: tuple[str, ...]
    extras: Mapping[str, tuple[Requirement, ...]]
    backend: str
    is_installed: bool

    @property
    def build_system(self) -> dict[str, str | list[str]]:
        """What [build-system] says; setuptools reads [project] since version 61."""
        return {"requires": ["setuptools>=61"], "build-backend": self.backend}


@dataclass(frozen=True, slots=True)
class NewProject:
    """What to put into pyproject.toml.

    `folder` is the project's folder, from which a name is made; `requires_python` a version specifier such as
    ">=3.11"; `python` the major and minor version that will run it, if that is known; `uv` what [tool.uv] is to say,
    `groups` the dependency groups. `package` is what setup.py or setup.cfg make of it, where there is no [project].
    """

    folder: str
    requires_python: str
    requirements: tuple[Requirement, ...]
    python: tuple[int, int] | None = None
    version: str = "0.1.0"
    uv: UvTables = field(default_factory=UvTables)
    groups: tuple[Group, ...] = ()
    package: Package | None = None

    @property
    def packages(self) -> frozenset[str]:
        """The normalised names of all required packages."""
        grouped = (requirement for group in self.groups for requirement in group.requirements)
        return frozenset(requirement.package for requirement in (*self.requirements, *grouped))


def project_name(folder: str, dependencies: Collection[str]) -> str:
    """Return a normalised name (PEP 503) for the project in a folder; "app" if nothing of its name can be used.

    It is none of the `dependencies`, which are normalised names: "-app" is added until that is so.
    """
    name = _NOT_IN_A_NAME.sub("-", folder.lower()).strip("-") or NAMELESS
    while name in dependencies:
        name += "-app"
    return name
