"""What the user chooses for a campaign, on the command line and in `uvmigrate.toml`: for all and for some."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path

from migrate.batch.sources import Repository
from migrate.errors import MigrateError
from migrate.options import Options

FILE = "uvmigrate.toml"
_REPOSITORIES = "repositories"
_EFFECTS = frozenset({"options", "apply", "commit", "push", "request", "sleep"})  # said on the command line only


@dataclass(frozen=True, slots=True)
class Choices:
    """All choices for one repository. `options` are those of its plan; the others say what becomes of the plan.

    `request`: open a pull or merge request, with `draft`, `labels`, `reviewers`, on `forge` ("github", "gitlab", or ""
    for the one that the host's name tells); `sleep`: seconds from one request to the next.
    """

    options: Options = field(default_factory=Options)
    apply: bool = False
    commit: bool = False
    push: bool = False
    request: bool = False
    sleep: float = 0.0
    force: bool = False
    skip: bool = False
    branch: str = "uvmigrate"
    draft: bool = False
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    forge: str = ""

    @property
    def digest(self) -> str:
        """A text that is the same for the same choices."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def with_(self, values: Mapping[str, object]) -> "Choices":
        """Return these choices with others by name; those of a plan are named as in `Options`."""
        of_plan = {name: value for name, value in values.items() if name in _OF_PLAN}
        others = {name: value for name, value in values.items() if name not in _OF_PLAN}
        return replace(self, options=replace(self.options, **of_plan), **others)  # type: ignore[arg-type]


_OF_PLAN = {each.name: getattr(Options(), each.name) for each in fields(Options)}
_DEFAULTS = _OF_PLAN | {
    each.name: getattr(Choices(), each.name) for each in fields(Choices) if each.name not in _EFFECTS
}


@dataclass(frozen=True, slots=True)
class Written:
    """What `uvmigrate.toml` says: choices for all, and choices by pattern of repository names, in their order."""

    for_all: Mapping[str, object]
    by_pattern: Mapping[str, Mapping[str, object]]

    def choices(self, repository: Repository, given: Choices, on_command_line: Mapping[str, object]) -> Choices:
        """Return the choices for a repository: `given`, then the file, then what the command line says."""
        chosen = given.with_(self.for_all)
        for pattern, values in self.by_pattern.items():
            if fnmatchcase(repository.name, pattern):
                chosen = chosen.with_(values)
        return chosen.with_(on_command_line)


def read(folder: Path, repositories: Iterable[Repository]) -> Written:
    """Return what the `uvmigrate.toml` of a campaign's folder says; without the file, nothing.

    Its keys are those of `Options` and `Choices`, with `-` for `_`; a table `repositories."PATTERN"` holds them for the
    repositories whose names match, as in a shell. Raises MigrateError if it cannot be read, has an unknown key, a value
    of the wrong type, or a pattern that matches no repository.
    """
    file = folder / FILE
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Written({}, {})
    except (OSError, ValueError) as error:
        raise MigrateError(f"{file} cannot be read: {error}") from error
    tables = content.pop(_REPOSITORIES, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise MigrateError(f'{file}: write choices of single repositories as tables [{_REPOSITORIES}."NAME"]')
    names = [repository.name for repository in repositories]
    for pattern in tables:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise MigrateError(f"{file}: no repository is named {pattern}")
    return Written(_values(file, content), {pattern: _values(file, table) for pattern, table in tables.items()})


def _values(file: Path, table: Mapping[str, object]) -> dict[str, object]:
    return {key.replace("-", "_"): _value(file, key, value) for key, value in table.items()}


def _value(file: Path, key: str, value: object) -> object:
    """Return a value of TOML as its choice has it: of the type of the default."""
    name = key.replace("-", "_")
    if name not in _DEFAULTS or "_" in key:
        raise MigrateError(f"{file}: there is no choice named {key}")
    default = _DEFAULTS[name]
    if isinstance(default, tuple | frozenset) and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return type(default)(value)
    if isinstance(default, Enum) and value in [member.value for member in type(default)]:
        return type(default)(value)
    if type(value) is type(default) or (default is None and isinstance(value, str)):
        return value
    raise MigrateError(f"{file}: {key} = {value!r} is not a value for this choice")
