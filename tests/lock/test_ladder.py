"""The order of the rungs, with a lock that is a function; tests/lock/test_resolutions.py has the real one."""

from collections.abc import Iterator

from migrate.findings import Finding
from migrate.findings import lock as kinds
from migrate.lock.ladder import LINUX, Locked, Rung, climb, rungs
from migrate.lock.uv import LockFailed
from migrate.python_version import Pythons, Version

PYTHON = Pythons(Version(3, 9), Version(3, 9))
OTHERS = Pythons(Version(3, 9), Version(3, 8))
LOST = kinds.PIN_LOST.at("requirements.txt", 1, name="a", version="1", locked="2")


def text_of(rung: Rung) -> str:
    return f"{rung.requires_python} {rung.environment or 'all'}"


class Locks:
    """A lock for those texts that hold a word; remembers what it was asked."""

    def __init__(self, word: str, failure: str = "no") -> None:
        self.word, self.failure = word, failure
        self.asked: list[str] = []

    def __call__(self, text: str) -> str:
        self.asked.append(text)
        if self.word in text:
            return text
        raise LockFailed(self.failure)


def nothing_lost(_lock: str) -> tuple[Finding, ...]:
    return ()


def codes(locked: Locked | tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in (locked.findings if isinstance(locked, Locked) else locked)]


def test_rungs() -> None:
    assert [text_of(rung) for rung in rungs(PYTHON)] == [">=3.9 all", "==3.9.* all", f"==3.9.* {LINUX}"]


def test_the_oldest_python_of_all_images_is_tried_first() -> None:
    assert [text_of(rung) for rung in rungs(OTHERS)][:2] == [">=3.8 all", ">=3.9 all"]
    assert codes(climb(Locks("=3.9"), text_of, nothing_lost, OTHERS)) == ["U402"]


def test_widest_range_is_locked_once() -> None:
    locks = Locks(">=")
    assert codes(climb(locks, text_of, nothing_lost, PYTHON)) == []
    assert locks.asked == [">=3.9 all"]


def test_each_step_down_is_a_finding() -> None:
    assert codes(climb(Locks("=="), text_of, nothing_lost, PYTHON)) == ["U402"]
    assert codes(climb(Locks("linux"), text_of, nothing_lost, PYTHON)) == ["U402", "U407"]


def test_last_reason_is_told_when_nothing_locks() -> None:
    locks = Locks("never")
    assert codes(climb(locks, text_of, nothing_lost, PYTHON)) == ["U401"]
    assert len(locks.asked) == 3


def test_reason_that_a_narrower_range_cannot_change_ends_it() -> None:
    locks = Locks("never", "error: No interpreter found for Python >=3.9")
    assert codes(climb(locks, text_of, nothing_lost, PYTHON)) == ["U417"]
    assert len(locks.asked) == 1


def test_lock_that_loses_a_version_is_no_lock() -> None:
    def lost(lock: str) -> Iterator[Finding]:
        if ">=" in lock:
            yield LOST

    locked = climb(Locks(""), text_of, lost, PYTHON)
    assert codes(locked) == ["U402"]
    assert isinstance(locked, Locked)
    assert locked.lock == "==3.9.* all"
    assert climb(Locks(""), text_of, lambda _: (LOST,), PYTHON) == (LOST,)


def test_text_that_stays_the_same_is_not_locked_again() -> None:
    locks = Locks("linux")
    locked = climb(locks, lambda rung: rung.environment or "fixed", nothing_lost, PYTHON)
    assert locks.asked == ["fixed", LINUX]
    assert codes(locked) == ["U407"]


def test_rung_that_cannot_be_written_is_passed_over() -> None:
    locks = Locks("linux")
    assert codes(climb(locks, lambda rung: None if rung.environment else text_of(rung), nothing_lost, PYTHON)) == [
        "U401"
    ]
    assert len(locks.asked) == 2
