"""Options of a requirements file, as pip reads them → settings of uv, by uv's names."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from migrate.findings import requirements as kinds
from migrate.requirements.links import linked, without_login
from migrate.requirements.meaning import Include, LeftOut, Meaning, Refusal, Remark, Settings
from migrate.requirements.model import Index, Setting

if TYPE_CHECKING:
    from optparse import OptionParser

_OPTION_VALUE = re.compile(r"^(--[\w-]{0,40}|-\w?).*", re.DOTALL)  # may be a secret: it is never repeated
_INCLUDES = {"requirements": False, "constraints": True}
_WITHOUT_COUNTERPART = {"prefer_binary": kinds.PREFER_BINARY, "require_hashes": kinds.HASHES_REQUIRED}
_CONVERTED = frozenset(
    {
        "extra_index_urls",
        "find_links",
        "index_url",
        "no_binary",
        "no_index",
        "only_binary",
        "pre",
        "trusted_hosts",
        *_WITHOUT_COUNTERPART,
    }
)


@dataclass(frozen=True, slots=True)
class Switches:
    """The options of a line: `name` is that of the first as it is written, `values` are all, by optparse's destination.

    `arguments` are the words that are no options.
    """

    name: str
    values: dict[str, Any]
    arguments: tuple[str, ...]


def read_switches(text: str) -> Switches | Refusal:
    """Return the options that a text says to pip, or why pip does not understand it."""
    from optparse import Values

    from pip_requirements_parser import get_options_by_dest

    name, parser = _OPTION_VALUE.sub(r"\1", text), _option_parser()
    try:
        values, arguments = parser.parse_args(shlex.split(text), Values(dict.fromkeys(parser.defaults)))
    except Exception as error:  # noqa: BLE001  # optparse and shlex have no common error, and a bad option is no crash
        return _bad_option(name, reason(error))
    options: dict[str, Any] = get_options_by_dest(values)  # those that have a value
    if not options:
        return Refusal(kinds.INVALID, {"reason": "pip passes over what follows the dash"})
    return Switches(name, options, tuple(arguments))


def settings(switches: Switches, *, longest: int) -> Meaning:
    """Return what options mean that stand on a line of their own; `longest` is that of a path, in characters."""
    values, name = switches.values, switches.name
    for option, is_constraints in _INCLUDES.items():
        if option in values:
            return _include(switches, values[option], longest, is_constraints=is_constraints)
    if "editables" in values and not switches.arguments:
        crowded = len(values) > 1 or len(values["editables"]) > 1
        return Refusal(kinds.INCLUDE_CROWDED) if crowded else linked(values["editables"][0], (), is_editable=True)
    return _refused(switches) or _converted(values, name)


def _refused(switches: Switches) -> Refusal | None:
    if switches.arguments:
        return _bad_option(switches.name, "pip passes over what follows it")
    if "hashes" in switches.values:
        return Refusal(kinds.HASHES)
    return Refusal(kinds.OPTION, {"option": switches.name}) if switches.values.keys() - _CONVERTED else None


def _converted(values: dict[str, Any], name: str) -> Settings | LeftOut | Refusal:
    notes = [Remark(kind) for option, kind in _WITHOUT_COUNTERPART.items() if option in values]
    try:
        found = tuple(_settings(values))
    except ValueError as error:
        return _bad_option(name, str(error))
    if not found:
        return LeftOut(notes[0].kind)
    return Settings(found, notes[0] if notes else None)


def _settings(values: dict[str, Any]) -> Iterator[Setting | Index]:
    """Yield the settings of uv. Raises ValueError with the reason for a value that uv cannot have."""
    for url in values.get("extra_index_urls", ()):
        yield _index(url, is_default=False)
    if url := values.get("index_url"):
        yield _index(url, is_default=True)
    for place in values.get("find_links", ()):
        yield Setting("find-links", _find_links(place), is_item=True)
    for host in values.get("trusted_hosts", ()):
        yield Setting("allow-insecure-host", host, is_item=True)
    if values.get("no_index"):
        yield Setting("no-index", value=True)
    if values.get("pre"):
        yield Setting("prerelease", "allow")
    yield from _formats("no-binary", values.get("no_binary", ()))
    yield from _formats("no-build", values.get("only_binary", ()))


def _index(url: str, *, is_default: bool) -> Index:
    if not re.match(r"https?://[^/]", url):
        raise ValueError("it is not the URL of an index")
    clean, login = without_login(url)
    return Index(clean.rstrip("/"), is_default, login)


def _find_links(place: str) -> str:
    clean, login = without_login(place)
    if login:
        raise ValueError("uv takes no credentials for it; make it an index")
    if re.match(r"file:|/|~|\.\./", clean):
        raise ValueError("it is outside of the project")
    return clean


def _formats(key: str, values: list[str]) -> Iterator[Setting]:
    names = [name.strip() for value in values for name in value.split(",")]
    if ":none:" in names:
        raise ValueError("it takes back what an earlier line or the command line says")
    for name in names:
        yield Setting(key, value=True) if name == ":all:" else Setting(f"{key}-package", name, is_item=True)


@cache
def _option_parser() -> "OptionParser":
    """Return the parser of pip's options. It appends to the values it is given, so each line must bring its own."""
    from pip_requirements_parser import build_parser

    parser: OptionParser = build_parser()
    return parser


def _include(switches: Switches, targets: list[str], longest: int, *, is_constraints: bool) -> Include | Refusal:
    if switches.name == "--requirements":  # the parser knows it, pip does not
        return _bad_option(switches.name, "its name is --requirement")
    if switches.arguments or len(switches.values) > 1 or len(targets) > 1:
        return Refusal(kinds.INCLUDE_CROWDED)
    return Include(targets[0], is_constraints=is_constraints) if len(targets[0]) <= longest else Refusal(kinds.TOO_LONG)


def _bad_option(name: str, why: str) -> Refusal:
    if why.startswith("no such option"):  # pip has options that the parser does not know
        return Refusal(kinds.OPTION, {"option": name})
    return Refusal(kinds.INVALID_OPTION, {"option": name, "reason": why})


def reason(error: Exception) -> str:
    """Return the first line of the innermost error's text, to stand inside a sentence; the others repeat the source."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    text = str(error.__context__ or error).partition("\n")[0].removeprefix("pip_requirements_parser: error: ")
    return text[:1].lower() + text[1:]
