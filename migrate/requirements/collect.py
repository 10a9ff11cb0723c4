"""Statements in the order in which pip reads them → requirements, and the account of every line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import combinations
from typing import TYPE_CHECKING

from migrate.findings import Kind
from migrate.findings import requirements as kinds
from migrate.requirements.compare import contradict, differ_in_source
from migrate.requirements.logical import LogicalLine
from migrate.requirements.meaning import Include, Itself, LeftOut, Refusal, Remark, Settings, Wanted
from migrate.requirements.model import Index, Line, Requirement, Setting

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification

PINNED = "uv.lock"  # where the versions of compiled files go
BUILD = "config-settings-package"
PROJECT = "[project]"  # and the project that requires itself
MOST_COMPARED = 20  # requirements of one package; beyond that only the resolver looks for contradictions


class Role(Enum):
    """What a file says about the packages that it names."""

    REQUIRED = auto()
    CONSTRAINT = auto()  # which versions they may have, should something require them
    PIN = auto()  # which versions they have now: those of a compiled file


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical line of the file `path` and what it means; None: it is only a comment."""

    path: str
    line: LogicalLine
    meaning: Wanted | Itself | Settings | Include | Refusal | LeftOut | None
    role: Role = Role.REQUIRED


@dataclass(frozen=True, slots=True)
class Collected:
    """The account of every statement that is not only a comment, and what they make, in order."""

    lines: tuple[Line, ...]
    requirements: tuple[Requirement, ...]
    constraints: tuple[Requirement, ...]
    pins: tuple[Requirement, ...]
    settings: tuple[Setting, ...]
    indexes: tuple[Index, ...]
    has_itself: bool


def collect(statements: Iterable[Statement]) -> Collected:
    """Return what statements make.

    A requirement that says the same as an earlier one is not repeated. Every comment goes to a requirement, if there is
    one: it stands beside it, above it, or below it if it is indented and follows it, or if it is the end of everything.
    """
    collection = _Collection()
    for statement in statements:
        collection.add(statement)
    collection.block_contradictions()
    required, constraints, pins = collection.requirements()
    return Collected(
        tuple(collection.lines),
        required,
        constraints,
        pins,
        settings=tuple(dict.fromkeys(collection.settings)),
        indexes=tuple(collection.indexes.values()),
        has_itself=collection.has_itself,
    )


@dataclass(slots=True)
class _Draft:
    """A requirement whose comments and lines (by index) are still being gathered."""

    first: Requirement
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    role: Role = Role.REQUIRED


