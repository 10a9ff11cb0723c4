"""What [tool.uv] has to say beside the dependencies: settings, constraints, sources and indexes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate.requirements import Requirement, Requirements

_NONE: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class UvTables:
    """Keys of [tool.uv], its constraint-dependencies, entries of [tool.uv.sources], and [[tool.uv.index]] in order."""

    settings: dict[str, Any] = field(default_factory=dict)
    constraints: tuple[Requirement, ...] = ()
    sources: dict[str, Any] = field(default_factory=dict)
    indexes: tuple[dict[str, Any], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.settings or self.constraints or self.sources or self.indexes)

    def added_to(self, uv: dict[str, Any]) -> dict[str, Any]:
        """Return the data of [tool.uv] with all of this added."""
        added = dict(self.settings)
        if self.constraints:
            added["constraint-dependencies"] = [constraint.text for constraint in self.constraints]
        if self.sources:
            added["sources"] = uv.get("sources", {}) | self.sources
        if self.indexes:
            added["index"] = [*uv.get("index", []), *self.indexes]
        return uv | added

    def lacking(self, uv: dict[str, Any]) -> "UvTables":
        """Return what [tool.uv] does not say in the same way."""
        constraints = [constraint.text for constraint in self.constraints]
        sources = uv.get("sources", {})
        return UvTables(
            {key: value for key, value in self.settings.items() if uv.get(key) != value},
            () if uv.get("constraint-dependencies") == constraints else self.constraints,
            {name: source for name, source in self.sources.items() if sources.get(name) != source},
            tuple(index for index in self.indexes if index not in uv.get("index", [])),
        )

    def clashes(self, uv: dict[str, Any]) -> list[str]:
        """Return the keys of [tool.uv] that say something else than this."""
        lacking = self.lacking(uv)
        names = {index.get("name") for index in uv.get("index", [])}
        keys = [key for key in lacking.settings if key in uv]
        keys += ["constraint-dependencies"] if lacking.constraints and "constraint-dependencies" in uv else []
        keys += [f"sources.{name}" for name in lacking.sources if name in uv.get("sources", {})]
        return keys + [f"index {index['name']}" for index in lacking.indexes if index["name"] in names]


def uv_tables(
    wanted: Requirements,
    served: Mapping[str, frozenset[str]] | None = _NONE,
    conflicts: Iterable[tuple[str, str]] = (),
) -> UvTables:
    """Return what [tool.uv] has to say for requirements; `conflicts` are groups that are never installed together.

    `served` has the packages, by normalised name, that must come from an index, by its name: such an index serves
    nothing else. None asks all indexes for the best version, as pip does. Additional indexes come before the default
    one, as uv asks them in order.
    """
    settings: dict[str, Any] = {}
    for setting in wanted.settings:
        if setting.package:
            _tell(settings.setdefault(setting.key, {}).setdefault(setting.package, {}), str(setting.value))
        elif setting.is_item:
            settings.setdefault(setting.key, []).append(setting.value)
        else:
            settings[setting.key] = setting.value
    if pairs := [[{"group": name} for name in pair] for pair in conflicts]:
        settings["conflicts"] = pairs
    if served is None:
        settings, served = settings | {"index-strategy": "unsafe-best-match"}, _NONE
    indexes = [
        {"name": index.name, "url": index.url}
        | ({"default": True} if index.is_default else {})
        | ({"explicit": True} if index.name in served else {})
        for index in sorted(wanted.indexes, key=lambda index: index.is_default)
    ]
    sources: dict[str, Any] = dict(_sources(wanted))
    sources |= {package: {"index": name} for name, packages in served.items() for package in sorted(packages)}
    return UvTables(settings, wanted.constraints, sources, tuple(indexes))


def _tell(table: dict[str, Any], setting: str) -> None:
    """Add "key=value" to a table; a key that is given again has a list."""
    key, _, value = setting.partition("=")
    if key in table:
        value = [*(table[key] if isinstance(table[key], list) else [table[key]]), value]  # type: ignore[assignment]
    table[key] = value


def _sources(wanted: Requirements) -> Iterator[tuple[str, Any]]:
    """Yield the source of each package; where a marker decides, all of them with their marker."""
    packages: dict[str, list[Requirement]] = {}
    for one in wanted.requirements:
        packages.setdefault(one.package, []).append(one)
    for package, ones in packages.items():
        found = [(one, dict(one.source.keys)) for one in ones if one.source]
        if len({one.source for one in ones}) == 1:
            yield from ((package, keys) for _, keys in found[:1])
        elif found:
            yield package, [keys | {"marker": str(one.spec.marker).replace('"', "'")} for one, keys in found]
