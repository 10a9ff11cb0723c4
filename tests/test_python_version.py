import sys

import pytest
from conftest import RepoMaker

from migrate.declared import declared
from migrate.dockerfile.project import pythons
from migrate.python_version import Declaration, Floating, Pythons, Version, choose

ONE = Pythons(Version(3, 11), Version(3, 11))
IMAGE = Declaration(Version(3, 11), "Dockerfile", 2)
FILES = {
    "Dockerfile": "FROM python:3.13-slim\n",
    "runtime.txt": "python-3.12.4\n",
    ".python-version": "3.11\n",
    "setup.py": "setup(python_requires='>=3.10')\n",
    "setup.cfg": "[options]\npython_requires = ~=3.9\n",
    "pyproject.toml": '[project]\nrequires-python = ">=3.8"\n',
    "tox.ini": "[tox]\nenvlist = py37, py38\n",
    ".github/workflows/ci.yml": 'jobs:\n  python-version: ["3.6", "3.7"]\n',
}


def test_image_decides(repo_of: RepoMaker) -> None:
    assert choose([IMAGE], declared(repo_of({".python-version": "3.11.4\n"}))) == (ONE, ())


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (".python-version", "3.12\n", 1),
        (".python-version", "# pyenv\n3.12.1\n3.11\n", 2),
        (".python-version", "cpython-3.12", 1),
        ("runtime.txt", "python-3.12.4\n", 1),
        ("setup.py", "from setuptools import setup\nsetup(python_requires='>=3.12')\n", 2),
        ("setup.cfg", "[options]\npython_requires = <3.11,>=3.7\n", 2),
        ("pyproject.toml", '[project]\nrequires-python = ">3.11.99"\n', 2),
        ("tox.ini", "[tox]\nenvlist = py38,py39\n", 2),
        (".github/workflows/ci.yml", "steps:\n  with:\n    python-version: 3.12\n", 3),
    ],
)
def test_contradiction_is_found_and_the_image_wins(repo_of: RepoMaker, path: str, text: str, line: int) -> None:
    found, findings = choose([IMAGE], declared(repo_of({path: text})))
    assert found.chosen == Version(3, 11)
    assert [(finding.code, finding.path, finding.line) for finding in findings] == [("U404", path, line)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.py", "setup(python_requires='>=3.8')"),
        ("setup.cfg", "[options]\npython_requires = >=3.8, !=3.9.*\n"),
        ("pyproject.toml", '[project]\nrequires-python = "~=3.11.2"\n'),
        ("tox.ini", "[tox]\nenvlist =\n    py{38,39,310,311}-django\n    # the newest\n    lint\n"),
        (".github/workflows/ci.yml", 'python-version: ["3.10", "3.11"]\n'),
        pytest.param(".python-version", f"3.{5000 * '1'}\n", id="long version"),
        pytest.param("runtime.txt", f"python-{5000 * '1'}.1\n", id="long runtime"),
        pytest.param("setup.py", f"setup(python_requires='>=3.{5000 * '1'}')", id="long range"),
        (".github/workflows/ci.yml", "python-version:\n  - '3.10'\n  - '3.11'\n"),
    ],
)
def test_range_that_admits_the_image_is_no_contradiction(repo_of: RepoMaker, path: str, text: str) -> None:
    assert choose([IMAGE], declared(repo_of({path: text}))) == (ONE, ())


@pytest.mark.parametrize(
    ("others", "oldest"),
    [
        ({"worker.Dockerfile": "FROM python:3.9\nRUN pip install six\n"}, (3, 9)),
        ({"worker.Dockerfile": "FROM python:3.13\nRUN pip install six\n"}, (3, 11)),
        ({"worker.Dockerfile": "FROM python:3.7\nRUN pip install six\n"}, (3, 11)),
    ],
)
def test_other_images_that_install_packages_are_no_contradiction(
    repo_of: RepoMaker, others: dict[str, str | bytes], oldest: tuple[int, int]
) -> None:
    repo = repo_of({"Dockerfile": "FROM python:3.11\nRUN pip install six\n"} | others)
    assert choose(pythons(repo), ()) == (Pythons(Version(3, 11), Version(*oldest)), ())


def test_an_image_that_installs_nothing_does_not_widen_the_range(repo_of: RepoMaker) -> None:
    repo = repo_of({"Dockerfile": "FROM python:3.11\nRUN pip install six\n", "lint.Dockerfile": "FROM python:3.9\n"})
    found, findings = choose(pythons(repo), ())
    assert found == ONE
    assert [(finding.code, finding.path) for finding in findings] == [("U404", "lint.Dockerfile")]


def test_workflows_together_admit_the_image(repo_of: RepoMaker) -> None:
    repo = repo_of(
        {".github/workflows/a.yml": "python-version: '3.13'\n", ".github/workflows/b.yaml": "python-version: 3.11\n"}
    )
    assert choose([IMAGE], declared(repo)) == (ONE, ())


