"""Packages in folders of the repository that Dockerfiles install."""

import pytest
from conftest import RepoMaker

from migrate.legacy import Legacy, legacy
from migrate.options import Options
from migrate.projects import without
from migrate.requirements import requirement

PROJECT = '[project]\nname = "shared"\nversion = "1"\ndependencies = ["click"]\n'
FILES = {"requirements.txt": "flask\n", "libs/shared/pyproject.toml": PROJECT, "libs/shared/shared.py": ""}
START = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"


def told(repo_of: RepoMaker, **dockerfiles: str) -> Legacy:
    files = {name.replace("_", "."): START + text for name, text in dockerfiles.items()}
    return legacy(repo_of({**FILES, **files}), "9.9.9", Options())


def test_folder_that_a_dockerfile_installs_is_a_dependency(repo_of: RepoMaker) -> None:
    old = told(repo_of, Dockerfile="RUN pip install -e ./libs/shared[fast]\n")
    (one,) = old.inline
    assert (one.text, one.source and one.source.keys) == ("shared[fast]", (("path", "libs/shared"), ("editable", True)))
    assert dict(old.target.local) == {"libs/shared": True}


def test_folder_that_only_one_image_has_editable_is_editable_nowhere(repo_of: RepoMaker) -> None:
    old = told(
        repo_of, Dockerfile="RUN pip install ./libs/shared\n", web_Dockerfile="RUN pip install -e libs/shared/\n"
    )
    sources = {one.source for group in old.groups for one in group.requirements if one.source}
    assert [source.is_editable for source in sources] == [False]
    assert dict(old.target.local) == {"libs/shared": False}


def test_folder_in_a_requirements_file_is_known_too(repo_of: RepoMaker) -> None:
    files = {**FILES, "requirements.txt": "flask\n-e ./libs/shared\n", "Dockerfile": START}
    old = legacy(repo_of(files), "9.9.9", Options())
    assert dict(old.target.local) == {"libs/shared": True}
    assert not old.target.unbuildable


@pytest.mark.parametrize(
    "text", ["./libs/other", "libs/shared", "./libs", "../shared", ".", "-e .", "./libs/shared.whl"]
)
def test_what_is_no_package_of_the_repository(repo_of: RepoMaker, text: str) -> None:
    assert requirement(text, "Dockerfile", 1, repo_of(FILES)) is None


def test_without_a_repository_no_folder_is_a_requirement() -> None:
    assert requirement("./libs/shared", "Dockerfile", 1) is None


def test_folder_of_another_project_is_none_of_this_one(repo_of: RepoMaker) -> None:
    own = {"shop/requirements.txt": "blinker\n", "shop/pyproject.toml": PROJECT, "shop/shared.py": ""}
    dockerfiles = {"Dockerfile": START + "RUN pip install ./shop\n", "shop/Dockerfile": START}
    repo = repo_of({**FILES, **own, **dockerfiles})
    assert [one.text for one in legacy(repo, "9.9.9", Options()).inline] == ["shared"]
    old = legacy(without(repo, ("shop",)), "9.9.9", Options())
    assert (old.inline, dict(old.target.local)) == ((), {})
