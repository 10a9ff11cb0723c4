"""Which library belongs to a package of headers, by Debian's own package metadata.

`debian.json` is written by `docs/make_debian.py`; nobody edits it.
"""

import json
import re
from functools import cache
from importlib.resources import files

from migrate.dockerfile.facts.images import Image

RELEASES = ("bullseye", "bookworm", "trixie")
# Headers of libraries that the image's own interpreter is linked against, so that every image has them.
_OF_THE_INTERPRETER = frozenset(
    {"libbz2-dev", "libc6-dev", "libffi-dev", "liblzma-dev", "libsqlite3-dev", "libssl-dev", "libz-dev", "zlib1g-dev"}
)
# Headers without a library: templates of C++, the kernel's, and those of Debian's Python, which python images lack.
_WITHOUT_LIBRARY = frozenset(
    {"libeigen3-dev", "linux-libc-dev", "pybind11-dev", "python-dev", "python-dev-is-python3", "python3-dev"}
)
_CODENAME = re.compile(r"bookworm|bullseye|buster|forky|jessie|sid|stretch|trixie")


def libraries(headers: str, image: Image | None) -> tuple[str, ...] | None:
    """Return the packages whose libraries stay behind when a package of headers goes; None if they are not known.

    `headers` is the name of a Debian package, without version and architecture.
    """
    if headers in _OF_THE_INTERPRETER | _WITHOUT_LIBRARY:
        return ()
    if image is not None and image.name.rpartition("/")[2] not in {"python", "debian"}:
        return None  # Ubuntu names some libraries otherwise
    codename = _CODENAME.search((image.tag if image else None) or "")
    release = codename[0] if codename else None
    row = _table().get(headers)
    if isinstance(row, dict):
        row = row.get(release or "")
    return tuple(row) if row and release in {None, *RELEASES} else None


@cache
def _table() -> dict[str, list[str] | dict[str, list[str]]]:
    text = files(__package__ or "").joinpath("debian.json").read_text(encoding="utf-8")
    table: dict[str, list[str] | dict[str, list[str]]] = json.loads(text)
    return table
