"""What git could not bring back: files with changes that are in no commit.

The repository may be hostile, and its configuration can name programs for git to run. So git only lists names and
object ids here, which takes no filter, hook, pager or transport; files are compared by our own hash.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from migrate.errors import MigrateError
from migrate.process import Finished, ProgramMissing, run

_OPTIONS = (
    *("--no-pager", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit"),
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",  # a repository that lacks objects may name a program that fetches them
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_UNMERGED = "unmerged"


def uncommitted(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    r"""Return those of `paths`, sorted, whose state on disk or in git's index is not the one of the last commit.

    Paths are relative to the folder `root`, with `/`. A file that exists but was never committed, ignored or not,
    counts; so does a deletion that is not committed. Files that differ from the commit in "\r\n" for "\n" only do not
    count; those that a filter of git rewrites (large files, encryption, keywords) do. Nothing counts if `root` is in no
    git work tree or git is not installed.

    Raises MigrateError if git cannot tell, for example because the repository belongs to somebody else.
    """
    wanted = tuple(sorted(set(paths)))
    try:
        head = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    except ProgramMissing:
        return ()
    if _reason(head).startswith("not a git repository (or any"):
        return ()
    nothing_committed = head.returncode == 1
    committed = {} if nothing_committed else _committed(root, _checked(root, head).stdout.strip(), wanted)
    staged = _staged(root, wanted)
    return tuple(path for path in wanted if not _unchanged(root / path, committed.get(path), staged.get(path)))


def _committed(root: Path, commit: str, paths: tuple[str, ...]) -> dict[str, str]:
    """Return the object ids that a commit has for paths."""
    listing = _checked(root, git(root, "ls-tree", "-z", commit, "--", *paths))
    return {path: fields[2] for fields, path in _entries(listing.stdout)}


def _staged(root: Path, paths: tuple[str, ...]) -> dict[str, str]:
    """Return the object ids that the index has for paths."""
    listing = _checked(root, git(root, "ls-files", "-z", "--stage", "--", *paths))
    return {path: fields[1] if fields[2] == "0" else _UNMERGED for fields, path in _entries(listing.stdout)}


def _entries(listing: str) -> Iterator[tuple[list[str], str]]:
    """Yield the fields and the path of each entry of a listing: fields, a tab, the path, NUL."""
    for entry in listing.split("\0")[:-1]:
        fields, _, path = entry.partition("\t")
        yield fields.split(), path


def _unchanged(file: Path, committed: str | None, staged: str | None) -> bool:
    if committed != staged:
        return False
    if committed is None:
        return not os.path.lexists(file)
    if file.is_symlink() or not file.is_file():
        return False
    data = file.read_bytes()
    return committed in (blob_id(data, committed), blob_id(data.replace(b"\r\n", b"\n"), committed))


def blob_id(data: bytes, like: str) -> str:
    """Return git's object id of a file's content, made with the algorithm of another id."""
    algorithm = "sha1" if len(like) == hashlib.sha1(usedforsecurity=False).digest_size * 2 else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def git(
    root: Path, *arguments: str, timeout: float | None = None, patience: float = 0.0, **environment: str
) -> Finished:
    """Run git in the folder `root`, without hooks, pager, prompt or transport, and return what it left.

    Variables of `environment` are added to its environment, or replace those that forbid something. `timeout` and
    `patience` are those of `run`. Raises ProgramMissing, TimedOut, or MigrateError if the system cannot start it.
    """
    everything = _environment(os.environ) | environment
    return run(["git", *_OPTIONS, *arguments], cwd=root, environment=everything, timeout=timeout, patience=patience)


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which no variable points git to another repository; the user's settings stay."""
    kept = {name: value for name, value in ours.items() if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")}
    return kept | _ENVIRONMENT


def _checked(root: Path, finished: Finished) -> Finished:
    if finished.returncode == 0:
        return finished
    raise MigrateError(
        f"git cannot tell whether files in {root} have uncommitted changes ({_reason(finished)}); "
        "use --force to go on without it"
    )


def _reason(finished: Finished) -> str:
    """Return why git gave up; warnings may come first."""
    lines = finished.stderr.splitlines()
    return next((line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")), "no reason given")


def last_commit(root: Path, paths: Iterable[str]) -> int | None:
    """Return the time of the last commit that touched one of `paths`, in seconds since 1970; None if there is none.

    Raises MigrateError if git is not installed or cannot tell.
    """
    listing = git(root, "rev-list", "--timestamp", "--max-count=1", "HEAD", "--", *sorted(paths))
    if listing.returncode:
        raise MigrateError(f"git cannot tell when the files in {root} were committed ({_reason(listing)})")
    return int(listing.stdout.split()[0]) if listing.stdout.strip() else None


def check_out(root: Path, revision: str, folder: Path) -> Path:
    """Check a revision out at `folder`, which must not exist; return the folder of it that `root` is in the work tree.

    The repository stays as it is: a clone beside it has none of its hooks and filters, and shares its objects.
    Raises MigrateError if git is not installed, the revision is not known, or it does not have the folder `root`.
    """
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        raise MigrateError(f"git knows no commit {revision} in {root}; name the old revision with --before")
    top, prefix = (git(root, "rev-parse", told).stdout.strip() for told in ("--show-toplevel", "--show-prefix"))
    for place, arguments in (
        (root, ("clone", "--quiet", "--shared", "--no-checkout", top, str(folder))),
        (folder, ("checkout", "--quiet", "--detach", commit.stdout.strip())),
    ):
        if (done := git(place, *arguments, GIT_ALLOW_PROTOCOL="file")).returncode:
            raise MigrateError(f"git cannot check {revision} out ({_reason(done)})")
    shutil.rmtree(folder / ".git")
    if not (folder / prefix).is_dir():
        raise MigrateError(f"the project is not in {revision}; name an earlier revision with --before")
    return folder / prefix
