"""What a campaign is told to migrate: folders, folders of repositories, git URLs, and lists of those."""

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from migrate.errors import MigrateError

STANDARD_INPUT = "-"
_SCHEMES = frozenset({"https", "http", "ssh", "git", "file"})
_SCP = re.compile(r"(?:[\w.-]+@)[\w.-]+:(?!//)\S+")
_COLUMNS = ("repository", "url", "source", "path")
_OF_A_PROJECT = (".git", "requirements.txt", "pyproject.toml", "setup.py", "Dockerfile")
_OF_A_CAMPAIGN = "ledger.sqlite"
_LONGEST_SHOWN = 200
_LONGEST_PART = 100  # of a name, which a file of the campaign bears
_OF_A_BARE_REPOSITORY = ("HEAD", "objects", "refs")


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository of a campaign: a name that is its own, and an absolute folder or a git URL."""

    name: str
    location: str

    @property
    def is_remote(self) -> bool:
        """Whether it has to be cloned."""
        return _is_url(self.location)

    @property
    def in_one_word(self) -> str:
        """The name for one file or folder; none of these is in another."""
        return self.name.replace("/", "+")


def locations(sources: Iterable[str], standard_input: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the absolute folders and git URLs that `sources` name, each once, in their order.

    A source is a folder of one repository, a folder of such folders, a bare repository, a git URL (also in scp's form
    `user@host:path`), a CSV file, a text file with one source on a line, or `-` for the lines of `standard_input`. In a
    text, `#` starts a comment line. In a CSV file the column named repository, url, source or path counts, else the
    first. Relative folders of a list are relative to its own folder.

    Raises MigrateError if a source is nothing of this or is a URL with a password in it, and if there is no place.
    """
    named_so = tuple(sources)
    places = tuple(dict.fromkeys(place for source in named_so for place in _expanded(source, standard_input)))
    if not places:
        raise MigrateError(f"{', '.join(named_so)} lists no repository; write a folder or a git URL on each line")
    return places


def _expanded(source: str, standard_input: Iterable[str]) -> Iterator[str]:
    if source == STANDARD_INPUT:
        entries, folder, name = [*_lines(standard_input)], Path(), "standard input"
    elif not _is_url(source) and os.path.isfile(source):  # noqa: PTH113 - a Path raises for a name that is too long
        entries, folder, name = [*_listed(Path(source))], Path(source).parent, source
    else:
        yield from _places(source, Path())
        return
    for number, entry in entries:
        try:
            yield from _places(entry, folder)
        except MigrateError as error:
            raise MigrateError(f"{name}:{number}: {error}") from error


def _is_url(text: str) -> bool:
    return "://" in text or _SCP.fullmatch(text) is not None


def _lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return _entries(enumerate(lines, 1))


def _entries(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    stripped = ((number, text.strip()) for number, text in numbered)
    return ((number, text) for number, text in stripped if text and not text.startswith("#"))


def _listed(file: Path) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MigrateError(f"{file} cannot be read as a list of repositories: {error}") from error
    if file.suffix.lower() != ".csv":
        return _lines(text.splitlines())
    reader = csv.reader(text.splitlines())
    try:
        rows = [(reader.line_num, row) for row in reader if any(row)]
    except csv.Error as error:
        raise MigrateError(f"{file}:{reader.line_num}: no CSV ({error})") from error
    header = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    column = next((header.index(name) for name in _COLUMNS if name in header), None)
    return _entries(
        [(number, row[0]) for number, row in rows]
        if column is None
        else [(number, row[column]) for number, row in rows[1:] if column < len(row)]
    )


def _places(entry: str, base: Path) -> Iterator[str]:
    if _is_url(entry):
        yield _checked(entry)
        return
    try:
        yield from _in_folder(entry, (base / Path(entry).expanduser()).resolve())
    except (OSError, RuntimeError, ValueError) as error:  # no such user, a circle of links, a name that cannot be one
        why = (error.strerror if isinstance(error, OSError) else None) or error
        raise MigrateError(f"{_shown(entry)} cannot be read as a folder: {why}") from error


def _in_folder(entry: str, folder: Path) -> Iterator[str]:
    if not entry.strip() or not folder.is_dir():
        raise MigrateError(f"{_shown(entry)} is neither a folder, nor a git URL, nor a file that lists them")
    if all(os.path.lexists(folder / name) for name in _OF_A_BARE_REPOSITORY):
        yield folder.as_uri()
    elif _is_project(folder):
        yield str(folder)
    else:
        yield from _below(folder)


def _is_project(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in _OF_A_PROJECT)


def _below(folder: Path) -> Iterator[str]:
    found = False
    for below in sorted(folder.iterdir()):
        if (
            below.name.startswith(".")
            or below.is_symlink()
            or not below.is_dir()
            or os.path.lexists(below / _OF_A_CAMPAIGN)
        ):
            continue
        found = True
        is_bare = all(os.path.lexists(below / name) for name in _OF_A_BARE_REPOSITORY)
        yield below.as_uri() if is_bare else str(below)
    if not found:
        raise MigrateError(f"{folder} is no repository and has no folders that could be one")


def _shown(entry: str) -> str:
    """Return what was meant as a place for a message: short, and without what may be a password."""
    text = re.sub(r"\A(\S*?://)?\S*@", r"\1***@", entry)
    return f"{text[:_LONGEST_SHOWN]}…" if len(text) > _LONGEST_SHOWN else text or "an empty name"


def _checked(url: str) -> str:
    if "://" not in url:
        return url
    try:
        parts = urlsplit(url)
        secret = parts.password or (parts.username or parts.query if parts.scheme.startswith("http") else None)
    except ValueError as error:
        raise MigrateError(f"{_shown(url)} is not a URL: {error}") from error
    if parts.scheme not in _SCHEMES:
        raise MigrateError(f"{_shown(url)} has a scheme that is not one of {', '.join(sorted(_SCHEMES))}")
    if secret:
        raise MigrateError(
            f"a URL of {parts.hostname} has credentials or a query in it; keep them in git's credential helper"
        )
    return url


def named(places: Iterable[str], known: Iterable[Repository] = ()) -> tuple[Repository, ...]:
    """Return a repository for each place; one that is `known` keeps its name, and no two have the same."""
    by_place = {repository.location: repository for repository in known}
    taken = {repository.name.casefold() for repository in by_place.values()}
    for place in places:
        if place not in by_place:
            name = next(name for name in _names(place) if name.casefold() not in taken)
            taken.add(name.casefold())
            by_place[place] = Repository(name, place)
    return tuple(by_place[place] for place in places)


def _names(place: str) -> Iterator[str]:
    """Yield names for a place that can be the path of a folder, the best first."""
    path = (urlsplit(place).path if "://" in place else place.partition(":")[2]) if _is_url(place) else place
    parts = [_plain(part) for part in PurePosixPath(path).parts if part != "/"]
    last = parts[-1].removesuffix(".git") if parts else "repository"
    digest = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    if not _is_url(place) or place.startswith("file:"):
        yield last
    if parts[:-1]:
        yield f"{parts[-2]}/{last}"
    yield last
    yield f"{digest}/{last}"


def _plain(part: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", part).lstrip(".-")[:_LONGEST_PART] or "repository"
