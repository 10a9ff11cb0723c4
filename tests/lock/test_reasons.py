"""What uv 0.13 says, shortened but word for word, and what it is taken for."""

import pytest

from migrate.lock.reasons import reason_of
from migrate.lock.uv import LockFailed, TookTooLong
from migrate.python_version import Version

NO_SOLUTION = "error: No solution found when resolving dependencies\n  cause: "
BUILD = """error: Failed to build `{}`
  cause: The build backend returned an error
         ModuleNotFoundError: No module named '{module}'

hint: This error likely indicates that `flash-attn@2.5.8` depends on `{module}`, but doesn't declare it as a build \
dependency. Otherwise, either add it to your `pyproject.toml` under:

[tool.uv.extra-build-dependencies]
{package} = ["{module}"]
"""


PYTHON = Version(3, 9)

GIT = "   Updating https://git.example/shop.git (HEAD)\nerror: {} `shop @ git+https://git.example/shop.git`\n"


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("error: No interpreter found for Python >=3.14 in managed installations or search path", "U417", "Python 3.9"),
        ("error: Failed to inspect Python interpreter from search path at `/x/python3.7`", "U417", "Python 3.9"),
        (
            (
                "error: The requested interpreter resolved to Python 3.12.1, which is incompatible with the project's "
                "Python requirement: `>=3.12.12, <3.13` (from `project.requires-python`)"
            ),
            "U417",
            "Python >=3.12.12, <3.13",
        ),
        (
            "error: Failed to download `https://x.example/python-build-standalone/cpython-3.9`\n  cause: dns error",
            "U417",
            "Python 3.9",
        ),
        (
            NO_SOLUTION + "Because flask was not found in the package registry …\n\nhint: An index URL "
            "(https://pypi.example/simple) could not be queried due to a lack of valid authentication credentials",
            "U414",
            "https://pypi.example/simple",
        ),
        (
            NO_SOLUTION + "Because flask was not found in the package registry\n\nhint: An index "
            "(https://pypi.example/simple) returned a 403 Forbidden error. Check that the index URL is correct",
            "U414",
            "https://pypi.example/simple",
        ),
        (
            NO_SOLUTION + "flask was not found in the cache\n\nhint: … because the network was disabled.",
            "U415",
            "index",
        ),
        ("error: Request failed after 3 retries in 7.5s\n  cause: Failed to fetch: https://x/", "U415", "index"),
        (
            GIT.format("Failed to download and build") + "  cause: Git operation failed\n  cause: failed to clone",
            "U430",
            "cannot fetch https://git.example/shop.git from here",
        ),
        (
            GIT.format("Failed to build") + "  cause: the build backend returned an error",
            "U412",
            "shop",
        ),
        ("error: Failed to fetch: https://x/\n  cause: HTTP status server error (500)", "U415", "index"),
        (
            NO_SOLUTION + "Because there are no versions of otel-flask\n\nhint: Pre-releases are available for "
            "`otel-flask` in the requested range (e.g., 0.66b1), but pre-releases weren't enabled",
            "U410",
            "otel-flask==0.66b1",
        ),
        (BUILD.format("flash-attn==2.5.8", package="flash-attn", module="torch"), "U411", 'flash-attn = ["torch"]'),
        (BUILD.format("uwsgi==1.9", package="uwsgi", module="imp"), "U412", "uwsgi 1.9 cannot be built"),
        ("error: Failed to build `uwsgi==1.9`\n  cause: The build backend returned an error", "U412", "uwsgi 1.9"),
        (NO_SOLUTION + "Because xyzzy was not found in the package registry and your project …", "U413", "xyzzy"),
        (NO_SOLUTION + "Because there is no version of flask==99.0 and your project …", "U418", "flask==99.0"),
        (
            NO_SOLUTION
            + "Because only pyyaml<=6.0.3 is available and your project depends on pyyaml>=24.7.0,<24.8.dev0, …",
            "U418",
            "no pyyaml>=24.7.0,<24.8.dev0",
        ),
        (NO_SOLUTION + "Because a==1 depends on b>=2 and your project depends on b==1", "U401", "depends on b==1"),
        ("something that uv never said", "U401", "something that uv never said"),
    ],
)
def test_reason(text: str, code: str, named: str) -> None:
    finding = reason_of(LockFailed(text), PYTHON).at("pyproject.toml")
    assert finding.code == code
    assert named in finding.message + finding.hint


def test_time_limit() -> None:
    reason = reason_of(TookTooLong("uv did not finish within 5 seconds"), PYTHON)
    assert (reason.at("pyproject.toml").code, reason.is_final) == ("U416", True)


def test_credentials_are_not_repeated() -> None:
    text = "error: Failed to fetch: https://user:secret@pypi.example/simple/flask/\n  cause: 401 Unauthorized) for url (https://user:secret@pypi.example/)"
    finding = reason_of(LockFailed(text), PYTHON).at("pyproject.toml")
    assert finding.code == "U414"
    assert "secret" not in finding.message + finding.hint


@pytest.mark.parametrize(
    ("text", "is_final"),
    [
        (NO_SOLUTION + "Because xyzzy was not found in the package registry", True),
        ("error: Request failed after 3 retries in 7.5s", True),
        ("error: No interpreter found for Python ==3.7.*", True),
        (NO_SOLUTION + "a==1 depends on b", False),
        ("error: Failed to build `uwsgi==1.9`", False),
    ],
)
def test_narrower_range_is_tried_only_where_it_may_help(text: str, *, is_final: bool) -> None:
    assert reason_of(LockFailed(text), PYTHON).is_final is is_final


@pytest.mark.parametrize(
    ("text", "python", "code"),
    [
        ("error: Invalid version request: Python <3.6 is not supported but 2.7 was requested.", Version(2, 7), "U425"),
        ("error: Failed to inspect Python interpreter from search path at `/x/python3.7`", Version(3, 7), "U425"),
        ("error: No interpreter found for Python 3.7 in managed installations", Version(3, 7), "U425"),
        ("error: No interpreter found for Python 3.8 in managed installations", Version(3, 8), "U417"),
        (NO_SOLUTION + "Because demo was not found in the package registry …", Version(3, 7), "U413"),
    ],
)
def test_python_that_uv_does_not_know(text: str, python: Version, code: str) -> None:
    assert reason_of(LockFailed(text), python).kind.code == code
