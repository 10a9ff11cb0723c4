"""The modules of the old image, imported in both; one that only waits, there and here, is no difference."""

from collections.abc import Mapping, Sequence

from migrate.images.image import Image
from migrate.images.model import ENDLESS, UNTRIED

_MOST_NAMED = 5
Answers = Mapping[str, str | None]


def asked(old: Image, new: Image, modules: Sequence[str]) -> tuple[Answers, Answers, int]:
    """Import modules and those of the working folder in the old image, and what is not broken there in the new one.

    A module that ends in one image only is asked for again where it does not, alone and with more time.
    Return the answers of both, and how many modules of the working folder were too many.
    """
    found = old.imported(modules, "own")
    before, after = found.why, new.imported(name for name, why in found.why.items() if why in {None, ENDLESS}).why
    before = _again(old, before, [name for name, why in after.items() if before[name] == ENDLESS and _is_error(why)])
    after = _again(new, after, [name for name, why in after.items() if before[name] is None and why == ENDLESS])
    return before, after, found.left_out


def _again(image: Image, answers: Answers, names: Sequence[str]) -> Answers:
    if not names:
        return answers
    found = image.imported(names, "alone").why
    return {**answers, **{name: why for name, why in found.items() if why != UNTRIED}}


def in_imports(before: Answers, after: Answers) -> tuple[list[str], list[str], str]:
    """Return the differences, as sentences, what is explained, and which modules there was no time for, if any."""
    found, explained, untried = [], [], []
    for name, old in before.items():
        new = after.get(name, UNTRIED)
        if _is_error(old):
            explained.append(f"{name} could not be imported before either ({old})")
        elif UNTRIED in {old, new}:
            untried.append(name)
        elif old == ENDLESS and _is_error(new):
            found.append(f"{name}: does not end in the old image, but now {new}")
        elif old == ENDLESS:
            explained.append(f"{name} does not end in {'either' if new else 'the old'} image")
        elif new is not None:
            found.append(f"{name}: {new}")
    return found, explained, _too_late(untried, len(before))


def _too_late(names: Sequence[str], of: int) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"there was no time for {len(names)} of {of} modules: {', '.join(names[:_MOST_NAMED])}{more}"


def _is_error(why: str | None) -> bool:
    return why not in {None, ENDLESS, UNTRIED}