def test_order_of_the_sources(repo_of: RepoMaker) -> None:
    repo = repo_of(FILES)
    found = [*pythons(repo), *declared(repo)]
    assert [(place.path, str(place.version)) for place in found if isinstance(place, Declaration)] == [
        ("Dockerfile", "3.13"),
        ("runtime.txt", "3.12"),
        (".python-version", "3.11"),
        ("setup.py", "3.10"),
        ("setup.cfg", "3.9"),
        ("pyproject.toml", "3.8"),
        ("tox.ini", "3.7"),
        (".github/workflows/ci.yml", "3.6"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "version"),
    [
        (".python-version", "3.9\n", (3, 9)),
        ("runtime.txt", "python-3.9.18", (3, 9)),
        ("setup.py", "import setuptools\nsetuptools.setup(\n  name='x', python_requires='>=3.7,<4')", (3, 7)),
        ("setup.cfg", "[options]\npython_requires = ==3.8.10\n", (3, 8)),
        ("pyproject.toml", '[project]\nrequires-python = ">=3.9.1"\n', (3, 9)),
        ("tox.ini", "[tox]\nenv_list = py{39,310}, lint\n", (3, 9)),
        ("tox.ini", "[tox]\nenvlist = 3.{9}, py310\n", (3, 10)),
        (".github/workflows/ci.yml", "      python-version: [3.9, '3.10', pypy-3.8]\n", (3, 8)),
    ],
)
def test_file_decides_without_an_image(repo_of: RepoMaker, path: str, text: str, version: tuple[int, int]) -> None:
    assert choose([], declared(repo_of({path: text}))) == (Pythons(Version(*version), Version(*version)), ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".python-version", "pypy3.9-7.3"),
        ("runtime.txt", "3.9"),
        (".python-version", b"\xff\xfe3\x00"),
        ("README", "3.9"),
        ("setup.py", "setup(python_requires=REQUIRES)"),
        ("setup.py", "setup(**{'python_requires': '>=3.9'})"),
        ("setup.py", "setup(python_requires='>=3.9'"),
        ("setup.py", "print('python_requires=\">=3.9\"')"),
        ("setup.py", "setup(python_requires='<4')"),
        ("setup.py", "setup(python_requires='three')"),
        ("setup.py", "setup(python_requires='>=4,<4')"),
        ("setup.py", "(" * 5000),
        ("setup.cfg", "[options\npython_requires = >=3.9\n"),
        ("setup.cfg", "[options]\npython_requires = %(x)s\n"),
        ("pyproject.toml", 'requires-python = ">=3.9"\n'),
        ("pyproject.toml", "broken"),
        ("tox.ini", "[tox]\nenvlist = lint, docs\n"),
        (".github/workflows/ci.yml", "python-version: ${{ matrix.python }}\n"),
        (".github/workflows/ci.yml", "node-version: 3.9\n"),
        (".github/other/ci.yml", "python-version: 3.9\n"),
    ],
)
def test_interpreter_in_use_when_nothing_tells(repo_of: RepoMaker, path: str, text: str | bytes) -> None:
    found, findings = choose([], declared(repo_of({path: text})))
    assert found.chosen == Version(*sys.version_info[:2])
    assert [finding.code for finding in findings] == ["U403"]


@pytest.mark.parametrize(
    ("dockerfile", "version", "line"),
    [
        ("FROM python:3.9\n", (3, 9), 1),
        ("FROM python:3.9.18-slim-bookworm@sha256:" + "0" * 64 + "\n", (3, 9), 1),
        ("ARG V=3.10\nFROM python:${V}-slim\n", (3, 10), 2),
        ("FROM python:3.8 AS builder\nFROM python:3.12-slim\n", (3, 12), 2),
        ("FROM python:3.8 AS Base\nFROM base AS two\nFROM two\n", (3, 8), 1),
        ("FROM registry.example/mirror/python:3.9-slim\n", (3, 9), 1),
        ("FROM tiangolo/uvicorn-gunicorn-fastapi:python3.9-slim\n", (3, 9), 1),
        ("FROM example/base:py-3.10\n", (3, 10), 1),
    ],
)
def test_image_of_the_last_stage(repo_of: RepoMaker, dockerfile: str, version: tuple[int, int], line: int) -> None:
    assert list(pythons(repo_of({"Dockerfile": dockerfile}))) == [Declaration(Version(*version), "Dockerfile", line)]


@pytest.mark.parametrize("image", ["python", "python:3", "python:slim", "python@sha256:" + "0" * 64, "python:latest"])
def test_image_without_a_minor_version_is_a_finding(repo_of: RepoMaker, image: str) -> None:
    repo = repo_of({"Dockerfile": f"FROM {image}\n", ".python-version": "3.12\n"})
    assert list(pythons(repo)) == [Floating(image, "Dockerfile", 1)]
    found, findings = choose(pythons(repo), declared(repo))
    assert found.chosen == Version(3, 12)
    assert [(finding.code, finding.path) for finding in findings] == [("U408", "Dockerfile")]


@pytest.mark.parametrize(
    "dockerfile",
    [
        "FROM ubuntu:22.04\n",
        "FROM node:20-alpine3.19\n",
        "FROM example/copy3.9:latest\n",
        "ARG V\nFROM python:$V\n",
        "FROM python:3.9\nENV x\n",
        "",
    ],
)
def test_image_that_tells_nothing(repo_of: RepoMaker, dockerfile: str) -> None:
    assert list(pythons(repo_of({"Dockerfile": dockerfile, "sub/Dockerfile": "FROM python:3.9\n"}))) == []
