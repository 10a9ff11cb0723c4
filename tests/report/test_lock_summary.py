import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.plan import Change
from migrate.report.lockdiff import summary

PYPI = '{ registry = "https://pypi.example/simple" }'
PROJECT = ("shop", "0.1.0", '{ virtual = "." }')


def lock(*packages: tuple[str, str, str]) -> str:
    return "version = 1\n" + "".join(
        f'\n[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {source}\n'
        for name, version, source in packages
    )


def lines(before: str | None, after: str | None) -> list[str]:
    text = summary(Change("uv.lock", before, after))
    assert text.endswith("\n")
    return text[:-1].split("\n")


def test_a_new_lock_adds_its_packages() -> None:
    assert lines(None, lock(("click", "8.1.7", PYPI), ("flask", "3.0.0", PYPI), PROJECT)) == [
        "uv.lock: 2 packages added",
        "  + click 8.1.7",
        "  + flask 3.0.0",
    ]


def test_a_deleted_lock_removes_its_packages() -> None:
    assert lines(lock(("click", "8.1.7", PYPI), PROJECT), None) == [
        "uv.lock: 1 package removed",
        "  - click 8.1.7",
    ]


def test_a_changed_lock_says_what_differs_by_name() -> None:
    before = lock(("a", "1", PYPI), ("b", "1", PYPI), ("c", "1", PYPI), ("e", "1", PYPI), PROJECT)
    after = lock(("a", "2", PYPI), ("c", "1", PYPI), ("d", "1", PYPI), ("e", "0.9", PYPI), PROJECT)
    assert lines(before, after) == [
        "uv.lock: 1 package added, 1 removed, 2 changed; 4 in all",
        "  ~ a 1 → 2",
        "  - b 1",
        "  + d 1",
        "  ~ e 1 → 0.9",
    ]


def test_a_package_in_several_versions_is_one_line() -> None:
    before = lock(("numpy", "1.26.4", PYPI))
    after = lock(("numpy", "1.26.4", PYPI), ("numpy", "2.2.0", PYPI))
    assert lines(before, after) == ["uv.lock: 1 package changed; 1 in all", "  ~ numpy 1.26.4 → 1.26.4, 2.2.0"]


def test_the_same_version_from_another_source_is_a_change() -> None:
    before = lock(("a", "1", '{ git = "https://git.example/a?rev=main#0123" }'))
    after = lock(("a", "1", '{ git = "https://git.example/a?rev=main#4567" }'))
    assert lines(before, after) == ["uv.lock: 1 package changed; 1 in all", "  ~ a 1 from another source"]


@pytest.mark.parametrize("source", ['{ virtual = "." }', '{ editable = "." }'])
def test_the_project_itself_is_not_counted(source: str) -> None:
    assert lines(None, lock(("shop", "0.1.0", source))) == ["uv.lock: no package changes"]
    assert lines(lock(("shop", "0.1.0", source)), lock(("shop", "0.2.0", source))) == [
        "uv.lock: no package changes; 0 in all"
    ]


@pytest.mark.parametrize(
    "source", [PYPI, '{ virtual = "libs/a" }', '{ editable = "libs/a" }', '{ directory = "." }', '{ path = "." }']
)
def test_every_other_package_is_counted(source: str) -> None:
    assert lines(None, lock(("a", "1", source))) == ["uv.lock: 1 package added", "  + a 1"]


def test_a_package_without_version_is_counted() -> None:
    assert lines(None, '[[package]]\nname = "a"\nsource = { editable = "libs/a" }\n') == [
        "uv.lock: 1 package added",
        "  + a without version",
    ]


def test_a_change_beside_the_packages_is_no_package_change() -> None:
    packages = lock(("a", "1", PYPI))
    assert lines(packages, f'requires-python = ">=3.12"\n{packages}') == ["uv.lock: no package changes; 1 in all"]


def test_a_lock_without_packages_is_a_lock() -> None:
    assert lines(None, "version = 1\n") == ["uv.lock: no package changes"]
    assert lines("", "version = 1\n") == ["uv.lock: no package changes; 0 in all"]


BROKEN = [
    "<<<<<<< ours\n",
    "\ufeffversion = 1\n",
    "package = 1\n",
    "package = [1]\n",
    'package = { name = "a" }\n',
    "[[package]]\n",
    "[[package]]\nname = 1\n",
    '[[package]]\nname = "a"\nversion = 1\n',
    "a = " + "[" * 100_000,
    "a = " + "9" * 100_000,
]


@pytest.mark.parametrize("broken", BROKEN)
def test_an_old_file_that_is_not_a_lock_counts_as_empty(broken: str) -> None:
    assert lines(broken, lock(("a", "1", PYPI))) == [
        "uv.lock: 1 package added; 1 in all; the old file is not a lock file",
        "  + a 1",
    ]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_new_file_that_is_not_a_lock_counts_as_empty(broken: str) -> None:
    assert lines(lock(("a", "1", PYPI)), broken) == [
        "uv.lock: 1 package removed; 0 in all; the new file is not a lock file",
        "  - a 1",
    ]


def test_a_name_cannot_forge_a_line_or_command_a_terminal() -> None:
    assert lines(None, lock(("a\\n  + b 2", "1\\u001b[2J\\u202e", PYPI))) == [
        "uv.lock: 1 package added",
        "  + a\\n  + b 2 1\\x1b[2J\\u202e",
    ]


def test_the_path_is_named() -> None:
    assert summary(Change("api/\nuv.lock", None, "")) == "api/\\nuv.lock: no package changes\n"


@given(before=st.text(), after=st.text())
def test_no_text_is_too_strange(before: str, after: str) -> None:
    if before != after:
        assert summary(Change("uv.lock", before, after)).startswith("uv.lock: no package changes; 0 in all")
