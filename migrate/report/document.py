"""A plan as one JSON object for programs; `docs/report.schema.json` is its schema."""

import json

from migrate.findings import Finding
from migrate.plan import Account, Change, Plan
from migrate.report.escape import masked

SCHEMA = 1  # raised when a program that reads the document would have to change


def document(plan: Plan) -> str:
    r"""Return a plan as one JSON object in ASCII, keys in a fixed order, with a final newline.

    Texts are whole files, credentials masked, null where the file does not exist. Every character outside of
    ASCII is escaped, so the document survives any encoding, and a path that is not UTF-8 keeps its bytes as `\udc80`
    to `\udcff`.
    """
    content: dict[str, object] = {
        "schema": SCHEMA,
        "changes": [_change(change) for change in plan.changes],
        "findings": [_finding(finding) for finding in plan.findings],
    }
    if plan.lines:
        content["lines"] = [_line(line) for line in plan.lines]
    return json.dumps(content, indent=2) + "\n"


def _line(line: Account) -> dict[str, object]:
    return {
        "path": line.path,
        "line": line.line,
        "text": masked(line.text),
        "outcome": line.outcome,
        "result": line.result,
    }


def _change(change: Change) -> dict[str, object]:
    before, after = (None if text is None else masked(text) for text in (change.before, change.after))
    is_masked = (before, after) != (change.before, change.after)
    return {"path": change.path, "before": before, "after": after} | ({"masked": True} if is_masked else {})


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "message": masked(finding.message),
        "hint": finding.hint,
    }
