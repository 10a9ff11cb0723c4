"""Who names a file: a file that something else still names must not be removed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join, normpath

from migrate.comments import without_comments
from migrate.names import is_dockerfile
from migrate.repo import Repo, UnreadableText
from migrate.text import line_at

# An ignore file does not need the file that it names, and a lock names packages only.
INDIFFERENT = frozenset({".dockerignore", ".gitignore", "uv.lock"})
_NO_TEXT = (".png", ".jpg", ".jpeg", ".gif", ".ico", ".pdf", ".woff", ".woff2", ".ttf", ".gz", ".zip", ".mp4", ".pyc")
_HEAD = 8192  # bytes, in which a file that is no text has a zero
_MAY_NAME = re.compile(r"\.txt|\.in\b|\breq")
# Files that install what others list, at the root and where services and forges look for them.
_INSTALLERS = re.compile(
    r"(?:\.github/workflows/|\.circleci/)?[^/]*\.ya?ml|Makefile|GNUmakefile|makefile|tox\.ini|noxfile\.py|setup\.(?:py|cfg)"
    r"|[^/]*[Cc]ontainerfile[^/]*|(?:bin/|scripts?/)?[^/]*\.sh|Justfile|justfile|Procfile"
)
_INSTALLED = re.compile(r"""(?:^|[\s"'=,])(?:-r|--requirement)[=\s"',]*((?:\{toxinidir\}/)?[\w./-]+)""")
_INSTALLS_PROJECT = re.compile(
    r"""\bpip[\d.]*\s+install\s+(?:-[\w-]+\s+)*?(?:-e\s*|--editable[\s=])?["']?\.(?:\[[\w,.-]+\])?["']?(?=\s|$)"""
)
_QUOTED = re.compile(r"""["']([\w./-]*(?:req|dep|pip)[\w./-]*\.(?:txt|in))["']""", re.IGNORECASE)
_WILDCARD = re.compile(rb"\*(?:[\w.-]|(?<=[\w.-]\*))")  # with a literal start, which is searched for fast
_WORD = re.compile(r"[\w./*?${}+@=-]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """The place at which a file of the repository names another one."""

    path: str
    line: int


def named(repo: Repo) -> dict[str, Mention]:
    """Return the files that compose files, workflows, Makefile, tox.ini, setup.py and the like give to pip, and where.

    Paths start at the root of the project or at the folder of the file that names them.
    """
    found: dict[str, Mention] = {}
    for path, text in _installers(repo):
        for match in (_QUOTED if path == "setup.py" else _INSTALLED).finditer(text):
            written = match[1].removeprefix("{toxinidir}/")
            places = (normpath(written), normpath(join(dirname(path), written)))
            for place in places:
                if place in repo.files:
                    found.setdefault(place, Mention(path, line_at(text, match.start(1))))
                    break
    return found


def installs_project(repo: Repo) -> bool:
    """Whether a workflow, Makefile or the like has pip install the project at the root."""
    return any(_INSTALLS_PROJECT.search(text) for _, text in _installers(repo))


def _installers(repo: Repo) -> Iterator[tuple[str, str]]:
    for path in sorted(repo.files):
        if _INSTALLERS.fullmatch(path):
            with suppress(UnreadableText):
                yield path, repo.data(path).decode("utf-8", "replace")


def removable(
    repo: Repo, changed: Mapping[str, str | None], candidates: Iterable[str]
) -> tuple[frozenset[str], dict[str, Mention]]:
    """Return which of the candidate files nothing else names, and for each other one where it is named first.

    `changed` holds the new text (None: removed) of files that the migration changes. A candidate that only
    removable candidates name is removable too.
    """
    removed = set(candidates)
    kept: dict[str, Mention] = {}
    words = _speaking(repo, changed, frozenset(removed))
    emptied = {folder for folder in map(dirname, removed) if folder and _files_below(repo, folder) <= removed}
    while removed:
        found = {
            target: mention
            for target in sorted(removed)
            if (mention := _first_mention(repo, target, words, emptied, exclude=removed))
        }
        if not found:
            break
        kept |= found
        removed -= found.keys()
    return frozenset(removed), kept


def _files_below(repo: Repo, folder: str) -> set[str]:
    return {path for path in repo.files if path.startswith(f"{folder}/")}


@dataclass(frozen=True, slots=True)
class _Words:
    """The text of a file, and the words of it that may name a requirements file."""

    text: str
    found: tuple[re.Match[str], ...]


def _speaking(repo: Repo, changed: Mapping[str, str | None], targets: frozenset[str]) -> dict[str, _Words]:
    """Return the files that may name one of the targets, with the words that may."""
    if not targets:
        return {}
    parts = {basename(target) for target in targets} | {f"{basename(dirname(target))}/" for target in targets} - {"/"}
    names = [part.encode() for part in parts]
    speaking: dict[str, _Words] = {}
    for path in sorted(repo.files | changed.keys()):
        if basename(path) in INDIFFERENT or path.endswith(_NO_TEXT):
            continue
        data = _bytes(repo, changed, path)
        if b"\0" in data[:_HEAD] or not (any(name in data for name in names) or _WILDCARD.search(data)):
            continue
        text = data.decode("utf-8", "replace")
        if _MAY_NAME.search(text):
            text = without_comments(path, text)
            speaking[path] = _Words(text, tuple(_words_with(text, parts)))
    return speaking


def _words_with(text: str, parts: Collection[str]) -> Iterator[re.Match[str]]:
    """Yield the words of a text that have one of some parts in them, or a wildcard, in order."""
    places = [place for part in parts for place in _places(text, part)]
    places += [match.start() for match in re.finditer(_WILDCARD.pattern.decode(), text)]
    end = 0
    for place in sorted(places):
        if place >= end and (word := _WORD.match(text, _start_of_word(text, place))):
            yield word
            end = word.end()


def _places(text: str, part: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + len(part))


def _start_of_word(text: str, place: int) -> int:
    while place and _WORD.fullmatch(text, place - 1, place):
        place -= 1
    return place


def _bytes(repo: Repo, changed: Mapping[str, str | None], path: str) -> bytes:
    if path in changed:
        return (changed[path] or "").encode()
    try:
        return repo.data(path)
    except UnreadableText:
        return b""


def _first_mention(
    repo: Repo, target: str, speaking: Mapping[str, _Words], emptied: Collection[str], exclude: Collection[str]
) -> Mention | None:
    for path, words in speaking.items():
        if path in exclude:
            continue
        for match in words.found:
            if _names(repo, match[0], target, path, emptied):
                return Mention(path, line_at(words.text, match.start()))
    return None


def _names(repo: Repo, token: str, target: str, path: str, emptied: Collection[str]) -> bool:
    """Whether a word in the file `path` can mean the target: certainty is not to be had, so doubt counts as yes.

    A folder means the files in it if it is one of those that would be `emptied`. Of two files, the one beside is meant,
    but in a Dockerfile, which may be built from any folder above it, it can be either.
    """
    folder = dirname(path)
    word = re.sub(r"^(?:-[rc]|.*=)", "", token.rstrip("."))
    if word.endswith("/"):
        return normpath(word) == dirname(target) and dirname(target) in emptied
    name = basename(word)
    if name != basename(target) and not ("*" in name and name.strip("*?.") and fnmatchcase(basename(target), name)):
        return False
    meanings = {normpath(join(folder, word)), normpath(word)}
    others = (meanings & repo.files) - {target}
    return not others or (target in meanings and (folder == dirname(target) or is_dockerfile(path)))
