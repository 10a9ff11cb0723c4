"""What pip itself makes of a requirements file, to compare with."""

from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from pip._internal.exceptions import InstallationError
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_line, install_req_from_parsed_requirement
from pip._internal.req.req_file import OptionParsingError, get_line_parser, parse_requirements, preprocess
from pip._internal.req.req_install import InstallRequirement

from migrate.repo import Repo


class Refused(Exception):
    """pip does not accept the line."""


@dataclass(frozen=True)
class Ignored:
    """pip accepts the line and does nothing for it."""


def repo_in_memory(**files: str) -> Repo:
    """Return a repository of files that are not on a disk; two underscores in a name stand for a dot."""
    data = {name.replace("__", "."): text.encode() for name, text in files.items()}
    return Repo(Path("/nowhere"), frozenset(data), _data=data)


def logical_lines(text: str) -> list[tuple[int, str]]:
    """Return the number and text of each logical line."""
    return list(preprocess(text))


def requirement(line: str) -> Requirement | Ignored:
    """Return what one logical line installs from an index. Raises Refused."""
    try:
        name, options = get_line_parser(None)(line)
        if not name and not any(vars(options).values()):
            return Ignored()
        return specification(install_req_from_line(name))
    except (InstallationError, OptionParsingError) as error:
        raise Refused(str(error)) from error


def requirements(path: Path) -> list[Requirement]:
    """Return what a file on the disk and all that it includes install from an index."""
    parsed = parse_requirements(str(path), session=PipSession())
    return [specification(install_req_from_parsed_requirement(one)) for one in parsed]


def specification(installed: InstallRequirement) -> Requirement:
    """Return the PEP 508 dependency of one of pip's own requirements. Raises Refused if it is not at an index."""
    if installed.link or installed.req is None or installed.req.url:
        raise Refused("not at an index")
    return Requirement(f"{installed.req} ; {installed.markers}" if installed.markers else str(installed.req))
