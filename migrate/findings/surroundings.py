"""Findings about the files around requirements and Dockerfile (F5xx)."""

from migrate.findings.model import Kind, Severity

STILL_NAMED = Kind(
    "F501",
    Severity.INFO,
    "stays, because {place} names it",
    "change that place to uv, then remove the file",
    "Every line of this requirements file is in pyproject.toml now, but another file still names it. It is removed only "
    "when nothing needs it, so that no documented command, script or workflow breaks.",
)
LOCK_IGNORED = Kind(
    "F502",
    Severity.WARNING,
    "keeps {name} out of git",
    "remove this line: the lock belongs into the repository",
    "The file .gitignore hides a file that the new setup needs in every clone.",
)
NOTHING_TO_MIGRATE = Kind(
    "F503",
    Severity.INFO,
    "there is no requirements file here",
    "name the project's folder with --project, or the file with --requirements",
    "uvmigrate starts from the requirements files of the project: those that its Dockerfiles install, or that are called "
    "so. This folder has none.",
)
ALREADY_UV = Kind(
    "F504",
    Severity.INFO,
    "this project already uses uv",
    "nothing to do",
    "The folder has a uv.lock and no requirements file, so there is nothing left to migrate.",
)
UNREADABLE = Kind(
    "F505",
    Severity.WARNING,
    "left as it is: {reason}",
    "check by hand that it shows pyproject.toml and uv.lock, and hides .venv",
    "This file decides what the image build or git sees. It is not UTF-8 text or is a symbolic link, so it is not read.",
)
FOLDER_UNKNOWN = Kind(
    "F506",
    Severity.WARNING,
    "left as it is: it is not certain from which folder this Dockerfile is built",
    "name its context in a compose file, or move its `pip install` step to uv by hand",
    "No compose file, bake file, workflow or script says from which folder this Dockerfile is built, or they name several, "
    "and more than one folder has what it copies.",
)
CONTEXT_ELSEWHERE = Kind(
    "F507",
    Severity.WARNING,
    "left as it is: it is built from the folder {context}{place}, where pyproject.toml and uv.lock are not",
    "run uvmigrate in that folder, or build from the project's folder",
    "A build sees its own folder only. The new pyproject.toml and uv.lock lie in the project's folder, outside of it.",
)
OTHER_PYTHON_BUILT = Kind(
    "F508",
    Severity.WARNING,
    "builds {dockerfile} with Python {other}, and the lock is for {version}",
    "widen requires-python and run `uv lock`, or build all images with one Python",
    "A build argument chooses the image, and with it the Python. The lock is made for the Python of one of these builds; for "
    "another one `uv sync` may refuse it, or miss packages.",
)
TARGET_BY_NUMBER = Kind(
    "F509",
    Severity.ERROR,
    "asks for the stage number {number}, which is number {now} now",
    "give the stage a name with AS, and ask for it by that name",
    "New stages in front of others change their numbers. Inside of the Dockerfile numbers are changed too; what other files "
    "ask for is not.",
)
PROJECT = Kind(
    "F520",
    Severity.INFO,
    "one of {count} projects of this repository, which is migrated on its own",
    "name one of them with --project to migrate only that one",
    "A folder with a Dockerfile that installs the requirements files of that folder is a project: it gets a "
    "pyproject.toml and a uv.lock of its own.",
)
NAMED_ONLY_THERE = Kind(
    "F510",
    Severity.INFO,
    "left as it is: no requirements file has what this installs by name: {packages}",
    "write it into requirements.txt, let the Dockerfile install that, and run again",
    "uvmigrate starts from requirements files. What a Dockerfile names itself becomes part of pyproject.toml beside them; "
    "alone it does not say what the project is.",
)
OUTSIDE_OF_PROJECTS = Kind(
    "F511",
    Severity.WARNING,
    "left as it is: it is the image of no project that is migrated",
    "run uvmigrate on the folder that it is built from, if its requirements files are there, or move its `pip install` step "
    "to uv by hand",
    "A project is a folder with requirements files, and the Dockerfiles that install nothing but these. This Dockerfile calls "
    "pip, but it installs files of several folders, or such that are not in the repository, or none at all.",
)
