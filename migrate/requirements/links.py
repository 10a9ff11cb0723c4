"""A requirement that is a URL, a repository or a path → the package and its entry in [tool.uv.sources]."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from migrate.findings import requirements as kinds
from migrate.requirements.meaning import Local, Refusal, Remark, Wanted
from migrate.requirements.model import Login, Source

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification

_NAMED = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[(?P<extras>[\w\s.,-]*)\])?\s*@\s*(?P<url>\S+)")
_EXTRAS = re.compile(r"\[(?P<extras>[\w\s.,-]*)\]$")
_EGG = re.compile(r"(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?:\[(?P<extras>[\w\s.,-]*)\])?")
_MARKER = re.compile(r"\s;\s*|;\s+")  # pip and PEP 508 want a blank, for a URL may contain a semicolon
_LOGIN = re.compile(r"^([a-z+]+://)([^/\s@]*)@", re.IGNORECASE)
_VCS = re.compile(r"(git|hg|svn|bzr)\+(.+)", re.IGNORECASE)
_GIT_SCHEMES = re.compile(r"(?:https?|ssh|git|file)://\S+", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.(?:whl|zip|tar(?:\.(?:gz|bz2|xz))?|tgz|tbz|txz)$", re.IGNORECASE)
_CONDA = re.compile(r"conda|/croot/|feedstock|/ci/|/tmp/build/|/perfbuild|/work(?:/|$)", re.IGNORECASE)


def linked(text: str, hashes: tuple[str, ...], *, is_editable: bool) -> Wanted | Local | Refusal:
    """Return what a requirement that is no plain dependency asks for, or why it is not converted.

    A package must be named by the line, or by the file name of a wheel or a source archive (PEP 427, PEP 625).
    """
    dependency, marker = ([*_MARKER.split(text.strip(), maxsplit=1), None])[:2]
    named = _NAMED.fullmatch(dependency or "")
    url = named["url"] if named else dependency or ""
    if not named and (match := _EXTRAS.search(url)) and "#" not in url:
        url, extras = url[: match.start()], match["extras"]
    else:
        extras = named["extras"] if named else None
    name = named["name"] if named else None
    if named and not re.match(r"[\w+]+:", url):
        return Refusal(kinds.URL, {"reason": "it is no URL"})
    if re.match(r"file:", url, re.IGNORECASE):
        return _file(url, name, _names(extras), marker, hashes, is_editable=is_editable)
    if _VCS.match(url) and "://" not in url:
        return Refusal(kinds.URL, {"reason": "its repository is no URL"})
    if "://" not in url:
        return Local(url, name, _names(extras), marker, is_editable, hashes)
    remote = _remote(url, name, _names(extras), marker, hashes)
    note = Remark(kinds.EDITABLE) if is_editable else None
    return replace(remote, note=note) if isinstance(remote, Wanted) else remote


def without_login(url: str) -> tuple[str, Login | None]:
    """Return a URL without what stands before its host, and that; the user of SSH is no secret and stays."""
    match = _LOGIN.match(url)
    if match is None or (":" not in match[2] and not match[1].lower().endswith(("http://", "https://"))):
        return url, None
    clean = match[1] + url[match.end() :]
    username, _, password = match[2].partition(":")
    return clean, Login(clean, unquote(username), unquote(password))


def specification(name: str, extras: frozenset[str], marker: str | None) -> "Specification | None":
    """Return a PEP 508 dependency without a version, or None if its parts are not valid."""
    from packaging.requirements import InvalidRequirement
    from packaging.requirements import Requirement as Specification

    listed = f"[{','.join(sorted(extras))}]" if extras else ""
    try:
        return Specification(f"{name}{listed}" + (f" ; {marker}" if marker else ""))
    except (InvalidRequirement, RecursionError):
        return None


def name_of_archive(file: str) -> str | None:
    """Return the name of the package in a wheel or source archive of that file name, or None if it does not tell."""
    from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

    try:
        return str((parse_wheel_filename if file.endswith(".whl") else parse_sdist_filename)(file)[0])
    except (InvalidSdistFilename, InvalidWheelFilename):
        return None


def _remote(
    url: str, name: str | None, extras: frozenset[str], marker: str | None, hashes: tuple[str, ...]
) -> Wanted | Refusal:
    address, _, fragment = url.partition("#")
    parts = dict(parse_qsl(fragment.replace("+", "%2B")))
    if parts.keys() - {"egg", "subdirectory", "sha256", "sha384", "sha512", "md5", "sha1", "sha224"}:
        return Refusal(kinds.URL, {"reason": "its fragment says more than name, subdirectory and hash"})
    if egg := _EGG.fullmatch(parts.get("egg", "")):
        name, extras = name or egg["name"], extras | _names(egg["extras"])
    clean, login = without_login(address)
    if vcs := _VCS.fullmatch(clean):
        if vcs[1].lower() != "git" or not _GIT_SCHEMES.fullmatch(vcs[2]):
            return Refusal(kinds.URL, {"reason": f"uv reads no {vcs[1]} repository at such a URL"})
        keys = tuple(_git(vcs[2]))
        login = login and Login(keys[0][1], login.username, login.password)
    elif login:
        return Refusal(kinds.URL, {"reason": "uv takes no credentials for a single file"})
    else:
        name = name or name_of_archive(unquote(address.rpartition("/")[2]))
        keys = (("url", clean),)
    if name is None:
        return Refusal(kinds.NAMELESS)
    spec = specification(name, extras, marker)
    if spec is None or re.search(r"[\s\"'<>]", clean):
        return Refusal(kinds.URL, {"reason": "it or its marker is not valid"})
    if directory := parts.get("subdirectory"):
        keys = (*keys, ("subdirectory", directory))
    listed = (f"{name}:{parts[name]}" for name in ("sha256", "sha384", "sha512") if name in parts)
    return Wanted(spec, Source(keys, login), (*hashes, *listed))


def _git(url: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a git source: the repository, and what pip checks out of it, if the URL tells."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    path, at, revision = path.rpartition("@") if "@" in path else (path, "", "")
    yield "git", f"{scheme}://{host}{slash}{path}"
    if at and revision:
        yield "rev", revision


def _file(  # noqa: PLR0913 - the parts of a requirement
    url: str,
    name: str | None,
    extras: frozenset[str],
    marker: str | None,
    hashes: tuple[str, ...],
    *,
    is_editable: bool,
) -> Wanted | Local | Refusal:
    path = unquote(re.sub(r"^file:(?://(?:localhost)?(?=/))?", "", url, flags=re.IGNORECASE).partition("#")[0])
    if name and _CONDA.search(path) and path.startswith("/"):
        spec = specification(name, extras, marker)
        if spec:
            return Wanted(spec, note=Remark(kinds.CONDA, {"name": name}))
    return Local(path, name, extras, marker, is_editable, hashes)


def _names(extras: str | None) -> frozenset[str]:
    return frozenset(filter(None, (extra.strip() for extra in (extras or "").split(","))))
