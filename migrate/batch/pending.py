"""The plan of a folder while it is carried out: on disk before the folder changes, so that it survives a kill."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from migrate.batch.model import Task
from migrate.batch.sources import Repository
from migrate.errors import MigrateError
from migrate.findings import Finding, Severity
from migrate.plan import Change, Plan

_FOLDER = "pending"


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what belongs to it: what uv said, what it was made from, and the proofs of versions and images.

    `run`: the run that wrote it down, 0 if none did.
    """

    plan: Plan
    uv: str
    basis: str
    proof: str = ""  # that no version changes, for a request
    images: str = ""
    run: int = 0


def remember(task: Task, planned: Planned) -> None:
    """Write the plan of a folder to disk. Raises OSError."""
    file = _file(task.home, task.repository)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    with draft.open("w", encoding="ascii") as stream:
        json.dump(asdict(replace(planned, run=task.run)), stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(file)


def begun(task: Task) -> Planned | None:
    """Return the plan that was written down, by whatever run, and not carried out to its end; None if there is none.

    Raises MigrateError if it cannot be read.
    """
    file = _file(task.home, task.repository)
    try:
        content = json.loads(file.read_text(encoding="ascii"))
        plan = content.pop("plan")
        changes = tuple(Change(**change) for change in plan["changes"])
        findings = tuple(Finding(**{**each, "severity": Severity(each["severity"])}) for each in plan["findings"])
        return Planned(Plan(changes, findings), **content)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise MigrateError(f"{file} is damaged: see what state the folder is in, then remove that file") from error


def forget(home: Path, repository: Repository) -> None:
    """Remove the plan of a repository whose result is recorded, if there is one."""
    _file(home, repository).unlink(missing_ok=True)


def _file(home: Path, repository: Repository) -> Path:
    return home / _FOLDER / f"{repository.in_one_word}.json"