@dataclass(slots=True)
class _Collection:
    """What was collected so far: requirements by what they say, and the comments that wait for the next one."""

    lines: list[Line] = field(default_factory=list)
    drafts: dict[tuple[str, Role], _Draft] = field(default_factory=dict)
    settings: list[Setting] = field(default_factory=list)
    indexes: dict[str, Index] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    has_itself: bool = False
    latest: _Draft | None = None
    follows_requirement: bool = False

    def add(self, statement: Statement) -> None:
        line, meaning = statement.line, statement.meaning
        comments = [line.comment] if line.comment and statement.role is not Role.PIN else []
        if meaning is None:
            self._add_comments(comments, is_indented=line.is_indented)
        elif isinstance(meaning, Wanted) and not (refusal := _refused_constraint(statement, meaning)):
            self._add_requirement(statement, meaning, comments)
        else:
            if isinstance(meaning, Wanted):
                self._account(statement, None, refusal)
            elif isinstance(meaning, Include):
                again = Remark(kinds.INCLUDED_AGAIN, {"target": meaning.target}) if meaning.is_again else None
                self._account(statement, meaning.target, again)
            elif isinstance(meaning, Settings):
                self._add_settings(statement, meaning)
            elif isinstance(meaning, Itself):
                self.has_itself = self.has_itself or statement.role is Role.REQUIRED
                self._account(statement, PROJECT, None)
            else:
                self._account(statement, "left out" if isinstance(meaning, LeftOut) else None, meaning)
            self._add_comments(comments)

    def _account(self, statement: Statement, result: str | None, remark: Remark | None) -> None:
        path, line = statement.path, statement.line
        finding = remark.at(path, line.number) if remark else None
        self.lines.append(Line(path, line.number, line.text, result, finding))

    def _add_settings(self, statement: Statement, meaning: Settings) -> None:
        indexes = [value for value in meaning.values if isinstance(value, Index)]
        settings = [value for value in meaning.values if isinstance(value, Setting)]
        default = next((index for index in self.indexes.values() if index.is_default), None)
        if any(index.is_default and default and index.url != default.url for index in indexes):
            self._account(statement, None, Refusal(kinds.INDEX_TWICE))
            return
        for index in indexes:
            if index.is_default or index.url not in self.indexes:
                self.indexes[index.url] = index
        self.settings += settings
        written = [f"[[tool.uv.index]] {index.name}" for index in indexes]
        written += [f"[tool.uv] {setting.key}" for setting in settings]
        self._account(statement, ", ".join(written), meaning.note)

    def requirements(self) -> Iterator[tuple[Requirement, ...]]:
        """Yield what the packages of each role are, in the order of roles."""
        if self.latest:
            self.latest.below += self.above
        found: dict[Role, list[Requirement]] = {role: [] for role in Role}
        for draft in self.drafts.values():
            beside = " ".join(dict.fromkeys(draft.beside)) or None
            found[draft.role].append(replace(draft.first, comment=beside, comments_below=tuple(draft.below)))
        return map(tuple, found.values())

    def block_contradictions(self) -> None:
        """Turn the account of each requirement that contradicts an earlier one."""
        packages: dict[str, list[_Draft]] = defaultdict(list)
        for draft in self.drafts.values():
            packages[draft.first.package].append(draft)
        for same in packages.values():
            for earlier, later in combinations(same[:MOST_COMPARED], 2):
                if _differ_in_source(earlier, later):
                    self._block(later, kinds.SOURCE_TWICE, name=later.first.spec.name, other=earlier.first.place)
                elif contradict(earlier.first.spec, later.first.spec):
                    self._block(later, kinds.CONTRADICTION, name=later.first.spec.name, other=earlier.first.place)

    def _block(self, draft: _Draft, kind: Kind, **details: str) -> None:
        for index in draft.lines:
            line = self.lines[index]
            finding = kind.at(line.path, line.number, **details)
            self.lines[index] = replace(line, result=None, finding=finding)

    def _add_comments(self, comments: list[str], *, is_indented: bool = False) -> None:
        if self.latest and self.follows_requirement and is_indented:
            self.latest.below += comments
        else:
            self.above += comments
            self.follows_requirement = False

    def _add_requirement(self, statement: Statement, wanted: Wanted, comments: list[str]) -> None:
        path, line, spec = statement.path, statement.line, wanted.spec
        key, note = (_identity(wanted), statement.role), wanted.note
        is_pin = statement.role is Role.PIN
        draft = self.drafts.get(key)
        if draft and not is_pin:
            note = Remark(kinds.REPEATED, {"name": spec.name, "other": draft.first.place})
        elif draft is None:
            requirement = Requirement(
                pep508(spec),
                spec,
                path,
                line.number,
                comments_above=() if is_pin else tuple(self.above),
                source=wanted.source,
                hashes=wanted.hashes,
            )
            draft = self.drafts[key] = _Draft(requirement, role=statement.role)
            if not is_pin:
                self.above.clear()
        told = (f"{key}={value}" for key, value in wanted.build)
        self.settings += (Setting(BUILD, each, package=draft.first.package) for each in told)
        draft.beside += comments
        draft.lines.append(len(self.lines))
        self._account(statement, PINNED if is_pin else draft.first.text, note)
        if not is_pin:
            self.latest, self.follows_requirement = draft, True


def _refused_constraint(statement: Statement, wanted: Wanted) -> Refusal | None:
    is_plain = not (wanted.source or wanted.spec.extras)
    is_constraint = statement.role is Role.CONSTRAINT
    return Refusal(kinds.CONSTRAINT_UNUSUAL) if is_constraint and not is_plain else None


def _differ_in_source(earlier: _Draft, later: _Draft) -> bool:
    if {earlier.role, later.role} != {Role.REQUIRED}:
        return False
    return differ_in_source(earlier.first, later.first)


def pep508(specification: "Specification") -> str:
    """Return a dependency as PEP 508 text, in the author's spelling and order, spaced and quoted as uv writes it.

    The order is lost once the specification, or its set of version specifiers, was printed, hashed or compared.
    """
    extras = f"[{','.join(sorted(specification.extras))}]" if specification.extras else ""
    marker = f" ; {_marker(specification)}" if specification.marker else ""
    return f"{specification.name}{extras}{','.join(map(str, specification.specifier))}{marker}"


def _marker(specification: "Specification") -> str:
    marker = str(specification.marker)
    return marker if "'" in marker else marker.replace('"', "'")


def _identity(wanted: Wanted) -> str:
    """Return a text that is the same for requirements that differ only in spelling, spacing and order."""
    from packaging.utils import canonicalize_name

    specification = wanted.spec
    extras = sorted(map(canonicalize_name, specification.extras))
    versions = sorted(set(map(str, specification.specifier)))
    parts = canonicalize_name(specification.name), extras, versions, specification.marker, wanted.source, wanted.hashes
    return repr(parts)
