import os
import subprocess
from itertools import starmap
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.plan import Change, Plan
from migrate.report.diff import patch, unified

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.example",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.example",
}

PIECES = [
    "a",
    "b",
    "c",
    "-- x",
    "++ x",
    "@@ -1 +1 @@",
    "\\ No",
    "diff --git a/x b/x",
    " ",
    "\t",
    "é",
    "\x0c",
    "\x1b[0m",
]
ENDS = ["\n", "\n", "\n", "\r\n", "\r", "\x0b", "\x1c", "\x85", "\u2028", ""]
TEXTS = (
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(ENDS)), max_size=40).map(
        lambda lines: "".join(starmap(str.__add__, lines))
    )
    | st.lists(st.sampled_from(["a\n", "b\n", "\n"]), max_size=60).map("".join)
    | st.text(st.characters(codec="utf-8"))
)
SIDES = st.tuples(st.none() | TEXTS, st.none() | TEXTS).filter(lambda sides: sides[0] != sides[1])
NAMES = st.text(
    st.sampled_from("ab \t\n\"\\'é€\U0001f40d\x01\x7f\x85\u2028\udc80\udcff.-*$") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=20,
).filter(lambda name: "/" not in name and "\0" not in name and name.strip(". ").lower() != "git" and name.strip("."))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "--quiet")
    return root


def git(root: Path, *arguments: str, data: bytes = b"") -> bytes:
    done = subprocess.run(["git", *arguments], cwd=root, env=ENVIRONMENT, input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def write(root: Path, files: dict[str, str | None]) -> None:
    for path, text in files.items():
        file = root / path
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())


def read(root: Path, paths: dict[str, str | None]) -> dict[str, str | None]:
    return {path: (root / path).read_bytes().decode() if (root / path).exists() else None for path in paths}


def assert_applies(root: Path, *changes: Change) -> None:
    before = {change.path: change.before for change in changes}
    after = {change.path: change.after for change in changes}
    data = patch(Plan(changes, ())).encode()
    write(root, before)
    git(root, "apply", "--whitespace=nowarn", data=data)
    assert read(root, after) == after
    git(root, "apply", "-R", "--whitespace=nowarn", data=data)
    assert read(root, before) == before
    write(root, dict.fromkeys(before))


def by_git(root: Path, change: Change) -> str:
    """Return git's own diff of a change without its index line and the function names after the hunk headers."""
    write(root, {change.path: change.before})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=before")
    write(root, {change.path: change.after})
    git(root, "add", "--all")
    text = git(root, "diff", "--cached", "--no-renames", "--patience").decode()
    write(root, {change.path: None})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=after")
    lines = [line for line in text.split("\n") if not line.startswith("index ")]
    return "\n".join(line[: line.rindex("@@") + 2] if line.startswith("@@") else line for line in lines)


@settings(deadline=None, max_examples=60)
@given(sides=st.lists(SIDES, min_size=1, max_size=6))
def test_git_applies_and_reverts_any_patch(repository: Path, sides: list[tuple[str | None, str | None]]) -> None:
    assert_applies(repository, *(Change(f"folder/{n}", before, after) for n, (before, after) in enumerate(sides)))


@settings(deadline=None, max_examples=40)
@given(names=st.lists(NAMES, min_size=1, max_size=4, unique=True), sides=SIDES)
def test_git_applies_and_reverts_a_patch_with_any_path(
    repository: Path, names: list[str], sides: tuple[str | None, str | None]
) -> None:
    assert_applies(repository, *(Change(f"{n}/{name}/{name}", *sides) for n, name in enumerate(names)))


@pytest.mark.parametrize(
    "path",
    [
        "plain.txt",
        "with space.txt",
        "requirements/dev requirements.txt",
        'a"quote',
        "a'quote",
        "back\\slash",
        "tab\there",
        "line\nend",
        "café/Dockerfile",
        "café and space",
        "\u202egnp.py",
        "\x1b[31mred",
        "bytes\udcff",
        "-dash",
        "a b/a b",
        " leading and trailing ",
    ],
)
@pytest.mark.parametrize("sides", [("a\n", "b\n"), (None, "b\n"), ("a\n", None), (None, ""), ("", None)])
def test_a_diff_is_headed_as_by_git(repository: Path, path: str, sides: tuple[str | None, str | None]) -> None:
    change = Change(path, *sides)
    assert unified(change) == by_git(repository, change)


