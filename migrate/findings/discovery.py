"""Findings about what requirements files are for (R17x)."""

from migrate.findings.model import Kind, Severity

GROUP_LEFT = Kind(
    "R170",
    Severity.WARNING,
    "the file is left as it is: {reason}",
    "write its group into [dependency-groups] of pyproject.toml by hand",
    "A requirements file for development becomes a dependency group. Where that is not certain, the file stays, and the "
    "rest of the project is migrated without it.",
)
PURPOSE_UNKNOWN = Kind(
    "R171",
    Severity.WARNING,
    "the file is left as it is: requirements.txt does not include it, and its name does not say what it is for",
    "include it in requirements.txt with -r, or write it into [dependency-groups] of pyproject.toml by hand",
    "Files for development, tests, documentation, linting and typing become dependency groups by their names. Others may "
    "belong to a variant of the application, so they are not touched.",
)
COMPILED = Kind(
    "R172",
    Severity.WARNING,
    "the file is left as it is: every pin of {file}, which was made from it, becomes a dependency",
    "after the migration, take out of [project] what this file does not name; uv.lock keeps the versions",
    "pip-compile and `uv pip compile` write a requirements file with all pins from a file with the direct dependencies. "
    "The pins are what pip installed, so they are what is migrated.",
)
PRODUCTION_UNKNOWN = Kind(
    "R173",
    Severity.ERROR,
    "it is not certain which file is installed in production: this one or {others}",
    "name it, for example with `--requirements {first}`",
    "The files that the Dockerfiles install are production. Where there is none, the names of the files tell, such as "
    "requirements.txt or requirements/prod.txt. Here neither does.",
)
PIN_OF_OTHER = Kind(
    "R175",
    Severity.WARNING,
    "{name} gets another version in this group: {other} says {kept}",
    "nothing, unless the group needs its old version; then write it into [dependency-groups]",
    "Compiled files are compiled one by one, and a lock has one version of each package. The version of production counts, "
    "else that of the group that comes first. Files that an image installs keep theirs, or the lock is refused.",
)
PIN_UNUSED = Kind(
    "R174",
    Severity.WARNING,
    "{name} is not installed any more: nothing in the files from which this one was compiled requires it",
    "compile the file again before the migration, or add the package to [project] if it is needed",
    "The file was compiled from others, which say what is required; its own versions are kept in uv.lock. A package that "
    "only the compiled file names is left over from an earlier time, or was added by hand.",
)
