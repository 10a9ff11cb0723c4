import json

from migrate.lock.markers import linux
from migrate.proof.compare import Comparison, Package, Status, compared
from migrate.proof.installs import _versions  # the reading of what uv prints is worth a test of its own
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
    content = json.loads(document(comparison()))
    assert (content["schema"], content["python"], content["resolver"]) == (1, "3.11", "pip")
    assert content["packages"][0] == {"name": "added", "before": None, "after": "3.0", "status": "added"}


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
