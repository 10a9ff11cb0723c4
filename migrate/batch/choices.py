"""What the user chooses for a campaign, on the command line and in `uvmigrate.toml`: for all and for some."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from migrate.batch.sources import Repository
from migrate.errors import MigrateError
from migrate.images import Request as Images
from migrate.options import Options

FILE = "uvmigrate.toml"
FORGES = ("", "github", "gitlab")
_REPOSITORIES = "repositories"
_EFFECTS = frozenset(
    {"options", "images", "apply", "commit", "push", "request", "sleep"}
)  # said on the command line only


@dataclass(frozen=True, slots=True)
class Choices:
    """All choices for one repository. `options` are those of its plan; the others say what becomes of the plan.

    `request`: open a pull or merge request, with `draft`, `labels`, `reviewers`, on `forge` ("github", "gitlab", or ""
    for the one that the host's name tells); `sleep`: seconds from one request to the next; `compare`: build and measure
    the old image and the new one, as `images` says.
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
    compare: bool = False
    images: Images = field(default_factory=Images)

    @property
    def digest(self) -> str:
        """A text that is the same for the same choices."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def with_(self, values: Mapping[str, object]) -> "Choices":
        """Return these choices with others by name; those of a plan and of its images are named as there."""

        def of(names: Iterable[str]) -> dict[str, Any]:
            return {name: values[name] for name in names if name in values}

        options, images = replace(self.options, **of(_OF_PLAN)), replace(self.images, **of(OF_IMAGES))
        return replace(self, options=options, images=images, **of(_OTHERS))


def _defaults(of: Options | Images | Choices, *, but: frozenset[str] = frozenset()) -> dict[str, object]:
    return {each.name: getattr(of, each.name) for each in fields(of) if each.name not in but}


_OF_PLAN = _defaults(Options())
OF_IMAGES = _defaults(Images(), but=frozenset({"options", "before", "keep"}))
_NUMBERS = frozenset({"runs", "patience", "timeout"})  # nothing of these is less than none
_OTHERS = _defaults(Choices(), but=_EFFECTS)
_DEFAULTS = _OF_PLAN | OF_IMAGES | _OTHERS


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
    except (OSError, ValueError, RecursionError) as error:
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
        near = get_close_matches(key, [each.replace("_", "-") for each in _DEFAULTS], 1)
        hint = f"; do you mean {near[0]}?" if near else ""
        raise MigrateError(f"{file}: there is no choice named {key}{hint}")
    default = _DEFAULTS[name]
    if isinstance(default, tuple | frozenset) and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return type(default)(value)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    is_forge = name != "forge" or value in FORGES
    is_number = name not in _NUMBERS or (isinstance(value, int | float) and value > 0)
    if (is_forge and is_number and type(value) is type(default)) or (default is None and isinstance(value, str)):
        return value
    raise MigrateError(f"{file}: {key} = {value!r} is not a value for this choice")
