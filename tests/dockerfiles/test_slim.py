"""What a program needs of the full image: programs that its files call, libraries that its packages load."""

import pytest
from conftest import RepoMaker

from migrate.dockerfile.decision.programs import called_by_files, called_in, imports
from migrate.dockerfile.facts.images import Image
from migrate.dockerfile.facts.slim import PROGRAMS, libraries, slim_image


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("git clone x", {"git"}),
        ("cd x && /usr/bin/curl -f y | xz -d", {"curl", "xz"}),
        ("if ! command -v wget; then echo; fi", {"wget"}),
        ("x=$(git rev-parse HEAD)", {"git"}),
        ("sh -c 'ps aux'", {"ps"}),
        ('["ssh", "host"]', {"ssh"}),
        ("echo git", set()),
        ("/opt/git/x --file y", set()),
        ("git-lfs pull", set()),
        ("apt-get install -y curl git", set()),
        ("cp file other; mkdir make", set()),
    ],
)
def test_programs_in_commands(text: str, found: set[str]) -> None:
    assert set(called_in(text, PROGRAMS)) == found


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("app.py", "import subprocess\nsubprocess.run(['git', 'log'])\n", {"git"}),
        ("app.py", "import os\nos.system('ps aux | grep x')\n", {"ps"}),
        ("app.py", "shutil.which('curl')\n", {"curl"}),
        ("app.py", "run(f'wget {url}')\nrun('hg ' + x)\n", {"wget", "hg"}),
        ("app.py", "print('git')\nrun(command)\nrun([])\nrun(*x)\n(lambda: 1)('git')\n", set()),
        ("app.py", "def broken(:\n    'git'\n", {"git"}),
        ("tests/app.py", "run(['git'])\n", set()),
        ("test_app.py", "run(['git'])\n", set()),
        ("start.sh", "#!/bin/sh\n# git is not needed\ncurl x\n", {"curl"}),
        ("start.sh", b"\xff git\n", set()),
        ("Makefile", "all:\n\tgit x\n", set()),
        ("notes.md", "git clone\n", set()),
    ],
)
def test_programs_in_files(repo_of: RepoMaker, path: str, text: str | bytes, found: set[str]) -> None:
    assert set(called_by_files(repo_of({path: text}), frozenset(PROGRAMS))) == found


def test_imports(repo_of: RepoMaker) -> None:
    repo = repo_of(
        {"a.py": b"\xff", "b.py": "import os\n", "c.py": "from tkinter import ttk\n", "tests/a.py": "import os"}
    )
    assert imports(repo, "tkinter") == "c.py"
    assert imports(repo, "turtle") is None


@pytest.mark.parametrize(
    ("tag", "slim"),
    [
        ("3.12", "3.12-slim"),
        ("3.12.4", "3.12.4-slim"),
        ("3", "3-slim"),
        ("3.12-bookworm", "3.12-slim-bookworm"),
        ("bookworm", None),
        ("latest", "slim"),
        (None, "slim"),
        ("3.12-slim", None),
        ("3.12-alpine", None),
        ("3.13-rc", None),
        ("3.12-windowsservercore", None),
    ],
)
def test_the_slim_image_of_the_same_release(tag: str | None, slim: str | None) -> None:
    found = slim_image(Image("python", tag))
    assert (found.tag if found else None) == slim


def test_only_official_images_have_a_slim_one() -> None:
    assert slim_image(Image("registry.example/python", "3.12")) is None
    assert slim_image(Image("python", "3.12", "sha256:00")) is None


@pytest.mark.parametrize(
    ("package", "is_compiled", "found"),
    [
        ("psycopg2", True, ("libpq5",)),
        ("psycopg", False, ("libpq5",)),
        ("lxml", False, ()),
        ("lxml", True, ("libxml2", "libxslt1.1")),
        ("flask", True, ()),
    ],
)
def test_libraries(package: str, found: tuple[str, ...], *, is_compiled: bool) -> None:
    assert libraries(package, Image("python", "3.12-slim-bookworm"), is_compiled=is_compiled) == found


def test_a_library_with_another_name_in_each_release_is_not_known() -> None:
    assert libraries("opencv-python", Image("python", "3.12-slim"), is_compiled=False) is None
