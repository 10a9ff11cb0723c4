"""The files behind a requirements file: their text, and the files that they include."""

import codecs
import posixpath
import re
from itertools import accumulate

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.repo import Repo, UnreadableText
from migrate.requirements.understand import Refusal

_DECLARATION = re.compile(r"coding[:=]\s*([-\w.]+)", re.ASCII)
_LIKE_ASCII = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15"})
_URL = re.compile(r"(?:https?|file):", re.IGNORECASE)


def text_of(repo: Repo, path: str) -> str | Finding:
    """Return the text of a requirements file, or the finding that says why pip may read another text from it."""
    try:
        text = repo.text(path)
    except UnreadableText as error:
        return kinds.UNREADABLE.at(path, reason=error)
    encoding = _declared_encoding(text)
    return text if _means_utf8(encoding, text) else kinds.OTHER_ENCODING.at(path, encoding=encoding)


def resolve(repo: Repo, including: str, target: str) -> str | Refusal:
    """Return the path of the file that the file `including` names by `target`, or why it is not read.

    As in pip, a relative path starts at the including file and ".." is taken literally.
    """
    if _URL.match(target):
        return Refusal(kinds.INCLUDE_URL)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(including), target))
    if path in repo.files:
        return path
    if path.startswith("/") or path.split("/")[0] == "..":
        return Refusal(kinds.INCLUDE_OUTSIDE, {"target": target})
    if any(parent in repo.links for parent in accumulate(path.split("/"), "{}/{}".format)):
        return Refusal(kinds.INCLUDE_LINK, {"target": path})
    return Refusal(kinds.INCLUDE_MISSING, {"target": path})


def _declared_encoding(text: str) -> str:
    """Return the encoding that pip would use: a byte order mark wins over a declaration, UTF-8 is the default."""
    if not text.startswith("\ufeff"):
        for line in text.split("\n", 2)[:2]:
            if line.startswith("#") and (declaration := _DECLARATION.search(line)):
                return declaration[1]
    return "utf-8"


def _means_utf8(encoding: str, text: str) -> bool:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return False
    return name == "utf-8" or (name in _LIKE_ASCII and text.isascii())