@pytest.mark.parametrize("path", ["0/ / ", "x /y", "0/ /a", " /a b", "a /b /a /b"])
@pytest.mark.parametrize("sides", [("a\n", "b\n"), (None, "b\n"), ("a\n", None), (None, ""), ("", None)])
def test_a_space_before_a_slash_keeps_no_patch_from_applying(
    repository: Path, path: str, sides: tuple[str | None, str | None]
) -> None:
    assert_applies(repository, Change(path, *sides))


NUMBERS = [f"{number}\n" for number in range(40)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a\n"),
        ("a\n", ""),
        ("a", "a\n"),
        ("a\n", "a"),
        ("a\nb", "a\nc"),
        ("a\r\nb\r\n", "a\nb\r\n"),
        ("a\x0cb\n", "a\x0cc\n"),
        ("a\rb\u2028c\n", "a\rb\u2028d\n"),
        ("".join(NUMBERS), "".join([*NUMBERS[:5], "new\n", *NUMBERS[5:]])),
        ("".join(NUMBERS), "".join([*NUMBERS[:5], "x\n", *NUMBERS[6:12], "y\n", *NUMBERS[13:]])),
        ("".join(NUMBERS), "".join([*NUMBERS[:5], "x\n", *NUMBERS[6:13], "y\n", *NUMBERS[14:]])),
        ("".join(NUMBERS), "".join(["x\n", *NUMBERS[1:-1], "y"])),
        ("".join(NUMBERS), "".join(NUMBERS[1:-1])),
        ("".join(NUMBERS), "".join(NUMBERS).replace("\n", "\r\n")),
    ],
)
def test_a_diff_has_the_hunks_of_git(repository: Path, before: str, after: str) -> None:
    change = Change("file.txt", before, after)
    assert unified(change) == by_git(repository, change)


def test_a_diff_of_a_small_change_reads_so() -> None:
    before = "# web\nflask==3.0.0\ngunicorn==21.2.0\nrequests\nsix"
    after = "# web\nflask==3.0.0\ngunicorn==22.0.0\nrequests\nsix\n"
    assert unified(Change("requirements.txt", before, after)) == (
        "diff --git a/requirements.txt b/requirements.txt\n"
        "--- a/requirements.txt\n"
        "+++ b/requirements.txt\n"
        "@@ -1,5 +1,5 @@\n"
        " # web\n"
        " flask==3.0.0\n"
        "-gunicorn==21.2.0\n"
        "+gunicorn==22.0.0\n"
        " requests\n"
        "-six\n"
        "\\ No newline at end of file\n"
        "+six\n"
    )


def test_a_plan_without_changes_is_an_empty_patch() -> None:
    assert patch(Plan((), ())) == ""


@pytest.mark.parametrize("before", [None, "new", "other"])
def test_a_long_lock_takes_little_time(before: str | None) -> None:
    after = lock_like("new")
    change = Change("uv.lock", None if before is None else lock_like("old", same=before == "other"), after)
    start = process_time()
    text = unified(change)
    assert process_time() - start < 0.5
    assert text.count("\n+") >= 1000


def lock_like(digest: str, *, same: bool = False) -> str:
    return "".join(
        f'[[package]]\nname = "package-{n}"\nversion = "{digest}"\nsource = {{ registry = "pypi" }}\n'
        f'wheels = [\n    {{ url = "{n}", hash = "{digest if same else ""}{n}" }},\n]\n\n'
        for n in range(1000)
    )


def test_a_long_file_of_few_lines_takes_little_time() -> None:
    lines = [f"# {number % 110}\n" for number in range(40_000)]
    after = ["x\n", *lines[:20_000], "y\n", *lines[20_009:], "z\n"]
    start = process_time()
    unified(Change("Dockerfile", "".join(lines), "".join(after)))
    assert process_time() - start < 2
