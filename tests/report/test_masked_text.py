import json

import pytest

from migrate.findings import Finding, Severity
from migrate.plan import Account, Change, Plan
from migrate.report.diff import patch
from migrate.report.document import document
from migrate.report.escape import masked
from migrate.report.terminal import preview


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-i https://user:secret@pypi.example/simple", "-i https://***@pypi.example/simple"),
        ("-i https://secret@pypi.example/simple", "-i https://***@pypi.example/simple"),
        ("git+https://user:secret@git.example/a#egg=a", "git+https://***@git.example/a#egg=a"),
        ("git+ssh://git:secret@git.example/a", "git+ssh://***@git.example/a"),
        ("HTTPS://${USER}:secret@pypi.example", "HTTPS://***@pypi.example"),
    ],
)
def test_credentials_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "git+ssh://git@git.example/a@v1",
        "https://${USER}:${TOKEN}@pypi.example",
        "https://$TOKEN@pypi.example",
        "a @ https://files.example/a@1.zip",
        "postgresql://user:secret@database/x",
        "mail me@example.org, see https://a.example",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert masked(text) == text


def test_no_report_shows_credentials() -> None:
    text = "--index-url https://user:secret@pypi.example/simple\n"
    finding = Finding("U401", Severity.ERROR, "a", 1, f"it says {text}", "")
    account = Account("requirements.txt", 1, text.strip(), "converted", "[[tool.uv.index]] pypi-example")
    plan = Plan((Change("requirements.txt", text, None),), (finding,), (account,))
    for shown in (
        document(plan),
        patch(plan),
        preview(plan, colour=False, full_lock=True),
        preview(plan, colour=True, full_lock=True, lines=True),
    ):
        assert "secret" not in shown
        assert "***@pypi.example" in shown
    assert patch(plan).startswith("Credentials are shown as ***")
    (change,) = json.loads(document(plan))["changes"]
    assert change["masked"] is True
    (line,) = json.loads(document(plan))["lines"]
    assert line["text"] == "--index-url https://***@pypi.example/simple"


def test_account_of_lines_takes_one_line_each() -> None:
    lines = (
        Account("a.txt", 1, "flask \t==3", "converted", "flask==3"),
        Account("a.txt", 3, "-e .", "blocked", None),
    )
    assert preview(Plan((), (), lines), colour=False, full_lock=False, lines=True) == (
        "a.txt:1: converted: flask \\t==3 → flask==3\na.txt:3: blocked: -e .\n\nNothing to change.\n"
    )
    assert preview(Plan((), (), lines), colour=False, full_lock=False) == "Nothing to change.\n"
