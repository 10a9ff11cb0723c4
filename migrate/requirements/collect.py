"""Statements in the order in which pip reads them → requirements, and the account of every line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from migrate.findings import requirements as kinds
from migrate.requirements.compare import contradict
from migrate.requirements.logical import LogicalLine
from migrate.requirements.model import Line, Requirement
from migrate.requirements.understand import Include, Refusal

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification

MOST_COMPARED = 20  # requirements of one package; beyond that only the resolver looks for contradictions


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical line of the file `path` and what it means; None: it is only a comment."""

    path: str
    line: LogicalLine
    meaning: "Specification | Include | Refusal | None"


def collect(statements: Iterable[Statement]) -> tuple[tuple[Line, ...], tuple[Requirement, ...]]:
    """Return the account of every statement that is not only a comment, and the requirements they make, in order.

    A requirement that says the same as an earlier one is not repeated. Every comment goes to a requirement, if there is
    one: it stands beside it, above it, or below it if it is indented and follows it, or if it is the end of everything.
    """
    collection = _Collection()
    for statement in statements:
        collection.add(statement)
    collection.block_contradictions()
    return tuple(collection.lines), collection.requirements()


@dataclass(slots=True)
class _Draft:
    """A requirement whose comments and lines (by index) are still being gathered."""

    first: Requirement
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Collection:
    """What was collected so far: requirements by what they say, and the comments that wait for the next one."""

    lines: list[Line] = field(default_factory=list)
    drafts: dict[str, _Draft] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    latest: _Draft | None = None
    follows_requirement: bool = False

    def add(self, statement: Statement) -> None:
        path, line, meaning = statement.path, statement.line, statement.meaning
        comments = [line.comment] if line.comment else []
        if meaning is None:
            self._add_comments(comments, is_indented=line.is_indented)
        elif isinstance(meaning, Include):
            note = kinds.INCLUDED_AGAIN.at(path, line.number, target=meaning.target) if meaning.is_again else None
            self.lines.append(Line(path, line.number, line.text, meaning.target, note))
            self._add_comments(comments)
        elif isinstance(meaning, Refusal):
            self.lines.append(Line(path, line.number, line.text, None, meaning.at(path, line.number)))
            self._add_comments(comments)
        else:
            self._add_requirement(path, line, meaning, comments)

    def requirements(self) -> tuple[Requirement, ...]:
        if self.latest:
            self.latest.below += self.above
        return tuple(
            replace(
                draft.first, comment=" ".join(dict.fromkeys(draft.beside)) or None, comments_below=tuple(draft.below)
            )
            for draft in self.drafts.values()
        )

    def block_contradictions(self) -> None:
        """Turn the account of each requirement that contradicts an earlier one."""
        packages: dict[str, list[_Draft]] = defaultdict(list)
        for draft in self.drafts.values():
            packages[draft.first.package].append(draft)
        for same in packages.values():
            for earlier, later in combinations(same[:MOST_COMPARED], 2):
                if contradict(earlier.first.spec, later.first.spec):
                    self._block(later, name=later.first.spec.name, other=earlier.first.place)

    def _block(self, draft: _Draft, **details: str) -> None:
        for index in draft.lines:
            line = self.lines[index]
            finding = kinds.CONTRADICTION.at(line.path, line.number, **details)
            self.lines[index] = replace(line, result=None, finding=finding)

    def _add_comments(self, comments: list[str], *, is_indented: bool = False) -> None:
        if self.latest and self.follows_requirement and is_indented:
            self.latest.below += comments
        else:
            self.above += comments
            self.follows_requirement = False

    def _add_requirement(self, path: str, line: LogicalLine, spec: "Specification", comments: list[str]) -> None:
        key, note = _identity(spec), None
        if draft := self.drafts.get(key):
            note = kinds.REPEATED.at(path, line.number, name=spec.name, other=draft.first.place)
        else:
            requirement = Requirement(pep508(spec), spec, path, line.number, comments_above=tuple(self.above))
            draft = self.drafts[key] = _Draft(requirement)
            self.above.clear()
        draft.beside += comments
        draft.lines.append(len(self.lines))
        self.lines.append(Line(path, line.number, line.text, draft.first.text, note))
        self.latest, self.follows_requirement = draft, True


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


def _identity(specification: "Specification") -> str:
    """Return a text that is the same for specifications that differ only in spelling, spacing and order."""
    from packaging.utils import canonicalize_name

    extras = sorted(map(canonicalize_name, specification.extras))
    versions = sorted(set(map(str, specification.specifier)))
    return f"{canonicalize_name(specification.name)} {extras} {versions} {specification.marker}"
