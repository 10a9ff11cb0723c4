"""What the full python image has and the slim one lacks: programs by name, libraries by the package that loads them."""

import re
from dataclasses import replace

from migrate.dockerfile.facts import debian
from migrate.dockerfile.facts.images import Image

# Programs of the full image, and the Debian package that brings each.
PROGRAMS = {
    "bzip2": "bzip2", "bunzip2": "bzip2", "cc": "gcc", "convert": "imagemagick", "curl": "curl", "file": "file",
    "g++": "g++", "gcc": "gcc", "git": "git", "gpg": "gnupg", "hg": "mercurial", "identify": "imagemagick",
    "magick": "imagemagick", "make": "make", "mogrify": "imagemagick", "patch": "patch", "pgrep": "procps",
    "pkill": "procps", "ps": "procps", "scp": "openssh-client", "sftp": "openssh-client", "ssh": "openssh-client",
    "ssh-keygen": "openssh-client", "ssh-keyscan": "openssh-client", "svn": "subversion", "top": "procps",
    "unzip": "unzip", "uptime": "procps", "watch": "procps", "wget": "wget", "xz": "xz-utils", "unxz": "xz-utils",
}  # fmt: skip
# Packages that look for a library of the system when they are imported, wheel or not: the headers of that library.
LOADING = {
    "cairocffi": ("libcairo2-dev",),
    "cairosvg": ("libcairo2-dev",),
    "opencv-contrib-python": ("libglib2.0-dev",),
    "opencv-contrib-python-headless": ("libglib2.0-dev",),
    "opencv-python": ("libglib2.0-dev",),
    "opencv-python-headless": ("libglib2.0-dev",),
    "psycopg": ("libpq-dev",),
    "python-magic": ("libmagic-dev",),
    "wand": ("libmagickwand-dev",),
    "weasyprint": ("libpango1.0-dev",),
}
# Packages that are linked against libraries when they are compiled: the headers that the full image has.
LINKED = {
    "lxml": ("libxml2-dev", "libxslt1-dev"),
    "mysqlclient": ("libmariadb-dev",),
    "pillow": ("libjpeg62-turbo-dev", "libfreetype-dev", "libtiff-dev", "libwebp-dev"),
    "psycopg-c": ("libpq-dev",),
    "psycopg2": ("libpq-dev",),
    "pycurl": ("libcurl4-openssl-dev",),
    "pyyaml": ("libyaml-dev",),
    "uwsgi": ("libxml2-dev",),
}
# Those of them that never have a wheel for Linux.
NEVER_WHEELS = frozenset({"mysqlclient", "psycopg-c", "psycopg2", "uwsgi"})
# Packages that need a program.
CALLING = {"gitpython": "git", "python-hglib": "mercurial"}
_PLAIN = re.compile(r"(?P<version>latest|3(?:\.\d+){0,2})?(?:-(?P<release>bullseye|bookworm|trixie))?")


def slim_image(image: Image) -> Image | None:
    """Return the slim image of the same Python and release as a full official one; None if it is not a full one."""
    match = _PLAIN.fullmatch(image.tag or "")
    if match is None or image.digest or not image.is_official_python:
        return None
    version = "" if match["version"] in {None, "latest"} else match["version"]
    return replace(image, tag="-".join(filter(None, (version, "slim", match["release"]))))


def libraries(package: str, image: Image, *, is_compiled: bool) -> tuple[str, ...] | None:
    """Return the Debian packages with the libraries that a Python package needs; None if it is not known.

    `package` is a normalised name; `is_compiled`: there is no wheel for the image.
    """
    headers = LOADING.get(package, ()) + (LINKED.get(package, ()) if is_compiled else ())
    found: list[str] = []
    for each in headers:
        names = debian.libraries(each, image)
        if names is None:
            return None
        found += names
    return tuple(dict.fromkeys(found))
