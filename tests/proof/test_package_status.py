import json

from migrate.lock.markers import linux
from migrate.proof.compare import Comparison, Package, Status, compared
from migrate.proof.installs import _unreleased, _versions  # the reading of what uv prints is worth a test of its own
from migrate.proof.report import document, table

BEFORE = {"same": "1.0", "spelled": "1.0.0", "changed": "1.0", "removed": "2.0", "odd": "1-legacy-x"}
AFTER = {"same": "1.0", "spelled": "1.0", "changed": "1.1", "added": "3.0", "odd": "1-legacy-x"}


def comparison() -> Comparison:
    return Comparison(compared(BEFORE, AFTER), "3.11", "pip")


def test_status_of_each_package() -> None:
    assert {package.name: package.status for package in comparison().packages} == {
        "added": Status.ADDED,
        "changed": Status.CHANGED,
        "odd": Status.SAME,
        "removed": Status.REMOVED,
        "same": Status.SAME,
        "spelled": Status.SAME,
    }
    assert [package.name for package in comparison().differences] == ["added", "changed", "removed"]


def test_local_version_is_another_one() -> None:
    assert Package("torch", "2.0", "2.0+cpu").status is Status.CHANGED


def test_table() -> None:
    assert table(comparison()) == (
        "Python 3.11, pip against the lock: 3 same, 1 changed, 1 added, 1 removed\n"
        "  added    added    3.0\n"
        "  changed  changed  1.0 → 1.1\n"
        "  removed  removed  2.0\n"
    )


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = table(Comparison((Package("a\x1b[2J", None, "1\n2"),), "3.11", "uv"))
    assert "\x1b" not in text
    assert text.count("\n") == 2


def test_document() -> None:
    content = json.loads(document([comparison()]))
    (project,) = content["projects"]
    assert (content["schema"], project["project"], project["python"], project["resolver"]) == (1, ".", "3.11", "pip")
    assert project["packages"][0] == {
        "name": "added",
        "before": None,
        "after": "3.0",
        "status": "added",
        "announced": None,
    }


def test_announced_difference_is_none_that_counts() -> None:
    told = Comparison(compared(BEFORE, AFTER, {"removed": "R173", "same": "R155"}), "3.11", "pip", "api")
    assert [package.name for package in told.differences] == ["added", "changed", "removed"]
    assert [package.name for package in told.unannounced] == ["added", "changed"]
    assert table(told).startswith("api: Python 3.11")
    assert "  removed  removed  2.0  (announced: R173)\n" in table(told)
    assert "same " not in table(told).partition("\n")[2]


def test_version_that_is_not_known_is_that_of_the_other_side() -> None:
    (package,) = compared({"local": "1.0"}, {"local": ""})
    assert package.status is Status.SAME


def test_prerelease_that_only_pip_takes_has_a_hint() -> None:
    text = table(Comparison((Package("pluggy", "1.0.0.dev0", "0.13.1"),), "3.11", "pip"))
    assert text.endswith("to keep this one, require pluggy==1.0.0.dev0\n")


def test_what_holds_on_linux_is_installed() -> None:
    exported = (
        "--index-url https://pypi.example/simple\n# a comment\n"
        "Flask==3.0.3\ncolorama==0.4.6 ; sys_platform == 'win32'\ntomli==2.0 ; python_version < '3.11'\n"
        "numpy==1.24.4 ; python_full_version < '3.12'\nnumpy==2.0 ; python_full_version >= '3.12'\n"
        "thing @ https://pypi.example/thing.whl\n./local\n"
    )
    assert _versions(exported, linux("3.11")) == {
        "flask": "3.0.3",
        "numpy": "1.24.4",
        "thing": "https://pypi.example/thing.whl",
        "./local": "./local",
    }


def test_packages_that_come_from_no_index_have_the_version_of_the_lock() -> None:
    lock = """version = 1
[[package]]
name = "thing"
version = "1.2"
source = { git = "https://git.example/thing?rev=main#abc" }
[[package]]
name = "local"
source = { editable = "libs/local" }
[[package]]
name = "flask"
version = "3.0.3"
source = { registry = "https://pypi.example/simple" }
"""
    exported = "flask==3.0.3\nthing @ git+https://git.example/thing@abc\n-e ./libs/local\n"
    assert _versions(exported, linux("3.11"), _unreleased(lock)) == {"flask": "3.0.3", "thing": "1.2", "local": ""}
