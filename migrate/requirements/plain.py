"""The usual requirement, such as `name[extra]>=1.2,<2`, read at once: long files have hardly anything else."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_VERSION = r"(?:==|>=|<=|!=|<|>)[ \t]*\d+(?:\.\d+)*"
_NO_ARCHIVE = r"(?i:(?!.*\.(?:whl|zip|tar|tgz|tbz|txz|gz|bz2|xz|lzma|tlz)\b))"
_PLAIN = re.compile(
    rf"{_NO_ARCHIVE}(?P<name>{_NAME})[ \t]*(?:\[(?P<extras>{_NAME}(?:,{_NAME})*)\])?"
    rf"[ \t]*(?P<versions>(?:{_VERSION}(?:[ \t]*,[ \t]*{_VERSION})*)?)[ \t]*",
    re.ASCII,
)


def plain(text: str) -> "Specification | None":
    """Return what `packaging` makes of a dependency without marker and URL, if it is of the usual form; else None."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    from packaging.requirements import Requirement as Specification
    from packaging.specifiers import SpecifierSet

    specification = Specification.__new__(Specification)  # its parser takes most of the time of reading a file
    specification.name = match["name"]
    specification.url = None
    specification.extras = set(match["extras"].split(",")) if match["extras"] else set()
    specification.specifier = SpecifierSet(match["versions"])
    specification.marker = None
    return specification
