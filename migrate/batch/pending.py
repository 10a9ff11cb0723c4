"""The plan of a folder while it is carried out: on disk before the folder changes, so that it survives a kill."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from migrate.batch.model import Task
from migrate.batch.sources import Repository
from migrate.findings import Finding, Severity
from migrate.plan import Change, Plan

_FOLDER = "pending"


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what belongs to it: what uv said, what it was made from, and the proofs of versions and images."""

    plan: Plan
    uv: str
    basis: str
    proof: str = ""  # that no version changes, for a request
    images: str = ""


def remember(task: Task, planned: Planned) -> None:
    """Write the plan of a folder to disk. Raises OSError."""
    file = _file(task.home, task.repository)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    with draft.open("w", encoding="ascii") as stream:
        json.dump({"run": task.run, **asdict(planned)}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(file)


def interrupted(task: Task) -> Planned | None:
    """Return the plan of this run that was not carried out to its end; those of other runs are void."""
    try:
        content = json.loads(_file(task.home, task.repository).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    if content["run"] != task.run:
        forget(task.home, task.repository)
        return None
    changes = (Change(**change) for change in content["plan"]["changes"])
    findings = (
        Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in content["plan"]["findings"]
    )
    return Planned(
        Plan(tuple(changes), tuple(findings)), content["uv"], content["basis"], content["proof"], content["images"]
    )


def forget(home: Path, repository: Repository) -> None:
    """Remove the plan of a repository whose result is recorded, if there is one."""
    _file(home, repository).unlink(missing_ok=True)


def _file(home: Path, repository: Repository) -> Path:
    return home / _FOLDER / f"{repository.in_one_word}.json"
