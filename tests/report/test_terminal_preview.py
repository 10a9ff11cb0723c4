import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from migrate.findings import Finding, Severity
from migrate.plan import Change, Plan
from migrate.report.diff import unified
from migrate.report.terminal import preview

LOCK = (
    'version = 1\n\n[[package]]\nname = "flask"\nversion = "3.0.0"\n'
    'source = { registry = "https://pypi.example/simple" }\n'
)
PLAN = Plan(
    (
        Change("Dockerfile", "FROM python:3.12-slim\nRUN pip install flask\n", "FROM python:3.12-slim\n"),
        Change("pyproject.toml", None, '[project]\nname = "shop"'),
        Change("requirements.txt", "flask\n", None),
        Change("uv.lock", None, LOCK),
    ),
    (
        Finding("D302", Severity.INFO, "Dockerfile", 2, "pip is gone", ""),
        Finding("D301", Severity.WARNING, "Dockerfile", 12, "RUN stays", "move it by hand"),
        Finding("R101", Severity.ERROR, "requirements.txt", 3, "a hash", "remove it"),
        Finding("R102", Severity.ERROR, "requirements.txt", None, "it stays", "edit run.sh"),
    ),
)
GOLDEN = """\
diff --git a/Dockerfile b/Dockerfile
--- a/Dockerfile
+++ b/Dockerfile
@@ -1,2 +1 @@
 FROM python:3.12-slim
-RUN pip install flask

diff --git a/pyproject.toml b/pyproject.toml
new file mode 100644
--- /dev/null
+++ b/pyproject.toml
@@ -0,0 +1,2 @@
+[project]
+name = "shop"
\\ No newline at end of file

diff --git a/requirements.txt b/requirements.txt
deleted file mode 100644
--- a/requirements.txt
+++ /dev/null
@@ -1 +0,0 @@
-flask

uv.lock: 1 package added
  + flask 3.0.0

requirements.txt: error R102: it stays
    hint: edit run.sh
requirements.txt:3: error R101: a hash
    hint: remove it
Dockerfile:12: warning D301: RUN stays
    hint: move it by hand
Dockerfile:2: info D302: pip is gone

uvmigrate apply would change 1 file, create 2 and delete 1.
"""


def plan(*changes: Change) -> Plan:
    return Plan(changes, ())


def last_line(*changes: Change, applied: bool = False) -> str:
    text = preview(plan(*changes), colour=False, full_lock=False, applied=applied)
    assert text.endswith("\n")
    return text[:-1].rpartition("\n")[2]


def created(count: int) -> list[Change]:
    return [Change(f"new{number}", None, "") for number in range(count)]


def changed(count: int) -> list[Change]:
    return [Change(f"old{number}", "", "a\n") for number in range(count)]


def deleted(count: int) -> list[Change]:
    return [Change(f"gone{number}", "", None) for number in range(count)]


def test_a_preview_in_a_pipe_reads_so() -> None:
    assert preview(PLAN, colour=False, full_lock=False) == GOLDEN


def test_colour_only_adds_codes() -> None:
    text = preview(PLAN, colour=True, full_lock=False)
    assert text != GOLDEN
    assert re.sub(r"\x1b\[\d+m", "", text) == GOLDEN


@pytest.mark.parametrize(
    "line",
    [
        "\x1b[1mdiff --git a/Dockerfile b/Dockerfile\x1b[0m",
        "\x1b[1m--- a/Dockerfile\x1b[0m",
        "\x1b[1m+++ b/Dockerfile\x1b[0m",
        "\x1b[1mdeleted file mode 100644\x1b[0m",
        "\x1b[36m@@ -1,2 +1 @@\x1b[0m",
        " FROM python:3.12-slim",
        "\x1b[31m-RUN pip install flask\x1b[0m",
        "\x1b[32m+[project]\x1b[0m",
        "\\ No newline at end of file",
        "\x1b[1muv.lock: 1 package added\x1b[0m",
        "\x1b[32m  + flask 3.0.0\x1b[0m",
        "requirements.txt:3: \x1b[31merror R101\x1b[0m: a hash",
        "Dockerfile:12: \x1b[33mwarning D301\x1b[0m: RUN stays",
        "Dockerfile:2: \x1b[36minfo D302\x1b[0m: pip is gone",
        "    hint: move it by hand",
        "uvmigrate apply would change 1 file, create 2 and delete 1.",
    ],
)
def test_each_line_has_its_colour(line: str) -> None:
    assert line in preview(PLAN, colour=True, full_lock=False).split("\n")


def test_lines_that_look_like_a_header_are_coloured_as_what_they_are() -> None:
    change = Change("a.sql", "-- old\n@@\n", "++ new\n@@\n")
    lines = preview(plan(change), colour=True, full_lock=False).split("\n")
    assert lines[4:7] == ["\x1b[31m--- old\x1b[0m", "\x1b[32m+++ new\x1b[0m", " @@"]


