"""Findings about the images that stages start from (D33x)."""

from migrate.findings.model import Kind, Severity

PYTHON_TOO_OLD = Kind(
    "D330",
    Severity.WARNING,
    "left as it is: the image has Python {version}, and uv installs packages for {oldest} and later only",
    "use an image with a newer Python first",
    "uv neither locks nor installs for a Python that old, whatever the packages are.",
)
SLIM = Kind(
    "D331",
    Severity.INFO,
    "the runtime stands on {image}; packages of the system that it installs for that: {packages}",
    "start the image once, and run what it is for",
    "With --slim-runtime the builder keeps the full image and the runtime gets the slim one of the same release. Programs "
    "that start commands, scripts, steps and the code call, and libraries that packages of the lock load, are installed.",
)
SLIM_UNCLEAR = Kind(
    "D332",
    Severity.WARNING,
    "the runtime keeps the image {image}: {reason}",
    "",
    "--slim-runtime needs to know the slim image of the same release, and what the program needs of the full one.",
)
SLIM_UNKNOWN = Kind(
    "D333",
    Severity.WARNING,
    "no wheel for this image: {packages}; if one is linked against libraries, the slim runtime may lack them",
    "start the image once, and install the missing library in the runtime",
    "The full image of the builder has the headers of many libraries. A package that is compiled there may need those "
    "libraries at run time; for well-known packages uvmigrate installs them, for these it does not know any.",
)
