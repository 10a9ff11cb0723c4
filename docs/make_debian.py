"""Writes the table of runtime libraries from Debian's own package metadata: `uv run docs/make_debian.py FOLDER`.

FOLDER has one file for each release, named after it, with what `apt-cache dumpavail` prints there.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from migrate.dockerfile.facts.debian import RELEASES

TABLE = Path(__file__).parents[1] / "migrate" / "dockerfile" / "facts" / "debian.json"
MOST = 8  # libraries of one package of headers: more are whole frameworks, which stay as they are
_OTHER_LANGUAGES = re.compile(r"lib(?:ghc|golang|rust|.*-ocaml|.*-perl|.*-java)-?.*|golang-.*|.*-ocaml-dev|node-.*")


@dataclass(frozen=True, slots=True)
class Package:
    """What a stanza says: its section, what it needs as (name, whether of its own version), what it provides."""

    section: str
    depends: tuple[tuple[str, bool], ...]
    provides: frozenset[str]


def packages(text: str) -> Iterator[tuple[str, Package]]:
    """Yield the packages of a release by name."""
    for stanza in text.split("\n\n"):
        fields = dict(re.findall(r"(?m)^([\w-]+): (.*)$", stanza))
        if "Package" not in fields:
            continue
        first = [each.split("|")[0].strip() for each in fields.get("Depends", "").split(",")]
        own = f"(= {fields['Version']})"
        depends = tuple((re.split(r"[ :]", each)[0], own in each) for each in first if each)
        provided = frozenset(each.split()[0] for each in fields.get("Provides", "").split(",") if each.strip())
        yield fields["Package"], Package(fields.get("Section", ""), depends, provided)


def with_other_names(known: Mapping[str, Package]) -> dict[str, Package]:
    """Return packages together with the other names of headers that only one of them provides."""
    providers: dict[str, set[str]] = {}
    for name, package in known.items():
        for each in package.provides if package.section == "libdevel" and name.endswith("-dev") else ():
            providers.setdefault(each, set()).add(name)
    named = {name: names.pop() for name, names in providers.items() if len(names) == 1 and name not in known}
    return {**known, **{name: Package("libdevel", ((real, True),), frozenset()) for name, real in named.items()}}


def libraries(known: Mapping[str, Package], name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the libraries that belong to a package of headers; those of the headers that it stands for, if none do."""
    if name in seen:
        return frozenset()
    needs = [(each, is_own) for each, is_own in known[name].depends if each in known]
    own = {each for each, is_own in needs if is_own and _is_library(known, each)}
    headers = [(each, is_own) for each, is_own in needs if known[each].section == "libdevel"]
    followed = [each for each, is_own in headers if is_own or not own]
    return frozenset(own).union(*(libraries(known, each, seen | {name}) for each in followed)) - {"libc6"}


def _is_library(known: Mapping[str, Package], name: str) -> bool:
    return known[name].section in {"libs", "oldlibs"} and name.startswith("lib") and not name.endswith("-dev")


def table(releases: Mapping[str, Mapping[str, Package]]) -> dict[str, list[str] | dict[str, list[str]]]:
    """Return the libraries by package of headers; by release too, where a name of one does not work in another."""
    headers = sorted({name for known in releases.values() for name in known if name.endswith("-dev")})
    result: dict[str, list[str] | dict[str, list[str]]] = {}
    for name in headers:
        if _OTHER_LANGUAGES.fullmatch(name):
            continue
        each = {
            release: found
            for release, known in releases.items()
            if name in known and 0 < len(found := sorted(libraries(known, name))) <= MOST
        }
        common = next((names for names in each.values() if _work_everywhere(names, each, releases)), None)
        if common and len(each) == sum(name in known for known in releases.values()):
            result[name] = common
        elif each:
            result[name] = each
    return result


def _work_everywhere(
    names: list[str], each: Mapping[str, list[str]], releases: Mapping[str, Mapping[str, Package]]
) -> bool:
    return all(
        len(names) == len(found)
        and all(name in found or any(name in releases[release][other].provides for other in found) for name in names)
        for release, found in each.items()
    )


def main(folder: Path) -> None:
    """Write the table from the metadata in a folder."""
    releases = {name: with_other_names(dict(packages((folder / name).read_text("utf-8")))) for name in RELEASES}
    rows = (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in table(releases).items())
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
