"""Where packages come from: folders of the repository, addresses, indexes."""

import pytest
from conftest import RepoMaker

from migrate.findings import Kind
from migrate.findings import requirements as kinds
from migrate.repo import Repo
from migrate.requirements import read

PROJECT = "[project]\nname = 'Ledger_X'\nversion = '1'\n"


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("./lib", {"path": "lib"}),
        ("lib/", {"path": "lib"}),
        ("-e lib", {"path": "lib", "editable": True}),
        ("-e ./lib[x]", {"path": "lib", "editable": True}),
        ("-e file:lib", {"path": "lib", "editable": True}),
        ("ledger-x @ file:lib", {"path": "lib"}),
        ("./ledger_x-1-py3-none-any.whl", {"path": "ledger_x-1-py3-none-any.whl"}),
    ],
)
def test_local_package_is_a_source(repo_of: RepoMaker, line: str, keys: dict[str, object]) -> None:
    files = {"requirements.txt": line, "lib/pyproject.toml": PROJECT, "ledger_x-1-py3-none-any.whl": ""}
    result = read(repo_of(files), "requirements.txt")
    (one,) = result.requirements
    assert one.package == "ledger-x"
    assert one.source is not None
    assert (dict(one.source.keys), one.source.local) == (keys, keys["path"])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (".", kinds.ITSELF),
        ("-e .[x]", kinds.ITSELF),
        ("./gone", kinds.LOCAL),
        ("../lib", kinds.LOCAL),
        ("/lib", kinds.LOCAL),
        ("~/lib", kinds.LOCAL),
        ("file:///lib", kinds.LOCAL),
        ("./linked", kinds.LOCAL),
        ("./old", kinds.LOCAL),
        ("./dynamic", kinds.LOCAL),
        ("./unversioned", kinds.LOCAL),
        ("./broken", kinds.LOCAL),
        ("./lib.zip", kinds.NAMELESS),
    ],
)
def test_local_package_that_is_not_certain_is_refused(repo_of: RepoMaker, line: str, kind: Kind) -> None:
    repo = repo_of(
        {
            "requirements.txt": line,
            "lib/pyproject.toml": PROJECT,
            "old/setup.py": "",
            "dynamic/pyproject.toml": PROJECT + "dynamic = ['dependencies']",
            "unversioned/pyproject.toml": "[project]\nname = 'x'\ndynamic = ['version']",
            "broken/pyproject.toml": "[project",
            "lib.zip": "",
        }
    )
    (repo.root / "linked").symlink_to("lib")
    result = read(Repo.read(repo.root), "requirements.txt")
    assert [finding.code for finding in result.findings] == [kind.code]
    assert result.requirements == ()


def test_package_from_two_places_is_blocked(repo_of: RepoMaker) -> None:
    result = read(repo_of({"requirements.txt": "a\na @ https://files.example/a.zip\n"}), "requirements.txt")
    assert [(finding.code, finding.line) for finding in result.findings] == [(kinds.SOURCE_TWICE.code, 2)]


def test_second_default_index_is_blocked(repo_of: RepoMaker) -> None:
    text = "-i https://a.example\n-i https://a.example\n--extra-index-url https://b.example\n-i https://c.example\n"
    result = read(repo_of({"requirements.txt": text}), "requirements.txt")
    assert [(finding.code, finding.line) for finding in result.findings] == [(kinds.INDEX_TWICE.code, 4)]
    assert [index.name for index in result.indexes] == ["a-example", "b-example"]
