"""Compose files as values: how services are built, and what is mounted into their containers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from posixpath import basename, dirname, join, normpath
from typing import Any

from migrate.once import once
from migrate.repo import Repo, UnreadableText

_FILE = re.compile(r"(?:docker-)?compose.*\.ya?ml")
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::?-(?P<default>[^}$]*))?\}|(?P<plain>\w+))")


@dataclass(frozen=True, slots=True)
class Mount:
    """What lies over an absolute `target` in the container; without a `source` the volume is anonymous."""

    target: str
    source: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Argument:
    """A build argument as a place gives it: its value, None if that is not certain, and the line."""

    value: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Watch:
    """An entry of `develop.watch`: what it does when the file or folder at `path` changes, as it is written.

    `line` and `column` are where the path stands, from 0.
    """

    action: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Built:
    """The `build` of a service: its Dockerfile and its context by relative path of the repository ("" is the root).

    `target` is the stage that it asks for, by name or number, `args` are its build arguments.
    """

    dockerfile: str
    context: str
    target: str | None
    args: Mapping[str, Argument]
    line: int


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the compose file at `path`; `folder` is where it stands in the container, if the file says so."""

    path: str
    name: str
    image: str | None
    build: Built | None
    mounts: tuple[Mount, ...]
    watches: tuple[Watch, ...] = ()


@once
def services(repo: Repo) -> tuple[Service, ...]:
    """Return the services of all compose files of a repository, at any depth; of a file that is not YAML, none."""
    return tuple(service for path in compose_files(repo) for service in _services(repo, path))


def compose_files(repo: Repo) -> tuple[str, ...]:
    """Return the paths of the compose files, by their usual names."""
    return tuple(path for path in sorted(repo.files) if _FILE.fullmatch(basename(path).lower()))


def load(text: str) -> Any:
    """Return what a YAML text says, with the places of its keys; None if it is not one document of YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = True
    try:
        return reader.load(text)
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError, KeyError, NotImplementedError):
        return None  # the library raises what it likes on texts that nobody writes


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a value if it is a mapping of YAML, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def line_of(holder: Any, key: Any) -> int:
    """Return the line, from 1, of a key of a mapping or an index of a list; 1 if it is not known."""
    try:
        return int(holder.lc.data[key][0]) + 1
    except (AttributeError, KeyError, IndexError, TypeError):
        return 1


def _services(repo: Repo, path: str) -> Iterator[Service]:
    try:
        document = mapping(load(repo.text(path)))
    except UnreadableText:
        return
    found = mapping(document.get("services")) if "services" in document else _first_version(document)
    for name, value in found.items():
        service = mapping(value)
        yield Service(
            path,
            str(name),
            _text(service.get("image")),
            _built(path, service),
            tuple(_mounts(service.get("volumes"))),
            tuple(_watches(mapping(service.get("develop")).get("watch"))),
        )


def _first_version(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the services of a file of the first version of the format, which has them at its top."""
    return {key: value for key, value in document.items() if mapping(value).keys() & {"build", "image"}}


def _built(path: str, service: Mapping[str, Any]) -> Built | None:
    value = service.get("build")
    line = line_of(service, "build")
    build = mapping(value)
    written = _text(build.get("context", ".")) if build else _text(value)
    name = _text(build.get("dockerfile", "Dockerfile")) or "\0"
    if written is None or "://" in written or written.startswith("git@") or "dockerfile_inline" in build:
        return None
    context = within(join(dirname(path), written))
    dockerfile = within(join(dirname(path), written, name))
    if context is None or dockerfile is None:
        return None
    return Built(dockerfile, context, _scalar(build.get("target")), dict(_arguments(build.get("args"))), line)


def _arguments(value: Any) -> Iterator[tuple[str, Argument]]:
    for position, each in enumerate(value if isinstance(value, list) else mapping(value)):
        if isinstance(value, list):
            name, equals, text = str(each).partition("=")
            yield name, Argument(_text(text) if equals else None, line_of(value, position))
        else:
            yield str(each), Argument(_scalar(value[each]), line_of(value, each))


def _watches(entries: Any) -> Iterator[Watch]:
    for each in entries if isinstance(entries, list) else ():
        action, path = _text(mapping(each).get("action")), _text(mapping(each).get("path"))
        if action and path:
            line, column = each.lc.value("path")
            yield Watch(action, path, line, column)


def _mounts(volumes: Any) -> Iterator[Mount]:
    for position, each in enumerate(volumes if isinstance(volumes, list) else ()):
        line = line_of(volumes, position)
        if isinstance(each, Mapping):
            source, target = _text(each.get("source")), _text(each.get("target"))
        else:
            source, target = _split(_text(each) or "")
        if target and target.startswith("/"):
            yield Mount(normpath(target), source or None, line)


def _split(volume: str) -> tuple[str | None, str]:
    """Return source and target of `[source:]target[:mode]`."""
    parts = volume.split(":")
    return (None, parts[0]) if len(parts) == 1 or not parts[1].startswith("/") else (parts[0], parts[1])


def _text(value: Any) -> str | None:
    """Return a text with the defaults of its variables; None if it is none, or if a variable has no default."""
    if not isinstance(value, str):
        return None
    return None if any(each["default"] is None for each in _VARIABLE.finditer(value)) else _filled(value)


def _scalar(value: Any) -> str | None:
    """Return a text or number as text, as `_text` does."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text(value)


@cache
def _filled(text: str) -> str:
    return _VARIABLE.sub(lambda match: match["default"] or "", text)


def within(path: str) -> str | None:
    """Return a path of the repository in its plain form, "" for the root; None if it leaves the repository."""
    clean = normpath(path)
    return None if clean.startswith(("..", "/")) else clean.removeprefix(".") if clean == "." else clean
