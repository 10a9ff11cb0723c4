"""Two PEP 508 dependencies side by side."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.requirements import Requirement as Specification

    from migrate.requirements.model import Requirement


def contradict(first: "Specification", second: "Specification") -> bool:
    """Return whether both mean one package under one marker, each can be satisfied, and no version satisfies both.

    Under different markers, and where a URL stands for the version, only a resolver can tell: that is no contradiction.
    """
    if first.url or second.url or not _same_package(first, second) or first.marker != second.marker:
        return False
    is_impossible = (first.specifier & second.specifier).is_unsatisfiable()
    return is_impossible and not (first.specifier.is_unsatisfiable() or second.specifier.is_unsatisfiable())


def contradictions(
    first: "Iterable[Requirement]", second: "Iterable[Requirement]"
) -> "Iterator[tuple[Requirement, Requirement]]":
    """Yield each pair of requirements of both sides that name one package and cannot be met together."""
    packages: dict[str, list[Requirement]] = {}
    for one in first:
        packages.setdefault(one.package, []).append(one)
    for other in second:
        for one in packages.get(other.package, ()):
            if differ_in_source(one, other) or contradict(one.spec, other.spec):
                yield one, other


def differ_in_source(one: "Requirement", other: "Requirement") -> bool:
    """Return whether one package would come from two places at once; different markers keep two places apart."""
    is_kept_apart = one.spec.marker and other.spec.marker and one.spec.marker != other.spec.marker
    return one.source != other.source and not is_kept_apart


def implies(present: "Specification", wanted: "Specification") -> bool:
    """Return whether `present` already asks for all that `wanted` asks for, so that adding it would change nothing."""
    if present == wanted:
        return True
    if present.url or wanted.url or not _same_package(present, wanted) or present.marker not in {None, wanted.marker}:
        return False
    if wanted.specifier.prereleases:  # it also allows pre-releases, which no comparison of ranges shows
        return False
    return _extras(wanted) <= _extras(present) and present.specifier.to_range().is_subset(wanted.specifier.to_range())


def _same_package(first: "Specification", second: "Specification") -> bool:
    from packaging.utils import canonicalize_name

    return canonicalize_name(first.name) == canonicalize_name(second.name)


def _extras(specification: "Specification") -> set[str]:
    from packaging.utils import canonicalize_name

    return {canonicalize_name(extra) for extra in specification.extras}
