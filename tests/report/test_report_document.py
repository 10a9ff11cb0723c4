import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from migrate.findings import Finding, Severity
from migrate.plan import Change, Plan
from migrate.report.document import document

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

PLAN = Plan(
    (Change("Dockerfile", "FROM a\r\n", 'FROM "b"\n'), Change("uv.lock", None, ""), Change("d/r.txt", "é", None)),
    (
        Finding("D301", Severity.WARNING, "Dockerfile", 12, "RUN is not understood", "move it by hand"),
        Finding("U401", Severity.ERROR, "uv.lock", None, "No lock", ""),
    ),
)

PATHS = st.lists(
    st.text(min_size=1).filter(lambda part: part not in {".", ".."} and not {"/", "\\"} & set(part)), min_size=1
).map("/".join)
TEXTS = st.none() | st.text()
CHANGES = st.builds(
    lambda path, sides: Change(path, *sides), PATHS, st.tuples(TEXTS, TEXTS).filter(lambda sides: sides[0] != sides[1])
)
FINDINGS = st.builds(
    Finding,
    code=st.from_regex("[RPDUF][1-5][0-9]{2}", fullmatch=True),
    severity=st.sampled_from(Severity),
    path=PATHS,
    line=st.none() | st.integers(1),
    message=st.text(min_size=1),
    hint=st.text(),
)
PLANS = st.builds(Plan, st.lists(CHANGES, max_size=3).map(tuple), st.lists(FINDINGS, max_size=3).map(tuple))


def test_the_schema_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_document_reads_so() -> None:
    assert document(PLAN) == (
        "{\n"
        '  "schema": 1,\n'
        '  "changes": [\n'
        "    {\n"
        '      "path": "Dockerfile",\n'
        '      "before": "FROM a\\r\\n",\n'
        '      "after": "FROM \\"b\\"\\n"\n'
        "    },\n"
        "    {\n"
        '      "path": "uv.lock",\n'
        '      "before": null,\n'
        '      "after": ""\n'
        "    },\n"
        "    {\n"
        '      "path": "d/r.txt",\n'
        '      "before": "\\u00e9",\n'
        '      "after": null\n'
        "    }\n"
        "  ],\n"
        '  "findings": [\n'
        "    {\n"
        '      "code": "D301",\n'
        '      "severity": "warning",\n'
        '      "path": "Dockerfile",\n'
        '      "line": 12,\n'
        '      "message": "RUN is not understood",\n'
        '      "hint": "move it by hand"\n'
        "    },\n"
        "    {\n"
        '      "code": "U401",\n'
        '      "severity": "error",\n'
        '      "path": "uv.lock",\n'
        '      "line": null,\n'
        '      "message": "No lock",\n'
        '      "hint": ""\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


@settings(deadline=None)
@given(plan=PLANS)
def test_every_document_is_valid_ascii_and_says_what_the_plan_says(plan: Plan) -> None:
    text = document(plan)
    assert text.isascii()
    assert text.endswith("}\n")
    content = json.loads(text)
    VALIDATOR.validate(content)
    assert tuple(Change(**change) for change in content["changes"]) == plan.changes
    assert tuple(Finding(**finding) for finding in content["findings"]) == plan.findings


def test_a_path_that_is_not_utf_8_keeps_its_bytes() -> None:
    content = json.loads(document(Plan((Change("a\udcff", None, ""),), ())))
    assert content["changes"][0]["path"].encode("utf-8", "surrogateescape") == b"a\xff"
    VALIDATOR.validate(content)


@pytest.mark.parametrize("place", [(), ("changes", 0), ("findings", 0)])
def test_a_document_with_another_key_is_not_valid(place: tuple[str | int, ...]) -> None:
    content = json.loads(document(PLAN))
    part(content, place)["other"] = 1
    assert not VALIDATOR.is_valid(content)


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ((), ("schema", "changes", "findings")),
        (("changes", 0), ("path", "before", "after")),
        (("findings", 0), ("code", "severity", "path", "line", "message", "hint")),
    ],
)
def test_a_document_without_a_key_is_not_valid(place: tuple[str | int, ...], keys: tuple[str, ...]) -> None:
    assert tuple(part(json.loads(document(PLAN)), place)) == keys
    for key in keys:
        content = json.loads(document(PLAN))
        del part(content, place)[key]
        assert not VALIDATOR.is_valid(content)


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ((), "schema", 2),
        ((), "schema", "1"),
        ((), "changes", {}),
        ((), "findings", None),
        (("changes", 0), "before", 1),
        (("changes", 0), "after", ["a"]),
        (("changes", 1), "after", None),
        (("findings", 0), "code", "D3"),
        (("findings", 0), "code", "D3011"),
        (("findings", 0), "code", "301"),
        (("findings", 0), "severity", "fatal"),
        (("findings", 0), "severity", "WARNING"),
        (("findings", 0), "line", 0),
        (("findings", 0), "line", -1),
        (("findings", 0), "line", "12"),
        (("findings", 0), "line", 1.5),
        (("findings", 0), "message", ""),
        (("findings", 0), "message", None),
        (("findings", 0), "hint", None),
    ],
)
def test_a_document_with_another_value_is_not_valid(place: tuple[str | int, ...], key: str, value: object) -> None:
    content = json.loads(document(PLAN))
    part(content, place)[key] = value
    assert not VALIDATOR.is_valid(content)


@pytest.mark.parametrize("place", [("changes", 0), ("findings", 0)])
@pytest.mark.parametrize(
    "path",
    ["", "/", "/etc/passwd", "..", "../a", "a/..", "a/../b", ".", "./a", "a/./b", "a//b", "a/", "a\\b", "\\a", None, 1],
)
def test_a_path_that_is_not_relative_and_plain_is_not_valid(place: tuple[str | int, ...], path: object) -> None:
    content = json.loads(document(PLAN))
    part(content, place)["path"] = path
    assert not VALIDATOR.is_valid(content)


@pytest.mark.parametrize("path", ["a", ".a", "..a", "a..", "...", "a/b c/é", ".github/workflows/a.yml", "a\nb", "~"])
def test_an_unusual_relative_path_is_valid(path: str) -> None:
    VALIDATOR.validate(json.loads(document(Plan((Change(path, None, ""),), ()))))


def part(content: Any, place: tuple[str | int, ...]) -> dict[str, Any]:
    for key in place:
        content = content[key]
    assert isinstance(content, dict)
    return content
