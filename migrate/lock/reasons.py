"""What uv says when it finds no lock → the finding with the setting or the hint that helps."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from migrate.findings import Finding, Kind
from migrate.findings import lock as kinds
from migrate.lock.uv import LockFailed, TookTooLong
from migrate.python_version import OLDEST, Version

_CREDENTIALS = re.compile(r"//[^/@\s]+@")
_PACKAGE = r"`?(?P<package>[A-Za-z0-9][\w.-]*?)`?"

# Modules that a build may miss because the Python is too new or too old, not because a package is missing.
_STANDARD_LIBRARY = sys.stdlib_module_names | {"ConfigParser", "StringIO", "distutils", "imp", "asynchat", "asyncore"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no lock. `is_final`: no narrower range of Python versions can help."""

    kind: Kind
    details: dict[str, str]
    is_final: bool

    def at(self, path: str) -> Finding:
        """Return the finding that says so about a file."""
        return self.kind.at(path, None, **self.details)


# In this order: the first pattern that uv's message has names the cause.
_PATTERNS: tuple[tuple[re.Pattern[str], Kind, bool], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), kind, is_final)
    for pattern, kind, is_final in (
        (r"Invalid version request: Python <\S+ is not supported", kinds.PYTHON_TOO_OLD, True),
        (r"No interpreter found for Python", kinds.INTERPRETER_MISSING, True),
        (r"Failed to (?:query|inspect) Python interpreter", kinds.INTERPRETER_MISSING, True),
        (r"Failed to download `[^`]*python-build-standalone", kinds.INTERPRETER_MISSING, True),
        (
            r"requested interpreter resolved to Python \S+, which is incompatible .*requirement: `(?P<python>[^`]+)`",
            kinds.INTERPRETER_MISSING,
            True,
        ),
        (r"\((?P<index>[^()\s]+)\) could not be queried due to a lack of valid auth", kinds.CREDENTIALS, True),
        (r"An index(?: URL)? \((?P<index>[^()\s]+)\) returned a 40[13]", kinds.CREDENTIALS, True),
        (r"40[13] \w+\) for url \((?P<index>[^()\s]+)\)", kinds.CREDENTIALS, True),
        (
            r"`[^`\n]+ @ git\+(?P<repository>[^`\n]+)`\n(?:.*\n)*?.*Git operation failed",
            kinds.REPOSITORY_UNREACHABLE,
            True,
        ),
        (r"the network was disabled", kinds.UNREACHABLE, True),
        (r"^error: (?:Request failed|Failed to (?:fetch|download))", kinds.UNREACHABLE, True),
        (r"client error \(Connect\)|operation timed out", kinds.UNREACHABLE, True),
        (r"^error: (?:Received some unexpected|Unsupported `Content-Type`)", kinds.UNREACHABLE, True),
        (
            rf"Pre-releases are available for {_PACKAGE} in the requested range \(e\.g\., (?P<version>[^)\s]+)\)",
            kinds.PRERELEASE,
            False,
        ),
        (
            rf"depends on `(?P<module>[\w.-]+)`, but doesn't declare it.*\n(?:.*\n)*?{_PACKAGE} = \[",
            kinds.ISOLATED,
            False,
        ),
        (
            rf"Failed to (?:build|download and build) {_PACKAGE}(?:==(?P<version>[^`\s]+)| @ [^`\n]+)?`",
            kinds.UNBUILDABLE,
            False,
        ),
        (rf"{_PACKAGE}==(?P<version>\S+) has a non-PEP 625-compliant source", kinds.SDIST_NAME, True),
        (rf"[Bb]ecause {_PACKAGE} was not found in the package registry", kinds.PACKAGE_MISSING, True),
        (rf"there are no versions of {_PACKAGE}(?![\w=<>!~.-])", kinds.PACKAGE_MISSING, True),
        (rf"there is no version of {_PACKAGE}(?P<version>==[^\s,]+)", kinds.VERSION_MISSING, False),
        (
            rf"only {_PACKAGE}[<>=]\S* is available and your project depends on (?P=package)(?P<version>[<>=!~]\S*),",
            kinds.VERSION_MISSING,
            False,
        ),
    )
)


def reason_of(failure: LockFailed, python: Version) -> Reason:
    """Return why uv found no lock for a Python version; LOCK_FAILED with uv's own words if nothing else fits."""
    text = without_credentials(str(failure))
    if isinstance(failure, TookTooLong):
        return Reason(kinds.TIMED_OUT, {"reason": text}, is_final=True)
    details = {"reason": text, "python": str(python)}
    for match, kind, is_final in _matches(text):
        found = {name: value or "" for name, value in match.groupdict().items()}
        if kind is kinds.ISOLATED and found["module"].partition(".")[0] in _STANDARD_LIBRARY:
            continue
        is_old = kind is kinds.INTERPRETER_MISSING and python < OLDEST
        return Reason(kinds.PYTHON_TOO_OLD if is_old else kind, details | found, is_final)
    return Reason(kinds.LOCK_FAILED, details, is_final=False)


def without_credentials(text: str) -> str:
    """Return a text with the user and the password of every URL in it hidden."""
    return _CREDENTIALS.sub("//***@", text)


def _matches(text: str) -> Iterable[tuple[re.Match[str], Kind, bool]]:
    return ((match, kind, final) for pattern, kind, final in _PATTERNS if (match := pattern.search(text)))
