"""A comparison as text, JSON, Markdown, HTML and SVG."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from migrate.images.model import Comparison, Figure, Proof, Status, Unit
from migrate.images.report.document import document, parsed
from migrate.images.report.markdown import markdown
from migrate.images.report.page import page
from migrate.images.report.picture import picture
from migrate.images.report.terminal import terminal
from migrate.images.report.words import amount, times_less

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "compare.schema.json").read_text(encoding="utf-8"))
HOSTILE = "</text><script>|`@all`\x1b[2J\nhttps://me:sesame@pypi.example/simple"
COMPARISON = Comparison(
    "Dockerfile",
    "docker",
    3,
    (
        Figure("size", "image size", Unit.BYTES, (1_200_000_000,), (240_000_000,)),
        Figure("cold", "build without cache", Unit.SECONDS, (420, 400, 410), (130, 120, 110)),
        Figure("code", "rebuild after a change of the code", Unit.SECONDS, (), (), "no Python file"),
    ),
    (
        Proof("distributions", "same distributions and versions", counted="12 distributions"),
        Proof("files", "same files", tuple(f"{HOSTILE}{number}" for number in range(30)), ("pip: 3 files",)),
        Proof("scripts", "every console script is found", why="the image has no shell"),
    ),
    (HOSTILE,),
    ("uvmigrate-compare-1:old",),
)


def test_a_proof_fails_the_whole() -> None:
    assert COMPARISON.has_failed
    assert not Comparison("Dockerfile", "docker", 1, (), COMPARISON.proofs[::2]).has_failed
    assert [proof.status for proof in COMPARISON.proofs] == [Status.PASSED, Status.FAILED, Status.UNPROVEN]


def test_the_document_follows_its_schema() -> None:
    text = document(COMPARISON)
    jsonschema.validate(json.loads(text), SCHEMA)
    assert text.isascii()
    assert json.loads(text)["figures"][1]["ratio"] == pytest.approx(410 / 120)


def test_a_document_is_read_as_it_was_written() -> None:
    assert document(parsed(document(COMPARISON))) == document(COMPARISON)


def test_the_terminal_shows_both_sides_and_every_proof() -> None:
    text = terminal(COMPARISON)
    assert "image size                             1.20 GB     240 MB  5.0x less\n" in text
    assert "6 min 50 s  2 min 0 s  3.4x less" in text
    assert "rebuild after a change of the code" in text
    assert "unproven  every console script is found (the image has no shell)\n" in text
    assert "and 10 more; --format json has all" in text
    assert "kept: uvmigrate-compare-1:old\n" in text


def test_what_was_counted_and_what_was_not_are_both_in_the_terminal() -> None:
    proof = Proof("imports", "imports", explained=("x is broken",), counted="69 modules", why="no time for 2: a, b")
    text = terminal(Comparison("Dockerfile", "docker", 1, (), (proof,)))
    assert text == "unproven  imports (69 modules; no time for 2: a, b)\n          explained: x is broken\n"


def test_colours_only_where_they_are_asked_for() -> None:
    assert "\x1b[31mfailed" in terminal(COMPARISON, colour=True)
    assert "\x1b" not in terminal(COMPARISON)


@pytest.mark.parametrize("render", [terminal, markdown, page, document])
def test_nothing_of_an_image_becomes_markup_or_a_secret(render: object) -> None:
    text = render(COMPARISON)  # type: ignore[operator]
    assert "sesame" not in text
    assert "\x1b[2J" not in text


def test_markdown_is_a_table_with_bars() -> None:
    text = markdown(COMPARISON)
    assert "| image size | 1.20 GB | 240 MB | 5.0x less |\n" in text
    assert "](data:image/svg+xml;base64," in text
    assert "](data:" not in markdown(COMPARISON, with_picture=False)
    assert "and 20 more" in text


def test_the_page_escapes() -> None:
    text = page(COMPARISON)
    assert "<script>" not in text
    assert "<svg " in text


def test_the_picture_is_well_formed() -> None:
    root = ET.fromstring(picture(COMPARISON))  # noqa: S314 - our own text
    bars = [float(bar.get("width", "0")) for bar in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert bars == [330, 66, 330, pytest.approx(330 * 120 / 410, abs=0.1)]


def test_reports_without_figures() -> None:
    broken = Comparison("Dockerfile", "docker", 1, (), (Proof("build", "the new image builds", ("exit code 1",)),))
    assert terminal(broken).startswith("failed    the new image builds\n")
    assert "<table>" not in page(broken)
    assert "| old" not in markdown(broken)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, Unit.BYTES, "-"),
        (999, Unit.BYTES, "999 bytes"),
        (1500, Unit.BYTES, "2 kB"),
        (2_340_000_000, Unit.BYTES, "2.34 GB"),
        (7, Unit.COUNT, "7"),
        (1.234, Unit.SECONDS, "1.23 s"),
        (12.34, Unit.SECONDS, "12.3 s"),
        (125, Unit.SECONDS, "2 min 5 s"),
    ],
)
def test_amounts(value: float | None, unit: Unit, text: str) -> None:
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ((1,), (2,), "2.0x more"),
        ((4,), (2,), "2.0x less"),
        ((2,), (2.01,), "the same"),
        ((), (2,), ""),
        ((1,), (0,), ""),
        ((0,), (1,), ""),
    ],
)
def test_factors(before: tuple[float, ...], after: tuple[float, ...], text: str) -> None:
    assert times_less(Figure("x", "x", Unit.SECONDS, before, after)) == text
