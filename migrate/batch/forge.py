"""Pull and merge requests, opened by the user's own `gh` or `glab`, which know who the user is."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from migrate.batch import checkout, message
from migrate.batch.model import Task
from migrate.batch.turns import one_at_a_time
from migrate.errors import MigrateError
from migrate.process import run

GITHUB, GITLAB = "github", "gitlab"
_LONGEST = 300.0  # seconds for one command


def open_request(root: Path, task: Task, body: str) -> str:
    """Open a request to merge the pushed branch of a clone or folder, unless there is one, and return its URL.

    `body` is its text in Markdown.

    Raises MigrateError if the program is missing or refuses.
    """
    forge = task.choices.forge or (GITLAB if GITLAB in checkout.host(checkout.remote_url(root)) else GITHUB)
    with _paced(task), tempfile.TemporaryDirectory(prefix="uvmigrate-") as scratch:
        if forge == GITLAB:
            return _on_gitlab(root, task, body)
        file = Path(scratch, "body.md")
        file.write_text(body, encoding="utf-8", errors="backslashreplace")
        return _on_github(root, task, file)


def _on_github(root: Path, task: Task, body: Path) -> str:
    choices = task.choices
    existing = _asked(root, "gh", "pr", "list", "--head", choices.branch, "--state", "open", "--json", "url")
    if urls := [str(request["url"]) for request in _parsed("gh", existing)]:
        return urls[0]
    created = _asked(
        root,
        *("gh", "pr", "create", "--head", choices.branch, "--title", message.SUBJECT, "--body-file", str(body)),
        *(["--draft"] if choices.draft else []),
        *(word for label in choices.labels for word in ("--label", label)),
        *(word for reviewer in choices.reviewers for word in ("--reviewer", reviewer)),
    )
    return _last_url(created)


def _on_gitlab(root: Path, task: Task, body: str) -> str:
    choices = task.choices
    existing = _asked(root, "glab", "mr", "list", "--source-branch", choices.branch, "--output", "json")
    if urls := [str(request["web_url"]) for request in _parsed("glab", existing)]:
        return urls[0]
    created = _asked(
        root,
        *("glab", "mr", "create", "--source-branch", choices.branch, "--title", message.SUBJECT, "--yes"),
        *("--description", body),
        *(["--draft"] if choices.draft else []),
        *(word for label in choices.labels for word in ("--label", label)),
        *(word for reviewer in choices.reviewers for word in ("--reviewer", reviewer)),
    )
    return _last_url(created)


@contextmanager
def _paced(task: Task) -> Iterator[None]:
    """Let one request after the other through, with a pause between them, so that the host's limits hold."""
    with task.turns or one_at_a_time(task.home / "requests.lock"):
        yield
        time.sleep(task.choices.sleep)


def _asked(root: Path, *command: str) -> str:
    finished = run(command, cwd=root, environment=os.environ | {"GH_PROMPT_DISABLED": "1"}, timeout=_LONGEST)
    if finished.returncode:
        reason = " ".join(finished.stderr.split()) or "failed without a reason"
        raise MigrateError(f"{' '.join(command[:3])}: {reason}")
    return finished.stdout


def _parsed(program: str, text: str) -> list[dict[str, object]]:
    try:
        found = json.loads(text or "[]")
    except ValueError as error:
        raise MigrateError(f"{program} answered what is not JSON") from error
    return found if isinstance(found, list) else []


def _last_url(text: str) -> str:
    return next((word for word in reversed(text.split()) if "://" in word), "")
