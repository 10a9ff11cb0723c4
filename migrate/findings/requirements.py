"""Findings about requirements files (R1xx)."""

from migrate.findings.model import Kind, Severity

UNREADABLE = Kind(
    "R101",
    Severity.ERROR,
    "the file cannot be read: {reason}",
    "save it as UTF-8 text inside the project",
    "uvmigrate reads requirements files as UTF-8, with or without a byte order mark. A file in another encoding, a "
    "very large file or one without read permission is left alone, and so is everything that depends on it.",
)
OTHER_ENCODING = Kind(
    "R102",
    Severity.ERROR,
    "the file declares the encoding {encoding}, which is not how uvmigrate reads it",
    "save it as UTF-8 and take the encoding declaration out",
    "pip obeys an encoding declaration in the first two lines. Where that may change what the file says, uvmigrate "
    "does not choose between the two readings.",
)
INCLUDE_MISSING = Kind(
    "R110",
    Severity.ERROR,
    "the included file {target} does not exist",
    "correct the path, which is relative to this file, or take the line out",
    "pip stops at an include that it cannot open. Folders that hold installed packages or caches are not looked into.",
)
INCLUDE_OUTSIDE = Kind(
    "R111",
    Severity.ERROR,
    "the included file {target} is outside of the project",
    "move the file into the project, or run uvmigrate on the folder that holds both",
    "Nothing outside of the project's folder is read, whatever a requirements file says. An absolute path counts as "
    "outside, because it means another file on another machine.",
)
INCLUDE_LINK = Kind(
    "R112",
    Severity.ERROR,
    "the included file {target} is a symbolic link or lies behind one",
    "include the file that the link names",
    "Symbolic links are not followed: what they name may lie outside of the project.",
)
INCLUDE_CYCLE = Kind(
    "R113",
    Severity.ERROR,
    "the included file {target} includes this file again",
    "break the circle: move what both files need into a third one",
    "pip refuses requirements files that include each other in a circle.",
)
INCLUDE_URL = Kind(
    "R114",
    Severity.ERROR,
    "the included file is a URL",
    "download the file into the project and include that copy",
    "A file behind a URL can change at any time and is not part of the project, so it cannot be converted.",
)
INCLUDE_CROWDED = Kind(
    "R115",
    Severity.ERROR,
    "the line includes a file and says something else too",
    "write every -r on a line of its own",
    "pip reads one include from a line and passes over the rest of it, or over the include if a package stands first. "
    "That is hardly what the author meant.",
)
INVALID = Kind(
    "R120",
    Severity.ERROR,
    "not a valid requirement: {reason}",
    "write the line as PEP 508 has it, for example `name==1.0` or `name>=1,<2 ; python_version < '3.12'`",
    "The line is not a dependency specifier by PEP 508, or one that pip and uv would read differently. Most such lines "
    "are refused by current versions of pip as well.",
)
INVALID_OPTION = Kind(
    "R121",
    Severity.ERROR,
    "the option {option} cannot be read: {reason}",
    "correct the option as pip's documentation of requirements files has it",
    "A requirements file takes only some of pip's options, and each of them only with its own kind of value.",
)
TOO_LONG = Kind(
    "R122",
    Severity.ERROR,
    "the line is too long to be read safely",
    "break it into one requirement per line",
    "A requirement has at most 4,096 characters, a line with its options at most 65,536, and no more than 255 blanks "
    "stand in a row. Real files stay far below; the limits keep a hostile file from stalling uvmigrate.",
)
OPTION = Kind(
    "R130",
    Severity.ERROR,
    "the option {option} is not converted",
    "move it to [tool.uv] in pyproject.toml by hand and take it out of this file",
    "Options of pip change where packages come from or how they are built. uvmigrate does not drop one in silence.",
)
CONSTRAINTS = Kind(
    "R131",
    Severity.ERROR,
    "a constraints file is not converted",
    "move its lines to constraint-dependencies of [tool.uv] in pyproject.toml and take this line out",
    "Constraints limit versions without requiring a package. uv keeps them apart from the dependencies.",
)
EDITABLE = Kind(
    "R132",
    Severity.ERROR,
    "an editable install is not converted",
    "add the project to [tool.uv.sources] in pyproject.toml by hand and take this line out",
    "An editable requirement installs a folder or a repository rather than a released package.",
)
HASHES = Kind(
    "R133",
    Severity.ERROR,
    "a requirement with hashes is not converted",
    "take the hashes out: uv.lock records its own for every file",
    "The hashes say which files may be installed. Dropping them in silence would drop a promise that somebody made.",
)
URL = Kind(
    "R134",
    Severity.ERROR,
    "a requirement at a URL is not converted",
    "name the package and add the URL to [tool.uv.sources] in pyproject.toml by hand",
    "The package comes from a URL or a version control system instead of an index, which uv notes as a source.",
)
LOCAL = Kind(
    "R135",
    Severity.ERROR,
    "a requirement at a local path is not converted",
    "name the package and add its path to [tool.uv.sources] in pyproject.toml by hand",
    "pip reads this as a folder or an archive on the disk, which uv notes as a source.",
)
VARIABLE = Kind(
    "R136",
    Severity.ERROR,
    "the line depends on the environment variable {name}",
    "write its value into the line, or keep this requirement out of the file",
    "pip replaces ${{NAME}} by the variable's value when it runs. That value is not part of the project.",
)
TEMPLATE = Kind(
    "R137",
    Severity.ERROR,
    "the line is part of a template",
    "run uvmigrate on a project that was made from the template",
    "Template marks of Jinja make the file something that pip cannot read either before it is filled in.",
)
CONTRADICTION = Kind(
    "R140",
    Severity.ERROR,
    "no version of {name} satisfies both this line and {other}",
    "keep the one of the two that is right",
    "Two lines ask for versions of one package that exclude each other, under the same marker. pip refuses them too.",
)
REPEATED = Kind(
    "R150",
    Severity.INFO,
    "{name} is required in the same way at {other}; it is written once",
    "nothing to do",
    "The line says nothing that an earlier one has not said, so one entry in pyproject.toml stands for both.",
)
INCLUDED_AGAIN = Kind(
    "R151",
    Severity.INFO,
    "{target} was already included; its lines are written once",
    "nothing to do",
    "Several files include the same file. It is read once, where it comes first.",
)
