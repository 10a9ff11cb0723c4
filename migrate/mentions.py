"""Who names a file: a file that something else still names must not be removed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join, normpath

from migrate.repo import Repo, UnreadableText
from migrate.text import line_at

# An ignore file does not need the file that it names, and a lock names packages only.
INDIFFERENT = frozenset({".dockerignore", ".gitignore", "uv.lock"})
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
_QUOTED = re.compile(r"""["']([\w./-]+\.(?:txt|in))["']""")
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
    texts = {path: text for path, text in _texts(repo, changed) if _MAY_NAME.search(text)}
    while removed:
        found = {
            target: mention
            for target in sorted(removed)
            if (mention := _first_mention(repo, target, texts, exclude=removed))
        }
        if not found:
            break
        kept |= found
        removed -= found.keys()
    return frozenset(removed), kept


def _texts(repo: Repo, changed: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for path in sorted(repo.files | changed.keys()):
        if basename(path) in INDIFFERENT:
            continue
        if path in changed:
            text = changed[path] or ""
        else:
            try:
                text = repo.data(path).decode("utf-8", "replace")
            except UnreadableText:
                continue
        yield path, text


def _first_mention(repo: Repo, target: str, texts: Mapping[str, str], exclude: set[str]) -> Mention | None:
    for path, text in texts.items():
        if path in exclude:
            continue
        for match in _WORD.finditer(text):
            if _names(repo, match[0], target, dirname(path)):
                return Mention(path, line_at(text, match.start()))
    return None


def _names(repo: Repo, token: str, target: str, folder: str) -> bool:
    """Whether a word in a file of `folder` can mean the target: certainty is not to be had, so doubt counts as yes."""
    word = re.sub(r"^(?:-[rc]|.*=)", "", token.rstrip("."))
    if word.endswith("/"):
        return normpath(word) == dirname(target) != ""
    name = basename(word)
    if name != basename(target) and not ("*" in name and name.strip("*?.") and fnmatchcase(basename(target), name)):
        return False
    meanings = {normpath(join(folder, word)), normpath(word)}
    others = (meanings & repo.files) - {target}
    return not others or (target in meanings and folder == dirname(target))
