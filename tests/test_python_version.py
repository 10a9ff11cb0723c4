import sys

import pytest
from conftest import RepoMaker

from migrate.python_version import Declaration, Version, choose

IMAGE = Declaration(Version(3, 11), "Dockerfile", 2)


def test_image_decides(repo_of: RepoMaker) -> None:
    assert choose([IMAGE], repo_of({".python-version": "3.11.4\n"})) == (Version(3, 11), ())


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (".python-version", "3.12\n", 1),
        (".python-version", "# pyenv\n3.12.1\n3.11\n", 2),
        (".python-version", "cpython-3.12", 1),
        ("runtime.txt", "python-3.12.4\n", 1),
    ],
)
def test_contradiction_is_found_and_the_image_wins(repo_of: RepoMaker, path: str, text: str, line: int) -> None:
    version, findings = choose([IMAGE], repo_of({path: text}))
    assert version == Version(3, 11)
    assert [(finding.code, finding.path, finding.line) for finding in findings] == [("U404", path, line)]


@pytest.mark.parametrize(("path", "text"), [(".python-version", "3.9\n"), ("runtime.txt", "python-3.9.18")])
def test_file_decides_without_an_image(repo_of: RepoMaker, path: str, text: str) -> None:
    assert choose([], repo_of({path: text})) == (Version(3, 9), ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".python-version", "pypy3.9-7.3"),
        ("runtime.txt", "3.9"),
        (".python-version", b"\xff\xfe3\x00"),
        ("README", "3.9"),
    ],
)
def test_interpreter_in_use_when_nothing_tells(repo_of: RepoMaker, path: str, text: str | bytes) -> None:
    version, findings = choose([], repo_of({path: text}))
    assert version == Version(*sys.version_info[:2])
    assert [finding.code for finding in findings] == ["U403"]
