"""git for a campaign: clones that run nothing of what they hold, and commits of exactly the changes of a plan.

A repository may name filters, hooks and submodules. A clone has no hooks and takes no submodules, and its own
attributes switch every filter and conversion off before the first file is written. A commit is built from the plan's
texts and a scratch index, so neither `git add` nor the state of the working tree has a part in it.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from migrate.errors import MigrateError
from migrate.git import blob_id, git
from migrate.plan import Change

_PLAIN = "* -text -ident !eol !filter !working-tree-encoding\n"
_NETWORK = {
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
    "GIT_ASKPASS": "true",  # answers every question with nothing; credential helpers still work
    "SSH_ASKPASS_REQUIRE": "never",
    "GIT_LFS_SKIP_SMUDGE": "1",
}
_USERS = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_SSH", "GIT_SSL_")
_LONGEST = 1800.0  # seconds for one command
_PATIENCE = 5.0  # seconds that a command has after a kill, so that it leaves neither a lock nor half of a change
_NEW_FILE = "100644"
_UNDER_WAY = (
    *("index.lock", "HEAD.lock", "rebase-merge", "rebase-apply"),
    *("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG"),
)
_ONLY_THIS = ("--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no")  # whatever is configured


def remote_commit(url: str, ref: str = "HEAD", *, folder: Path) -> str:
    """Return the commit that a remote has for a ref, "" if it has none. Raises MigrateError if it cannot be asked."""
    listing = _asked(folder, "ls-remote", "--quiet", "--", url, ref)
    return next((line.split("\t")[0] for line in listing.splitlines() if line.endswith(f"\t{ref}")), "")


def clone(url: str, folder: Path) -> None:
    """Clone the last commit of a default branch into a new folder. Raises MigrateError with git's reason."""
    _asked(
        folder.parent,
        *("clone", "--quiet", "--depth=1", "--single-branch", "--no-tags", "--no-checkout", "--no-recurse-submodules"),
        *("--template=", "--config=core.autocrlf=false", "--config=core.hooksPath=/dev/null", "--", url, str(folder)),
    )
    information = folder / ".git" / "info"
    information.mkdir(exist_ok=True)
    (information / "attributes").write_text(_PLAIN, encoding="utf-8")
    _asked(folder, "reset", "--quiet", "--hard")


def commit(root: Path, changes: Sequence[Change], branch: str, message: str) -> str:
    """Commit changes of the project `root` on a new branch on top of HEAD, and return the commit.

    Neither HEAD, the index nor the working tree changes; author, committer and signature are as git is configured. If
    the branch is that very commit already, it is taken. Raises MigrateError if the branch is anything else.
    """
    top, prefix, place = _top(root)
    if busy := next((place / name for name in _UNDER_WAY if (place / name).exists()), None):
        raise MigrateError(f"git is in the middle of something in {top}: end it, or remove {busy} if it was killed")
    head, existing = _commit_of(top, "HEAD"), _commit_of(top, f"refs/heads/{branch}")
    if not head:
        raise MigrateError("the repository has no commit yet")
    if existing:
        is_ours = head in (existing, _commit_of(top, f"{existing}^")) and _is_just(top, prefix, changes, existing)
        if not is_ours:
            raise MigrateError(f"the branch {branch} exists already; choose another one with --branch")
        return existing
    tree = _tree(top, prefix, changes, head)
    if tree == _tree_of(top, head):  # committed already, by a run that gave the branch another name
        new = head
    else:
        is_signed = git(top, "config", "--type=bool", "--get", "commit.gpgSign").stdout.strip() == "true"
        new = _asked(top, "commit-tree", *(["-S"] if is_signed else []), "-p", head, "-m", message, tree)
    _asked(top, "update-ref", "-m", "uvmigrate", f"refs/heads/{branch}", new, "")
    return new


def withdraw(root: Path, branch: str, new: str) -> None:
    """Remove a branch that was made, if it still is that commit and not the current one."""
    _asked(_top(root)[0], "update-ref", "-m", "uvmigrate", "-d", f"refs/heads/{branch}", new)


def is_open(root: Path, changes: Sequence[Change]) -> bool:
    """Return whether changes that are in the folder are not committed yet, or are all that the last commit is.

    They are open, too, where git cannot tell.
    """
    try:
        top, prefix, _ = _top(root)
        head = _commit_of(top, "HEAD")
        is_committed = head and _tree(top, prefix, changes, head) == _tree_of(top, head)
        return not is_committed or _is_just(top, prefix, changes, head)
    except MigrateError:
        return True


def has(root: Path, branch: str) -> bool:
    """Return whether there is a branch of that name."""
    return bool(_commit_of(_top(root)[0], f"refs/heads/{branch}"))


def switch(root: Path, changes: Sequence[Change], branch: str) -> None:
    """Make a branch the current one whose changes are in the working tree already; all else that is staged stays."""
    top, prefix, _ = _top(root)
    _asked(top, "update-index", *_entries(top, prefix, changes, f"refs/heads/{branch}^"))
    _asked(top, "symbolic-ref", "-m", "uvmigrate", "HEAD", f"refs/heads/{branch}")


