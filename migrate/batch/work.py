"""One repository, from its place to its result: the same function in this process, in a worker, on another machine."""

import hashlib
import io
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from migrate import __version__
from migrate.apply import apply, interrupted, recover
from migrate.batch import checkout, images, message, pending
from migrate.batch.forge import open_request
from migrate.batch.model import Result, State, Task
from migrate.batch.pending import Planned
from migrate.errors import MigrateError
from migrate.git import uncommitted
from migrate.migration import migrate
from migrate.plan import Plan
from migrate.proof import verify_plan
from migrate.proof.report import table as comparison_table
from migrate.repo import Repo
from migrate.report.escape import masked

CLONES = "clones"


def work(task: Task) -> Result:
    """Migrate one repository as its choices say, and return what came of it; nothing is raised but an interrupt.

    It may be called again for the same task after a kill at any point: what is done is found done, and not done twice.
    """
    started, clock = time.time(), time.perf_counter()
    try:
        result = Result(State.SKIPPED, "by choice") if task.choices.skip else _attempt(task)
    except (MigrateError, OSError) as error:
        result = Result(State.FAILED, str(error))
    except Exception as error:  # noqa: BLE001 - one repository never stops the others
        result = Result(State.FAILED, f"internal error, please report it: {type(error).__name__}: {error}")
    return replace(_without_secrets(result), started=started, seconds=time.perf_counter() - clock)


def _without_secrets(result: Result) -> Result:
    """Return a result without the credentials of URLs, as ledger and reports are read by others."""
    return replace(
        result,
        reason=masked(result.reason),
        findings=tuple(replace(each, message=masked(each.message), hint=masked(each.hint)) for each in result.findings),
        diff=masked(result.diff),
        uv=masked(result.uv),
        images=masked(result.images),
    )


def _attempt(task: Task) -> Result:
    if not task.repository.is_remote:
        return _folder(task)
    task.home.mkdir(parents=True, exist_ok=True)
    version = checkout.remote_commit(task.repository.location, folder=task.home)
    if not version:
        return Result(State.NOTHING, "the repository has no commit yet")
    basis = _basis(task, version)
    if basis == task.basis:
        return Result(State.UNCHANGED)
    with _cloned(task) as root:
        return _carried_out(task, root, _planned(task, root, basis))


def _folder(task: Task) -> Result:
    root, applies = Path(task.repository.location), task.choices.apply
    if applies:
        recover(root)
    elif interrupted(root):
        raise MigrateError("an earlier apply was interrupted here; --apply finishes it")
    planned = _begun(task, root)
    if planned is None:
        basis = _basis(task, _version(root))
        if basis == task.basis:
            return Result(State.UNCHANGED)
        planned = _planned(task, root, basis)
        if applies:
            pending.remember(task, planned)
    elif not applies:
        return replace(_carried_out(task, root, planned), reason="begun by an earlier run, and not finished")
    result = _carried_out(task, root, planned)
    return replace(result, basis=_basis(task, _version(root))) if result.state is State.MIGRATED else result


def _begun(task: Task, root: Path) -> Planned | None:
    """Return the plan that this run has begun to carry out before it was killed, or an earlier run before it failed.

    That of an earlier run is void unless all files are as it wants them, and nobody has gone on from there.
    """
    planned = pending.begun(task)
    if planned is None or planned.run == task.run:
        return planned
    changes = planned.plan.changes
    return planned if changes and _is_written(root, planned.plan) and checkout.is_open(root, changes) else None


def _planned(task: Task, root: Path, basis: str) -> Planned:
    uv = io.StringIO()
    plan = migrate(root, task.choices.options, show=uv)
    return Planned(plan, uv.getvalue(), basis, _proof(task, root, plan), images.measured(root, task, plan))


def _proof(task: Task, root: Path, plan: Plan) -> str:
    """Return the comparison of old and new versions as text, or why there is none; "" if nobody would read it."""
    if not (plan.changes and task.choices.request and task.choices.options.lock):
        return ""
    try:
        proofs = verify_plan(root, plan, task.choices.options)
    except MigrateError as error:
        return f"not compared: {error}\n"
    return "".join(map(comparison_table, proofs))


def _carried_out(task: Task, root: Path, planned: Planned) -> Result:
    plan, choices = planned.plan, task.choices
    said = Result(
        State.PLANNED,
        message.first(plan) if plan.has_errors else "",
        basis=planned.basis,
        findings=plan.findings,
        diff=message.readable(plan),
        uv=planned.uv,
        images=planned.images,
    )
    if not plan.changes:
        return replace(said, state=State.BLOCKED if plan.has_errors else State.NOTHING, reason=message.first(plan))
    if difference := images.refusal(planned.images):
        return replace(said, state=State.BLOCKED, reason=difference)
    if not choices.apply:
        return said
    new = request = ""
    try:
        new = _written(task, root, plan)
        if choices.request:
            body = message.request(plan, planned.proof, images.for_request(planned.images))
            request = open_request(root, task, masked(body))
    except MigrateError as error:
        return replace(said, state=State.FAILED, reason=str(error), commit=new)
    return replace(said, state=State.MIGRATED, commit=new, request=request)


def _written(task: Task, root: Path, plan: Plan) -> str:
    """Write, commit and push as far as the choices say; return the commit, "" if there is none."""
    choices, branch, new = task.choices, task.choices.branch, ""
    commits = choices.commit or task.repository.is_remote
    is_written = _is_written(root, plan)
    is_new = commits and not is_written and not checkout.has(root, branch)
    if commits:
        if not is_written and not choices.force:
            _refuse_uncommitted(root, plan)
        new = checkout.commit(root, plan.changes, branch, message.commit(plan))
    if not is_written:
        try:
            apply(root, plan.changes, force=choices.force)
        except MigrateError:
            if is_new and not interrupted(root):
                checkout.withdraw(root, branch, new)
            raise
    if commits:
        checkout.switch(root, plan.changes, branch)
    if choices.push:
        new = checkout.push(root, branch, new, task.commit)
    return new


def _refuse_uncommitted(root: Path, plan: Plan) -> None:
    """Refuse, before there is a branch, what `apply` would refuse after it."""
    if dirty := uncommitted(root, [change.path for change in plan.changes]):
        raise MigrateError(f"git has uncommitted changes in {', '.join(dirty)}; commit them or use --force")


def _is_written(root: Path, plan: Plan) -> bool:
    repo = Repo.read(root)
    return all(repo.get(change.path) == change.after for change in plan.changes)


def _basis(task: Task, version: str) -> str:
    return f"{version}:{task.choices.digest}:{__version__}"


def _version(root: Path) -> str:
    """Return a text that changes when a file of the folder does, from names, sizes and times."""
    digest = hashlib.sha256()
    for path in sorted(Repo.read(root).files):
        status = (root / path).lstat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


@contextmanager
def _cloned(task: Task) -> Iterator[Path]:
    """Give a fresh clone; it stays only if it holds a commit that is nowhere else."""
    root = task.home / CLONES / task.repository.in_one_word
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    stays = False
    try:
        checkout.clone(task.repository.location, root)
        yield root
        stays = task.choices.apply and not task.choices.push
    finally:
        if not stays:
            shutil.rmtree(root, ignore_errors=True)
