import pytest
from conftest import RepoMaker

from migrate import requirements
from migrate.lock.pins import lost_pins
from migrate.python_version import Version

LOCK = """
version = 1
[[package]]
name = "numpy"
version = "1.26.4"
[[package]]
name = "torch"
version = "2.2.0+cpu"
[[package]]
name = "odd"
version = "not-a-version"
[[package]]
name = "before"
source = { virtual = "." }
"""


def lost(repo_of: RepoMaker, text: str, python: Version = Version(3, 11)) -> list[str]:  # noqa: B008 - a frozen value
    wanted = requirements.read(repo_of({"requirements.txt": text}), "requirements.txt").requirements
    return [finding.message for finding in lost_pins(wanted, LOCK, python)]


@pytest.mark.parametrize(
    "line",
    [
        "numpy==1.26.4",
        "NumPy == 1.26.4.0",
        "numpy===1.26.4",
        "numpy==1.26.*",
        "numpy>=2",
        "numpy",
        "torch==2.2.0",
        "torch==2.2.0+cpu",
        "odd===not-a-version",
        "numpy==1.0 ; python_version < '3.8'",
        "numpy==1.0 ; sys_platform == 'win32'",
        "pywin32==306 ; sys_platform == 'win32'",
    ],
)
def test_pin_that_the_lock_keeps(repo_of: RepoMaker, line: str) -> None:
    assert lost(repo_of, line) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("numpy==1.26.3", "numpy is pinned to 1.26.3, but the lock has 1.26.4"),
        ("numpy==1.0 ; python_version >= '3.8'", "numpy is pinned to 1.0, but the lock has 1.26.4"),
        ("torch==2.2.0+cu118", "torch is pinned to 2.2.0+cu118, but the lock has 2.2.0+cpu"),
        ("Flask==3.0", "Flask is pinned to 3.0, but the lock has no version of it"),
    ],
)
def test_pin_that_is_lost(repo_of: RepoMaker, line: str, message: str) -> None:
    assert lost(repo_of, f"numpy\n{line}\n") == [message]
