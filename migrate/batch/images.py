"""The images of one repository: measured before anything of it changes, and what that means for it."""

from dataclasses import replace
from pathlib import Path

from migrate.batch.message import short
from migrate.batch.model import Task
from migrate.batch.turns import one_at_a_time
from migrate.images import Comparison, Status
from migrate.images.report.document import document, parsed
from migrate.plan import Plan

_LOCK = "images.lock"


def measured(root: Path, task: Task, plan: Plan) -> str:
    """Return how the image before a plan compares with the one after it, as `uvmigrate compare --format json` says it.

    A document without figures says why there is nothing to compare; "" if nobody asked, or nothing changes. One
    comparison at a time runs on a machine, since others would count in its seconds.
    Raises MigrateError if the engine does not answer, fails, or has no room.
    """
    choices = task.choices
    if not (plan.changes and choices.compare):
        return ""
    from migrate.images.compare import compare  # late, as most campaigns build nothing
    from migrate.images.contexts import Incomparable

    with one_at_a_time(task.home / _LOCK):
        try:
            comparison = compare(root, replace(choices.images, options=choices.options), plan=plan)
        except Incomparable as error:
            comparison = Comparison("", "", choices.images.runs, (), (), (f"not compared: {error}",))
    return document(comparison)


def refusal(images: str) -> str:
    """Return why a migration must not go on: the first proof that fails, and its first difference; "" if none does."""
    if not images:
        return ""
    failed = next((proof for proof in parsed(images).proofs if proof.status is Status.FAILED), None)
    return short(f"proof failed: {failed.title}: {failed.differences[0]}") if failed else ""


def for_request(images: str) -> str:
    """Return a comparison as Markdown for the text of a request."""
    if not images:
        return ""
    from migrate.images.report.markdown import markdown

    return markdown(parsed(images), with_picture=False)
