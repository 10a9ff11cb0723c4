"""The files behind a requirements file: their text, and the files that they include."""

import codecs
import posixpath
import re
from itertools import accumulate

from migrate.findings import Finding
from migrate.findings import requirements as kinds
from migrate.repo import Repo, UnreadableText
from migrate.requirements.meaning import Refusal

_DECLARATION = re.compile(rb"coding[:=]\s*([-\w.]+)")
_MARKS = (  # the longer ones first: that of UTF-16 starts that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_URL = re.compile(r"(?:https?|file):", re.IGNORECASE)


def text_of(repo: Repo, path: str) -> str | Finding:
    """Return the text of a requirements file as pip reads it, or the finding that says why it cannot be read.

    A byte order mark decides (UTF-8, UTF-16, UTF-32), then a declaration in the first two lines, else it is UTF-8.
    """
    try:
        data = repo.data(path)
    except UnreadableText as error:
        return kinds.UNREADABLE.at(path, reason=error)
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except LookupError:
        return kinds.OTHER_ENCODING.at(path, encoding=encoding)
    except UnicodeError as error:
        return kinds.UNREADABLE.at(path, reason=f"{path} is not {encoding.upper()} text ({error.args[-1]})")


def resolve(repo: Repo, including: str, target: str) -> str | Refusal:
    """Return the path of the file that the file `including` names by `target`, or why it is not read.

    As in pip, a relative path starts at the including file and ".." is taken literally. It may lead out of the folder
    that `repo` is seen from, but not out of the whole repository.
    """
    if _URL.match(target):
        return Refusal(kinds.INCLUDE_URL)
    whole, folder = repo.whole
    place = posixpath.normpath(posixpath.join(folder, posixpath.dirname(including), target))
    if place.startswith("/") or place.split("/")[0] == "..":
        return Refusal(kinds.INCLUDE_OUTSIDE, {"target": target})
    path = posixpath.relpath(place, folder or ".")
    if place in whole.files:
        return path
    if any(parent in whole.links for parent in accumulate(place.split("/"), "{}/{}".format)):
        return Refusal(kinds.INCLUDE_LINK, {"target": path})
    return Refusal(kinds.INCLUDE_MISSING, {"target": path})


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    for line in data.split(b"\n", 2)[:2]:
        if line.startswith(b"#") and (declaration := _DECLARATION.search(line)):
            name = declaration[1].decode("ascii")
            return name if _is_text(name) else f"{name} (unknown)"
    return "utf-8"


def _is_text(encoding: str) -> bool:
    """Whether Python knows an encoding that has ASCII in its place, so that the declaration means what it says."""
    try:
        return b"# coding: x\n".decode(encoding) == "# coding: x\n"
    except (LookupError, UnicodeError):
        return False
