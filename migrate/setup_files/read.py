"""setup.py and setup.cfg → the project that they describe."""

import ast
import configparser
import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import join, normpath
from typing import Any

from migrate.once import once
from migrate.repo import Repo, UnreadableText
from migrate.setup_files.model import Listed, SetupFiles, Unclear
from migrate.setup_files.script import Computed, Joined, Script, Text
from migrate.text import line_at

SCRIPT, CONFIGURATION = "setup.py", "setup.cfg"
# The keys of [project] that arguments of setup() or keys of [metadata] stand for.
_FIELDS = {
    "description": "description",
    "summary": "description",
    "long_description": "readme",
    "license": "license",
    "author": "authors",
    "author_email": "authors",
    "maintainer": "maintainers",
    "maintainer_email": "maintainers",
    "keywords": "keywords",
    "classifiers": "classifiers",
    "url": "urls",
    "home_page": "urls",
    "download_url": "urls",
    "project_urls": "urls",
}
_GROUPS = {"console_scripts": "scripts", "gui_scripts": "gui-scripts"}
_SECTION = re.compile(r"(?m)^\s*\[([^\]\n]+)\]")


class _NotCertain(Exception):
    def __init__(self, path: str, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.unclear = Unclear(path, line, reason)


@once
def read(repo: Repo) -> SetupFiles | Unclear | None:
    """Return the project that setup.py and setup.cfg at the root describe; None if neither of them does.

    What setup() is given counts before setup.cfg.
    """
    try:
        configuration = _configuration(repo)
        if SCRIPT not in repo.files and not configuration.has_section("metadata"):
            return None
        script = Script.of(repo.get(SCRIPT) or "") if SCRIPT in repo.files else Script(arguments={})
        return _project(repo, script, configuration)
    except UnreadableText as error:
        return Unclear(SCRIPT if SCRIPT in repo.files else CONFIGURATION, None, str(error))
    except _NotCertain as error:
        return error.unclear


def _project(repo: Repo, script: Script, configuration: configparser.ConfigParser) -> SetupFiles:
    if script.problem:
        raise _NotCertain(SCRIPT, *script.problem)
    if script.arguments is None:
        raise _NotCertain(SCRIPT, None, "it does not call setup()")
    given = script.arguments
    name = given.get("name") or configuration.get("metadata", "name", fallback=None)
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", name, re.ASCII):
        raise _NotCertain(SCRIPT, None, "the name of the project is computed or missing")
    dependencies, files = _dependencies(repo, script, configuration)
    extras = _extras(repo, script, configuration)
    return SetupFiles(
        SCRIPT if SCRIPT in repo.files else CONFIGURATION,
        str(name),
        (*dependencies, *extras.pop("", ())),
        files,
        extras,
        frozenset({"version", *_fields(given, configuration)}),
        any(f"{module}.py" in repo.files or f"{module}/__init__.py" in repo.files for module in script.modules),
    )


def _configuration(repo: Repo) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(repo.get(CONFIGURATION) or "")
    except configparser.Error as error:
        raise _NotCertain(CONFIGURATION, None, "it cannot be read") from error
    return parser


def _dependencies(
    repo: Repo, script: Script, configuration: configparser.ConfigParser
) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    if script.arguments and (value := script.arguments.get("install_requires")):
        found = [*_listed(repo, script, value)]
    else:
        found = [*_configured(repo, configuration, "options", "install_requires")]
    listed = tuple(each for each in found if isinstance(each, Listed))
    return listed, tuple(dict.fromkeys(each for each in found if isinstance(each, str)))


def _listed(repo: Repo, script: Script, value: Any) -> Iterator[Listed | str]:
    """Yield requirements, and the requirements files that they are read from."""
    match value:
        case Text():
            yield from (Listed(line, value.line) for line in _requirements(value))
        case list():
            for each in value:
                yield from _listed(repo, script, each)
        case Joined(parts=parts):
            for part in parts:
                yield from _listed(repo, script, part)
        case Computed(node=node):
            yield _only_file(repo, script, node, "the dependencies are computed")
        case None:
            return
        case _:
            raise _NotCertain(SCRIPT, None, "the dependencies are not a list")


def _only_file(repo: Repo, script: Script, node: ast.AST, reason: str) -> str:
    """Return the requirements file that is behind a value, if there is no other; folder and name may stand apart."""
    texts = {*script.texts_behind(node)}
    apart = {join(folder, name) for folder in texts for name in texts}
    paths = {normpath(text) for text in texts | apart}
    files = sorted(path for path in paths if path in repo.files and path.endswith((".txt", ".in")))
    if len(files) != 1:
        raise _NotCertain(SCRIPT, getattr(node, "lineno", None), reason)
    return files[0]


def _configured(repo: Repo, configuration: configparser.ConfigParser, section: str, key: str) -> Iterator[Listed | str]:
    value = configuration.get(section, key, fallback="")
    text = repo.get(CONFIGURATION) or ""
    if value.strip().startswith("file:"):
        yield from (normpath(path.strip()) for path in value.strip().removeprefix("file:").split(","))
        return
    for line in _requirements(value):
        yield Listed(line, line_at(text, max(text.find(line), 0)))


def _requirements(text: str) -> Iterator[str]:
    """Yield the requirements of a text, one a line; setuptools drops comments."""
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return (line for line in lines if line and not line.startswith("#"))


def _extras(repo: Repo, script: Script, configuration: configparser.ConfigParser) -> dict[str, tuple[Listed, ...]]:
    """Return what each extra requires; that of "" is required under a condition without an extra."""
    value = (script.arguments or {}).get("extras_require")
    section = "options.extras_require"
    if value is None:
        names = configuration.options(section) if configuration.has_section(section) else []
        value = {name: Text.at(configuration.get(section, name), 1) for name in names}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise _NotCertain(SCRIPT, None, "the extras are computed")
    found: dict[str, tuple[Listed, ...]] = {}
    for name, items in value.items():
        extra, _, marker = name.partition(":")
        listed = [*_of_extra(repo, script, items)]
        if marker:
            listed = [Listed(f"{each.text} ; {marker.strip()}", each.line) for each in listed if ";" not in each.text]
        found[extra.strip()] = (*found.get(extra.strip(), ()), *listed)
    return found


def _of_extra(repo: Repo, script: Script, value: Any) -> Iterator[Listed]:
    match value:
        case Text():
            yield from (Listed(line, value.line) for line in _requirements(value))
        case list():
            for each in value:
                yield from _of_extra(repo, script, each)
        case Joined(parts=parts):
            for part in parts:
                yield from _of_extra(repo, script, part)
        case Computed(node=node):
            file = _only_file(repo, script, node, "the extras are computed")
            lines = [*_requirements(repo.text(file))]
            if any(line.startswith("-") for line in lines):
                raise _NotCertain(
                    SCRIPT, getattr(node, "lineno", None), f"an extra is read from {file}, which has options"
                )
            yield from (Listed(line, getattr(node, "lineno", 1)) for line in lines)
        case _:
            raise _NotCertain(SCRIPT, None, "the extras are computed")


def _fields(given: Mapping[str, Any], configuration: configparser.ConfigParser) -> Iterator[str]:
    keys: Iterable[str] = configuration.options("metadata") if configuration.has_section("metadata") else ()
    names = (key.replace("-", "_") for key in (*given, *keys))
    yield from (_FIELDS[name] for name in names if name in _FIELDS)
    section = "options.entry_points"
    groups = set(configuration.options(section)) if configuration.has_section(section) else set()
    points = given.get("entry_points")
    if isinstance(points, dict):
        groups |= {str(group) for group in points}
    elif isinstance(points, Text):
        groups |= {match[1].strip() for match in _SECTION.finditer(points)}
    elif points is not None:
        groups |= {*_GROUPS, "others"}
    yield from (_GROUPS.get(group, "entry-points") for group in groups)
