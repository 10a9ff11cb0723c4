"""What pip would have been told, as values: requirements with their origin, and an account of every line."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from migrate.findings import Finding, Severity

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification


@dataclass(frozen=True, slots=True)
class Login:
    """What a URL says before the host, taken out of it; `${NAME}` stands for an environment variable."""

    url: str
    username: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a package comes from if not from an index: the keys of its entry in [tool.uv.sources].

    `local` is the path of the folder or archive in the repository, if it is one.
    """

    keys: tuple[tuple[str, str | bool], ...]
    login: Login | None = None
    local: str | None = None

    @property
    def is_editable(self) -> bool:
        """Whether the package is used from its folder."""
        return ("editable", True) in self.keys


@dataclass(frozen=True, slots=True)
class Index:
    """A package index (PEP 503) at a URL without credentials; the default one stands in for PyPI."""

    url: str
    is_default: bool
    login: Login | None = None

    @property
    def name(self) -> str:
        """A name for uv, made from host, port and path."""
        words = re.findall(r"[a-z0-9]+", self.url.partition("://")[2].lower())
        return "-".join(words[:-1] if words[-1] == "simple" and len(words) > 1 else words)


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of [tool.uv] and its value, or one item of its value if that is an array.

    If it is for one `package`, the value is "key=value" of the table of that package.
    """

    key: str
    value: str | bool
    is_item: bool = False
    package: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One dependency as PEP 508 text, the place that asks for it, and the comments around it.

    `text` has the author's spelling of the name and order of the version specifiers, and regular spacing; `spec` is
    the same, parsed. Comments start with "#". `hashes`, such as "sha256:…", are those that its file may have.
    """

    text: str
    spec: "Specification"
    path: str
    line: int
    comment: str | None = None
    comments_above: tuple[str, ...] = ()
    comments_below: tuple[str, ...] = ()
    source: Source | None = None
    hashes: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """The name of the package, normalised as PEP 503 has it."""
        from packaging.utils import canonicalize_name

        return canonicalize_name(self.spec.name)

    @property
    def place(self) -> str:
        """Where it stands, as `path:line`."""
        return f"{self.path}:{self.line}"


class Outcome(StrEnum):
    """What became of a line."""

    CONVERTED = "converted"
    NOTED = "converted with a note"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Line:
    """The account of one logical line as pip counts them: continuations joined, comments and blank lines left out.

    `number` is that of its first physical line. `result` is where it went: the PEP 508 text, the path of the included
    file, the key of [tool.uv], "left out", or None if the line is blocked.
    """

    path: str
    number: int
    text: str
    result: str | None = None
    finding: Finding | None = None

    @property
    def outcome(self) -> Outcome:
        """Whether the line was converted, and whether there is something to say about it."""
        if self.result is None:
            return Outcome.BLOCKED
        return Outcome.NOTED if self.finding else Outcome.CONVERTED


@dataclass(frozen=True, slots=True)
class Requirements:
    """All that one requirements file and the files it includes say, in the order in which pip reads it.

    `files` are the files that were read, `lines` the account of each of their logical lines, `requirements` what to
    install, `constraints` what limits versions only, `pins` which versions to keep, `settings` and `indexes` how
    packages are found and built, and `findings` what there is to say about the lines and about files that could not be
    read. `has_itself`: the project itself is installed too.
    """

    files: tuple[str, ...]
    lines: tuple[Line, ...]
    requirements: tuple[Requirement, ...]
    findings: tuple[Finding, ...]
    constraints: tuple[Requirement, ...] = ()
    settings: tuple[Setting, ...] = ()
    indexes: tuple[Index, ...] = ()
    pins: tuple[Requirement, ...] = ()
    has_itself: bool = False

    @property
    def blocked(self) -> frozenset[str]:
        """The files that could not be converted completely; none of their lines may be lost."""
        return frozenset(finding.path for finding in self.findings if finding.severity is Severity.ERROR)
