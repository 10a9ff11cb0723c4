"""Findings about uv, the lock and the Python version (U4xx)."""

from migrate.findings.model import Kind, Severity

LOCK_FAILED = Kind(
    "U401",
    Severity.ERROR,
    "uv finds no lock for these requirements:\n{reason}",
    "change the requirement that uv names, or check that the packages can be reached from here; nothing was written",
    "`uv lock` ran on the new pyproject.toml in a scratch folder and failed. The message is uv's own. The repository is "
    "left as it was; most often a pinned version does not exist for the Python of the image, or an index is out of reach.",
)
RANGE_NARROWED = Kind(
    "U402",
    Severity.INFO,
    "requires-python is {chosen}, because {wider} has no lock:\n{reason}",
    "raise the pins that uv names when you move to a newer Python",
    "uv resolves for every Python that requires-python admits. The wide range has no solution for the pinned versions, "
    "the Python of the image alone has one, and that is the one the old setup used.",
)
PYTHON_UNKNOWN = Kind(
    "U403",
    Severity.WARNING,
    "nothing tells which Python this project runs on; {version}, the one that runs uvmigrate, is assumed",
    "name the version in the Dockerfile's FROM, as in python:{version}-slim, or in a .python-version file",
    "The Python version comes from the image of the Dockerfile, .python-version or runtime.txt, in this order. "
    "None of them names one, so the lock is made for the interpreter in use.",
)
PYTHON_CONTRADICTION = Kind(
    "U404",
    Severity.WARNING,
    "this says Python {version}, but {chosen_path} says {chosen}, which is used",
    "make the two agree",
    "Two files name different Python versions. The one that decides what runs wins: the Dockerfile's image first, "
    "then .python-version, then runtime.txt.",
)
NOT_LOCKED = Kind(
    "U405",
    Severity.WARNING,
    "uv.lock is not written, because locking is switched off",
    "run `uv lock` before the next image build: the new Dockerfile copies uv.lock",
    "With --no-lock uvmigrate does not run uv. Everything else is written, and the image cannot be built until the lock "
    "exists.",
)
PIN_LOST = Kind(
    "U406",
    Severity.ERROR,
    "{name} is pinned to {version}, but the lock has {locked}",
    "look at the markers of this line; nothing was written",
    "Every exact version of the old files must be in the lock. This one is not, so the migration would change a version.",
)
