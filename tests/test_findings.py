"""The table of findings, and the page that is made from it."""

import re
import runpy
from pathlib import Path

import pytest

from migrate.findings import TABLE, Severity
from migrate.findings.model import Kind

DOCS = Path(__file__).parent.parent / "docs"


def test_page_is_what_the_table_says() -> None:
    page = runpy.run_path(str(DOCS / "make_findings.py"))["page"]()
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == page


def test_codes_are_unique_and_of_an_area() -> None:
    codes = [kind.code for kind in TABLE]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"R1\d\d|P2\d\d|D3\d\d|U4\d\d|F5\d\d", code)] == []


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.code)
def test_texts_are_sentences_of_one_manner(kind: Kind) -> None:
    assert not kind.message.endswith(".")
    assert not kind.hint.endswith(".")
    assert kind.explanation.endswith(".")
    assert "  " not in kind.message + kind.hint + kind.explanation


def test_details_fill_both_texts() -> None:
    kind = Kind("D399", Severity.INFO, "{what} is here", "look at {what}", "It is.")
    finding = kind.at("a/b", 3, what="{x}")
    assert (finding.path, finding.line, finding.message, finding.hint) == ("a/b", 3, "{x} is here", "look at {x}")
    with pytest.raises(KeyError):
        kind.at("a/b")
