"""Findings about where packages come from: indexes, credentials, hashes (R16x)."""

from migrate.findings.model import Kind, Severity

CREDENTIALS = Kind(
    "R160",
    Severity.INFO,
    "the index {name} needs credentials, which are not written: set {variable}_USERNAME and {variable}_PASSWORD",
    "set the two variables where uv runs, and change the password if this file was ever published",
    "Names and passwords do not belong into pyproject.toml or uv.lock. For its own lock uvmigrate hands what this file holds to uv through its environment.",
)
CREDENTIALS_GIT = Kind(
    "R161",
    Severity.INFO,
    "the repository of {name} needs credentials, which are not written",
    "let git know them where uv runs, through a credential helper or an SSH key",
    "Names and passwords do not belong into pyproject.toml or uv.lock. For its own lock uvmigrate hands what this file holds to git through its environment.",
)
CREDENTIALS_MISSING = Kind(
    "R162",
    Severity.ERROR,
    "{place} needs credentials, and the environment variable {name} is not set",
    "set {name} and run uvmigrate again",
    "The line takes its name or password from the environment, as pip does. Without them the index or repository cannot be asked.",
)
INDEX_ASKED = Kind(
    "R163",
    Severity.INFO,
    "{packages} come from the index {name}, all others from where they came before",
    "nothing to do",
    "pip takes the best version that any index has, uv the first index that has the package. Each package was looked up in all indexes; those that only this index gave are bound to it.",
)
INDEX_NOT_ASKED = Kind(
    "R164",
    Severity.WARNING,
    "the index {name} comes first for every package, because it was not asked what it has",
    "run uvmigrate without --no-lock",
    "pip takes the best version that any index has, uv the first index that has the package. Without locking it is not known which packages this index serves.",
)
HASHES_GONE = Kind(
    "R167",
    Severity.WARNING,
    "{count} hashes of {name} belong to no file that the index has today",
    "nothing: every file that uv may install has one of the other hashes",
    "Files can be removed from an index after a requirements file was compiled. All files of the locked version are among "
    "those that the line allows, so nothing new can be installed.",
)
INDEX_UNDECIDED = Kind(
    "R165",
    Severity.ERROR,
    "{package} would come in another version or from another index than with pip",
    "bind the package to its index in [tool.uv.sources] by hand",
    "pip takes the best version that any index has, uv the first index that has the package. Here the two differ for a package that is not required directly.",
)
HASH_UNKNOWN = Kind(
    "R166",
    Severity.ERROR,
    "no file of {name} that was locked has the hash {hash}",
    "find out which of the two is right before you trust either",
    "Each hash must belong to a file of the locked version. This one does not, and that version has a file whose hash the line "
    "does not allow: a file was replaced, or the line was changed by hand.",
)