def test_removed_and_changed_packages_have_their_colours() -> None:
    after = LOCK.replace("3.0.0", "3.1.0")
    before = LOCK + LOCK.partition("\n\n")[2].replace("flask", "six")
    text = preview(plan(Change("uv.lock", before, after)), colour=True, full_lock=False)
    assert "\x1b[33m  ~ flask 3.0.0 → 3.1.0\x1b[0m\n\x1b[31m  - six 3.0.0\x1b[0m\n" in text


@pytest.mark.parametrize("path", ["uv.lock", "services/api/uv.lock"])
def test_a_lock_is_a_summary_unless_asked_for_in_full(path: str) -> None:
    change = Change(path, None, LOCK)
    assert f"{path}: 1 package added\n" in preview(plan(change), colour=False, full_lock=False)
    assert "@@" not in preview(plan(change), colour=False, full_lock=False)
    assert preview(plan(change), colour=False, full_lock=True).startswith(unified(change))
    assert "package added" not in preview(plan(change), colour=False, full_lock=True)


@pytest.mark.parametrize("path", ["my-uv.lock", "poetry.lock", "uv.lock/a", "uv.lock.old", "UV.LOCK"])
def test_any_other_file_is_shown_in_full(path: str) -> None:
    change = Change(path, None, LOCK)
    assert preview(plan(change), colour=False, full_lock=False).startswith(unified(change))


@pytest.mark.parametrize(
    ("changes", "would", "did"),
    [
        ([], "Nothing to change.", "Nothing to change."),
        (changed(1), "uvmigrate apply would change 1 file.", "Changed 1 file."),
        (changed(2), "uvmigrate apply would change 2 files.", "Changed 2 files."),
        (created(1), "uvmigrate apply would create 1 file.", "Created 1 file."),
        (deleted(3), "uvmigrate apply would delete 3 files.", "Deleted 3 files."),
        (
            changed(1) + deleted(2),
            "uvmigrate apply would change 1 file and delete 2.",
            "Changed 1 file and deleted 2.",
        ),
        (
            changed(3) + created(2) + deleted(1),
            "uvmigrate apply would change 3 files, create 2 and delete 1.",
            "Changed 3 files, created 2 and deleted 1.",
        ),
    ],
)
def test_the_last_line_says_what_apply_would_do_or_did(changes: list[Change], would: str, did: str) -> None:
    assert last_line(*changes) == would
    assert last_line(*changes, applied=True) == did


def test_findings_without_changes_are_followed_by_nothing_to_change() -> None:
    finding = Finding("R101", Severity.ERROR, "r.txt", 1, "no", "do")
    assert preview(Plan((), (finding,)), colour=False, full_lock=False) == (
        "r.txt:1: error R101: no\n    hint: do\n\nNothing to change.\n"
    )


def test_what_was_applied_is_a_line_each() -> None:
    changes = (Change("a", None, "x"), Change("b\n", "x", "y"), Change("uv.lock", "x", None))
    assert preview(plan(*changes), colour=False, full_lock=False, applied=True) == (
        "created a\nchanged b\\n\ndeleted uv.lock\n\nChanged 1 file, created 1 and deleted 1.\n"
    )


def test_message_of_several_lines_is_indented() -> None:
    finding = Finding("U401", Severity.ERROR, "p", None, "no:\nwhy", "do")
    assert preview(Plan((), (finding,)), colour=False, full_lock=False).startswith(
        "p: error U401: no:\n    why\n    hint: do\n"
    )


def test_a_plan_with_nothing_is_one_line() -> None:
    assert preview(Plan((), ()), colour=False, full_lock=False) == "Nothing to change.\n"


@pytest.mark.parametrize(
    "other", [{"code": "X2"}, {"severity": Severity.INFO}, {"path": "b"}, {"message": "n"}, {"hint": "h"}]
)
def test_findings_that_say_something_else_are_not_put_together(other: dict[str, Any]) -> None:
    one = Finding("X1", Severity.ERROR, "a", 1, "m", "")
    text = preview(Plan((), (one, replace(one, line=2, **other))), colour=False, full_lock=False)
    assert "and in line" not in text


def test_findings_come_by_severity_then_path_then_line() -> None:
    places = [
        (Severity.ERROR, "a", 10),
        (Severity.ERROR, "b", None),
        (Severity.ERROR, "b", 9),
        (Severity.ERROR, "b", 10),
        (Severity.WARNING, "a", None),
        (Severity.INFO, "a", 1),
        (Severity.ERROR, "b", 11),
    ]
    findings = tuple(Finding("X100", severity, path, line, "m", "") for severity, path, line in places)
    text = preview(Plan((), findings), colour=False, full_lock=False)
    assert preview(Plan((), findings[::-1]), colour=False, full_lock=False) == text
    assert text.split("\n")[:6] == [
        "a:10: error X100: m",
        "b: error X100: m",
        "b:9: error X100: m",
        "    and in line 10, 11",
        "a: warning X100: m",
        "a:1: info X100: m",
    ]


def test_the_import_stays_light() -> None:
    code = "import sys, migrate.report.terminal; print(*sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert "migrate.report.terminal" in modules
    assert not {"rich", "jsonschema", "typer", "tomlkit", "packaging", "difflib", "asyncio"} & set(modules)
