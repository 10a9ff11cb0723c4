"""Where the lines of two texts differ, in time that grows with their length and not with its square.

The method is a patience diff: the rarest lines that both sides share hold the texts together, and what lies between
two of them is compared in the same way. difflib takes seconds for a long file that repeats a hundred lines.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

ROUNDS = 8  # enough for real files; the bound keeps a hostile one from being compared again for each of its lines


class Region(NamedTuple):
    """The lines `old` of one text, from 0, against the lines `new` of another; either may be empty."""

    old: range
    new: range


class _Link(NamedTuple):
    old: int
    new: int
    previous: "_Link | None"


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a text, each with its "\n"; no other character ends a line. The last may lack it."""
    *whole, rest = text.split("\n")
    return [line + "\n" for line in whole] + ([rest] if rest else [])


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[Region]:
    """Yield, in order, the regions to replace to turn the lines `old` into `new`; all lines outside are equal.

    Two regions never touch, and none is empty on both sides.
    """
    return _differences(old, new, Region(range(len(old)), range(len(new))), ROUNDS)


def _differences(old: Sequence[str], new: Sequence[str], region: Region, rounds: int) -> Iterator[Region]:
    region = _without_common_ends(old, new, region)
    anchors = _anchors(old, new, region) if rounds and region.old and region.new else []
    if anchors:
        for gap in _gaps(region, anchors):
            yield from _differences(old, new, gap, rounds - 1)
    elif region.old or region.new:
        yield region


def _without_common_ends(old: Sequence[str], new: Sequence[str], region: Region) -> Region:
    head = _common(old, new, zip(region.old, region.new, strict=False))
    rest = Region(region.old[head:], region.new[head:])
    tail = _common(old, new, zip(reversed(rest.old), reversed(rest.new), strict=False))
    return Region(rest.old[: len(rest.old) - tail], rest.new[: len(rest.new) - tail])


def _common(old: Sequence[str], new: Sequence[str], pairs: Iterator[tuple[int, int]]) -> int:
    count = 0
    for i, j in pairs:
        if old[i] != new[j]:
            break
        count += 1
    return count


def _anchors(old: Sequence[str], new: Sequence[str], region: Region) -> list[tuple[int, int]]:
    """Return the pairs of equal lines that hold a region together, increasing on both sides.

    Candidates are the lines that occur equally often on both sides, and of these the rarest.
    """
    old_places, new_places = _places(old, region.old), _places(new, region.new)
    shared = [line for line, places in old_places.items() if len(places) == len(new_places.get(line, ()))]
    rarest = min((len(old_places[line]) for line in shared), default=0)
    return _longest_increasing(
        sorted(
            pair
            for line in shared
            if len(old_places[line]) == rarest
            for pair in zip(old_places[line], new_places[line], strict=True)
        )
    )


def _places(lines: Sequence[str], numbers: range) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number in numbers:
        places.setdefault(lines[number], []).append(number)
    return places


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest part of pairs sorted by their first number in which the second increases too."""
    ends: list[_Link] = []  # ends[n]: of all runs of n + 1 pairs, the end of the one that ends earliest
    for old, new in pairs:
        length = bisect_left(ends, new, key=lambda link: link.new)
        ends[length : length + 1] = [_Link(old, new, ends[length - 1] if length else None)]
    run: list[tuple[int, int]] = []
    link = ends[-1] if ends else None
    while link:
        run.append((link.old, link.new))
        link = link.previous
    return run[::-1]


def _gaps(region: Region, anchors: list[tuple[int, int]]) -> Iterator[Region]:
    fence = [(region.old.start - 1, region.new.start - 1), *anchors, (region.old.stop, region.new.stop)]
    for (old, new), (next_old, next_new) in pairwise(fence):
        yield Region(range(old + 1, next_old), range(new + 1, next_new))
