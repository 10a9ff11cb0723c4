"""Findings about pyproject.toml (P2xx)."""

from migrate.findings.model import Kind, Severity

UNREADABLE = Kind(
    "P201",
    Severity.ERROR,
    "the file cannot be read: {reason}",
    "save it as UTF-8 text, which TOML demands",
    "pyproject.toml is UTF-8 by the TOML specification. What cannot be read is not changed.",
)
NOT_TOML = Kind(
    "P202",
    Severity.ERROR,
    "not valid TOML: {reason}",
    "correct the file; uv could not read it either",
    "The file breaks the grammar of TOML 1.0, so that nobody can say what it means.",
)
MALFORMED = Kind(
    "P203",
    Severity.ERROR,
    "{key} is not {expected}",
    "correct the value as the pyproject.toml specification has it",
    "The value has a type or a content that the specification of project metadata does not allow.",
)
UNUSUAL_FORM = Kind(
    "P204",
    Severity.ERROR,
    "the file is written in a form that uvmigrate does not edit",
    "write [project] and [tool.uv] as tables with headers of their own instead of inline or dotted",
    "The same data can be written in many ways in TOML. Every change is read back, and is only kept if it says exactly "
    "what it should and nothing else changed.",
)
DYNAMIC_DEPENDENCIES = Kind(
    "P210",
    Severity.ERROR,
    "the dependencies are dynamic: a build backend reads them from elsewhere",
    'take "dependencies" out of project.dynamic, and its source out of the build backend\'s table',
    "Dependencies that are listed in project.dynamic must not be listed in project.dependencies as well.",
)
OTHER_MANAGER = Kind(
    "P211",
    Severity.ERROR,
    "the project is managed by {tool}",
    "move it to uv with a tool made for {tool} projects, or take the table out if it is a leftover",
    "Poetry, PDM, Hatch, Pixi and Rye keep dependencies in tables of their own. Adding a second list beside them would "
    "leave two truths.",
)
METADATA_ELSEWHERE = Kind(
    "P212",
    Severity.ERROR,
    "there is a [build-system] but no [project]: the metadata stands elsewhere",
    "move the metadata of setup.py or setup.cfg to [project], or take [build-system] out if nobody installs the project",
    "A new [project] table would hide the metadata of setup.py and setup.cfg from the build backend, and the project "
    "would no longer be installed as before.",
)
SETUP_FILE = Kind(
    "P214",
    Severity.ERROR,
    "this file describes the project, and a new [project] table would hide it: {reason}",
    "move its metadata to [project] in pyproject.toml, or remove the file if nobody installs the project",
    "A build backend takes the metadata from [project] if there is one, and from setup.py or setup.cfg only what "
    "project.dynamic names. uvmigrate reads both files without running them, and writes the tables that keep the project "
    "installable. Where it cannot tell what they say, the project would no longer be installed as before.",
)
ALREADY_UV = Kind(
    "P213",
    Severity.WARNING,
    "the project already uses uv, and its dependencies differ from the requirements files",
    "add what is missing with `uv add -r requirements.txt`, or remove the requirements files",
    "There is a uv.lock beside a [project] table. They are what counts, so they are left as they are.",
)
DEPENDENCY_CONTRADICTION = Kind(
    "P220",
    Severity.ERROR,
    "no version of {name} satisfies both project.dependencies and {other}",
    "keep the one of the two that is right",
    "The project's own dependency and the requirements file exclude each other under the same marker.",
)
SELF_DEPENDENCY = Kind(
    "P221",
    Severity.ERROR,
    "the project has the name of its own dependency {name} ({other})",
    "rename the project in project.name",
    "uv refuses a project that depends on a package of its own name.",
)
PYTHON_CONTRADICTION = Kind(
    "P222",
    Severity.ERROR,
    "project.requires-python is {present}, which excludes Python {python} of the Dockerfile",
    "make project.requires-python and the base image agree",
    "uv would refuse to install the project in the image.",
)
NAME_TAKEN = Kind(
    "P230",
    Severity.INFO,
    "the project is called {name}, because {folder} is one of its dependencies",
    "choose another name in project.name if you like; nothing depends on it",
    "The name comes from the folder. uv refuses a project that depends on a package of its own name.",
)
UV_CONTRADICTION = Kind(
    "P223",
    Severity.ERROR,
    "{key} of [tool.uv] says something else than the requirements files",
    "make the two agree, or take one of them out",
    "An option, a constraint or a source of the requirements files has its counterpart in [tool.uv], and that is there "
    "already with another value. uvmigrate does not choose between the two.",
)
