import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.findings import Finding, Severity
from migrate.plan import Change, Plan
from migrate.report.diff import unified
from migrate.report.terminal import preview

HOSTILE = "\x1b]0;owned\x07 \x9b2J \r \u202e \u2066 \ufeff"
RAW = ("\x07", "\x9b", "\r", "\u202e", "\u2066", "\ufeff", "\x1b]")
FINDING = Finding("R101", Severity.ERROR, "r.txt", 1, "no", "do")


def plan(*changes: Change) -> Plan:
    return Plan(changes, ())


@pytest.mark.parametrize(("colour", "escape"), [(True, False), (True, True), (False, True)])
@pytest.mark.parametrize("raw", RAW)
def test_a_terminal_gets_no_raw_control_character_from_a_file(colour: bool, escape: bool, raw: str) -> None:
    change = Change("a\x1b]\x9b\u202e", f"{HOSTILE}\n", f"{HOSTILE}\nb\n")
    assert raw not in preview(plan(change), colour=colour, full_lock=False, escape=escape)


def test_escapes_are_visible_on_a_terminal() -> None:
    change = Change("a", None, "\x1b]0;owned\x07\tb\u202e\r\n")
    text = preview(plan(change), colour=True, full_lock=False)
    assert "\x1b[32m+\\x1b]0;owned\\x07\tb\\u202e\\r\x1b[0m\n" in text


def test_escape_without_colour_has_no_codes() -> None:
    text = preview(Plan((Change("a", None, HOSTILE),), (FINDING,)), colour=False, full_lock=False, escape=True)
    assert "\x1b" not in text


def test_a_pipe_gets_the_text_of_files_as_it_is() -> None:
    change = Change("a", f"{HOSTILE}\r\n", f"{HOSTILE}\n")
    assert preview(plan(change), colour=False, full_lock=False).startswith(unified(change))
    assert HOSTILE in unified(change)


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("raw", [*RAW, "\x1b", "\n"])
def test_findings_cannot_pretend_to_be_others(colour: bool, raw: str) -> None:
    finding = Finding("R101", Severity.ERROR, f"p{raw}", 1, f"m{raw}\nerror R102", f"h{raw}\nend")
    text = preview(Plan((), (finding,)), colour=colour, full_lock=False)
    plain = text.replace("\x1b[31m", "").replace("\x1b[0m", "")
    first, *others = plain.split("\n\nNothing to change.\n")[0].split("\n")
    assert first.startswith("p")
    assert all(line.startswith("    ") for line in others)
    assert raw not in plain.replace("\n", "")
    assert others[-1].endswith("\\nend")


@given(before=st.text(), after=st.text(), colour=st.booleans())
def test_what_a_terminal_gets_is_printable(before: str, after: str, colour: bool) -> None:
    if before != after:
        change = Change("a", before, after)
        text = preview(plan(change), colour=colour, full_lock=False, escape=True)
        assert re.sub(r"\x1b\[\d+m|[\n\t]", "", text).isprintable()
