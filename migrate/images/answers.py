"""Answers to a probe, in which a time, a token or the container's own name may differ at every start."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from migrate.images.image import Silent

_TOKEN = re.compile(r"\w+|\W")
_WORD = re.compile(r"[^\W\d_]{2}")  # what is shared without one, as by two times of day, is so by chance
_MOST = 4000  # tokens between the first and the last difference
_SHORTEST = 8  # characters: what varies is twice as long at times, however short it was twice
_SHOWN = 100


def varies_alike(answers: Sequence[str], other: str) -> bool:
    """Return whether a text is one of an image's answers, or differs from them only where they differ from each other.

    Raises Silent if they differ in too much to tell.
    """
    if other in answers:
        return True
    varying = next((each for each in answers if each != answers[0]), None)
    if varying is None:
        return False
    constants, longest = _apart(answers[0], varying)
    if not other.startswith(constants[0]):
        return False
    position = len(constants[0])
    for constant, most in zip(constants[1:-1], longest[:-1], strict=True):
        found = other.find(constant, position, position + most + len(constant))
        if found < 0:
            return False
        position = found + len(constant)
    return other.endswith(constants[-1]) and 0 <= len(other) - len(constants[-1]) - position <= longest[-1]


def shown(before: str, after: str) -> str:
    """Say where two texts begin to differ."""
    start = max(0, _shared(before, after) - _SHOWN // 2)
    return f"{before[start : start + _SHOWN]!r} became {after[start : start + _SHOWN]!r}"


def _apart(first: str, second: str) -> tuple[list[str], list[int]]:
    """Return what two texts share, piece for piece, and how long what stands between two pieces may be."""
    one, other = _TOKEN.findall(first), _TOKEN.findall(second)
    head = _shared(one, other)
    tail = _shared(one[head:][::-1], other[head:][::-1])
    middle, varied = (each[head : len(each) - tail] for each in (one, other))
    if max(len(middle), len(varied)) > _MOST:
        raise Silent("the old image answers each time in other words")
    constants, longest, ends = ["".join(one[:head])], [], (0, 0)
    for block in SequenceMatcher(None, middle, varied, autojunk=False).get_matching_blocks():
        if block.size and not _WORD.search("".join(middle[block.a : block.a + block.size])):
            continue
        gaps = (middle[ends[0] : block.a], varied[ends[1] : block.b])
        longest.append(2 * max(_SHORTEST, *(len("".join(gap)) for gap in gaps)))
        constants.append("".join(middle[block.a : block.a + block.size]))
        ends = (block.a + block.size, block.b + block.size)
    return [*constants[:-1], "".join(one[len(one) - tail :])], longest


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many elements two sequences have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
