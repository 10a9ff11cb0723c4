"""What a campaign writes for people: the message of a commit, the text of a request, a diff that can be read."""

from collections.abc import Iterator

from migrate.findings import Severity
from migrate.plan import Plan
from migrate.report.diff import unified
from migrate.report.escape import one_line
from migrate.report.lockdiff import summary

SUBJECT = "Move from pip to uv"
_LONGEST = (
    60_000  # bytes of a request's text; GitHub refuses more than 65,536 characters, Linux one argument of 128 KiB
)
_SENTENCE = 200
_ASK_PIP = "By uv's resolver; `uvmigrate verify --before HEAD^` on this branch asks pip itself."
_LOCK = "uv.lock"


def commit(plan: Plan) -> str:
    """Return the message of the commit that a plan becomes."""
    return "\n".join((SUBJECT, "", *_changes(plan), "", "Made by uvmigrate."))


def request(plan: Plan, proof: str = "", images: str = "") -> str:
    """Return the text, in Markdown, of the request to merge a plan: what changed, and what there is to know.

    `proof`: old and new versions compared, as plain text, `images`: old and new images compared, in Markdown; "" leaves
    them out.
    """
    parts = ["This moves the project from pip to [uv](https://docs.astral.sh/uv/).", "", "## What changed", ""]
    parts += [*_changes(plan), ""]
    if plan.findings:
        parts += ["## What to know", "", *_findings(plan), ""]
    if proof:
        parts += ["## What the old files install, against the lock", "", *_indented(proof), "", _ASK_PIP, ""]
    if images:
        parts += [images]
    locks = [summary(change) for change in plan.changes if change.path.rpartition("/")[2] == _LOCK]
    for text in locks:
        parts += ["## Packages", "", *_indented(text), ""]
    body = "\n".join(parts)
    if len(body.encode()) <= _LONGEST:
        return body
    return body.encode()[:_LONGEST].decode(errors="ignore") + "\n\n(cut here; the commit has all of it)\n"


def readable(plan: Plan) -> str:
    """Return the changes of a plan as a diff for people: a lock is told in packages."""
    return "".join(
        summary(change) if change.path.rpartition("/")[2] == _LOCK else unified(change) for change in plan.changes
    )


def first(plan: Plan) -> str:
    """Return the weightiest finding of a plan in one line, "" if it has none."""
    weights = list(reversed(Severity))
    ranked = sorted(plan.findings, key=lambda finding: weights.index(finding.severity))
    return next((short(f"{finding.code} {finding.path}: {finding.message}") for finding in ranked), "")


def short(text: str) -> str:
    """Return text in one line of words, with its end left out if it is long."""
    words = one_line(" ".join(text.split()))
    return words if len(words) <= _SENTENCE else f"{words[:_SENTENCE]}…"


def _changes(plan: Plan) -> Iterator[str]:
    for change in plan.changes:
        verb = "create" if change.before is None else "delete" if change.after is None else "change"
        yield f"- {verb} {one_line(change.path)}"


def _findings(plan: Plan) -> Iterator[str]:
    """Yield findings as code, so that no text of a repository becomes a mention, a link or markup."""
    for finding in plan.findings:
        place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
        yield from _indented(f"{finding.severity} {finding.code} {one_line(place)}: {finding.message}\n{finding.hint}")


def _indented(text: str) -> Iterator[str]:
    return (f"    {one_line(line)}" for line in text.splitlines())