def push(root: Path, branch: str, new: str, ours: str) -> str:
    """Push a commit to a branch of the remote `origin`, and return the commit that the branch has.

    A branch with the same change on the same parent is left alone, one whose commit is `ours` is replaced. Raises
    MigrateError if it is anybody else's, or with git's reason.
    """
    top, ref = _top(root)[0], f"refs/heads/{branch}"
    there = remote_commit("origin", ref, folder=top)
    if there not in ("", new):
        _asked(top, "fetch", "--quiet", "--depth=2", "--no-tags", "--no-recurse-submodules", "origin", ref)
        same_parent = _commit_of(top, f"{there}^") == _commit_of(top, f"{new}^")
        if same_parent and _tree_of(top, there) == _tree_of(top, new):
            _asked(top, "update-ref", ref, there)
            return there
        if there != ours:
            raise MigrateError(f"the remote has another branch {branch} already; choose one with --branch")
    try:
        _asked(top, "push", *_ONLY_THIS, f"--force-with-lease={ref}:{there}", "origin", f"{new}:{ref}")
    except MigrateError:
        if remote_commit("origin", ref, folder=top) == there:
            raise
        return push(root, branch, new, ours)  # somebody was faster, such as a worker that was taken for lost
    return new


def remote_url(root: Path) -> str:
    """Return the URL of the remote `origin`. Raises MigrateError if there is none."""
    return _asked(root, "remote", "get-url", "origin")


def host(url: str) -> str:
    """Return the host of a git URL, "" for one on this machine."""
    if "://" in url:
        return urlsplit(unquote(url)).hostname or ""
    return url.partition(":")[0].rpartition("@")[2] if ":" in url else ""


def _top(root: Path) -> tuple[Path, str, Path]:
    """Return the work tree that a folder is in, where in it ("" or with a slash at the end), and its repository.

    Names are not taken from git's answer, which loses a blank at their end. Raises MigrateError if `.git` or the
    configuration lead to the repository or the work tree of another folder.
    """
    root = root.resolve()
    top = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)
    up_and_place = _asked(top, "rev-parse", "--show-cdup", "--git-dir").splitlines()  # nothing leads up from the top
    place = (top / up_and_place[-1]).resolve()
    if len(up_and_place) != 1 or not _is_of(place, top):
        raise MigrateError(f"the .git of {top} leads to another folder; commit there by hand, or name that folder")
    return top, "".join(f"{part}/" for part in root.relative_to(top).parts), place


def _is_of(place: Path, top: Path) -> bool:
    """Return whether a repository at `place` is that of the work tree `top`, which names it in `.git`."""
    if place.name == ".git":
        return place.parent == top
    linked = place / "gitdir"  # of a work tree that `git worktree` has made
    return not linked.exists() or (place / os.fsdecode(linked.read_bytes()).rstrip("\n")).resolve() == top / ".git"


def _commit_of(top: Path, name: str) -> str:
    return git(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").stdout.strip()


def _is_just(top: Path, prefix: str, changes: Sequence[Change], name: str) -> bool:
    """Return whether a commit is nothing but changes of its only parent."""
    _, *parents = _asked(top, "rev-list", "--parents", "--max-count=1", name).split()
    return len(parents) == 1 and _tree(top, prefix, changes, parents[0]) == _tree_of(top, name)


def _tree_of(top: Path, name: str) -> str:
    return _asked(top, "rev-parse", "--verify", f"{name}^{{tree}}")


def _tree(top: Path, prefix: str, changes: Sequence[Change], parent: str) -> str:
    """Return the tree of a commit with changes."""
    with tempfile.TemporaryDirectory(prefix="uvmigrate-") as scratch:
        index = {"GIT_INDEX_FILE": str(Path(scratch, "index"))}
        _asked(top, "read-tree", parent, **index)
        _asked(top, "update-index", *_entries(top, prefix, changes, parent), **index)
        return _asked(top, "write-tree", **index)


def _entries(top: Path, prefix: str, changes: Sequence[Change], parent: str) -> Iterator[str]:
    """Yield the arguments of `update-index` that make changes of a commit; a file keeps its mode."""
    paths = [prefix + change.path for change in changes]
    listed = [_asked(top, "ls-tree", parent, "--", path).split(maxsplit=3)[:3] for path in paths]
    texts = [_as_committed(change, *before[2:]) for change, before in zip(changes, listed, strict=True)]
    for path, before, blob in zip(paths, listed, _blobs(top, texts), strict=True):
        if blob is None:
            yield from ("--force-remove", path)
        else:
            yield from ("--add", "--cacheinfo", f"{before[0] if before else _NEW_FILE},{blob},{path}")


def _as_committed(change: Change, blob: str = "") -> str | None:
    """Return the new text with the line ends that git has for the old one, whose object is `blob`."""
    old, new = change.before or "", change.after
    is_converted = blob and "\r\n" in old and blob_id(old.replace("\r\n", "\n").encode(), blob) == blob
    return new.replace("\r\n", "\n") if new and is_converted else new


def _blobs(top: Path, texts: Sequence[str | None]) -> Iterator[str | None]:
    """Store texts in git, and yield the object id of each, None for a file that goes."""
    with _stored([text for text in texts if text is not None]) as files:
        ids = iter(_asked(top, "hash-object", "-w", "--no-filters", "--", *files).split() if files else ())
    return (None if text is None else next(ids) for text in texts)


@contextmanager
def _stored(texts: Sequence[str]) -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory(prefix="uvmigrate-") as scratch:
        files = [Path(scratch, str(number)) for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text.encode())
        yield [str(file) for file in files]


def _asked(folder: Path, *arguments: str, **environment: str) -> str:
    """Return what git prints. Raises MigrateError with its reason if it fails."""
    users = {name: value for name, value in os.environ.items() if name.startswith(_USERS)}
    everything = users | _NETWORK | environment
    finished = git(folder, *arguments, timeout=_LONGEST, patience=_PATIENCE, **everything)
    if finished.returncode:
        reason = " ".join(line.removeprefix("fatal: ") for line in finished.stderr.splitlines() if line)
        raise MigrateError(f"git {arguments[0]}: {reason or 'failed without a reason'}")
    return finished.stdout.strip()
