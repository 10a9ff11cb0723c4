"""Findings about requirements files (R1xx)."""

from migrate.findings.model import Kind, Severity

UNREADABLE = Kind(
    "R101",
    Severity.ERROR,
    "the file cannot be read: {reason}",
    "save it as UTF-8 text inside the project",
    "Requirements files are read as pip reads them: by their byte order mark, the encoding that they declare, else as UTF-8. What is no text in that encoding, a very large file and one without read permission are left alone, and so is everything that depends on them.",
)
OTHER_ENCODING = Kind(
    "R102",
    Severity.ERROR,
    "the file declares the encoding {encoding}, which cannot be read",
    "save it as UTF-8 and take the encoding declaration out",
    "pip obeys an encoding declaration in the first two lines. Python does not know this one, or it is none in which a requirements file can be written.",
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
    "the included file {target} is outside of the repository",
    "move the file into the repository, or run uvmigrate on the folder that holds both",
    "Nothing outside of the folder that uvmigrate is given is read, whatever a requirements file says. An absolute path counts as "
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
    "uv has no setting that means the same as this option of pip, or the option stands where pip passes over it. uvmigrate does not drop one in silence.",
)
EDITABLE = Kind(
    "R132",
    Severity.INFO,
    "the repository is installed as a package instead of being checked out for editing",
    "clone it into the project and name the folder if you want to edit it",
    "pip clones an editable repository below src and installs it from there. uv installs the same commit like any other package.",
)
HASHES = Kind(
    "R133",
    Severity.ERROR,
    "the hash belongs to no requirement",
    "put it on the line of the package that it is for",
    "A hash says which files of one package may be installed.",
)
URL = Kind(
    "R134",
    Severity.ERROR,
    "the requirement at a URL is not converted: {reason}",
    "name the package and add the URL to [tool.uv.sources] in pyproject.toml by hand",
    "The package comes from a URL or a version control system instead of an index, which uv notes as a source. uv reads files by HTTP and git repositories.",
)
LOCAL = Kind(
    "R135",
    Severity.ERROR,
    "the requirement at a local path is not converted: {reason}",
    "give the folder a pyproject.toml with [project] inside of the repository, or publish the package",
    "pip reads this as a folder or an archive on the disk, which uv notes as a source. uvmigrate runs no code of a repository, so name, version and dependencies of a folder must be written in its [project].",
)
VARIABLE = Kind(
    "R136",
    Severity.ERROR,
    "the line depends on the environment variable {name}",
    "write its value into the line, or keep this requirement out of the file",
    "pip replaces ${{NAME}} by the variable's value when it runs. That value is not part of the project, and uv replaces nothing in pyproject.toml. Only the name and password of a URL may be variables: they are handed to uv.",
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
OTHER_ENCODING_KEPT = Kind(
    "R103",
    Severity.WARNING,
    "the file is converted, but not removed, because it is not UTF-8",
    "remove it by hand when nothing needs it any more",
    "Every change is shown as a patch of UTF-8 text. A file in UTF-16 or Latin-1, such as PowerShell writes, is read as pip reads it and left in its place.",
)
CONSTRAINT_UNUSUAL = Kind(
    "R131",
    Severity.ERROR,
    "the constraint has extras or a source of its own",
    "write only a name and versions here, and the rest where the package is required",
    "Constraints limit versions without requiring a package. uv's constraint-dependencies take nothing else, and current versions of pip refuse extras there too.",
)
NAMELESS = Kind(
    "R138",
    Severity.ERROR,
    "the line does not tell the name of the package",
    "write `name @ ` in front of the URL, or `#egg=name` behind it",
    "uv notes a source under the name of its package. The name is taken from the line, from #egg=, or from the file name of a wheel or source archive, or uv looks "
    "into the package at the URL (R143); it is not guessed.",
)
NAME_TOLD = Kind(
    "R143",
    Severity.INFO,
    "the package at this URL is {name}, as uv tells",
    "nothing",
    "pip takes a URL without a name and looks into the package. uv notes a source under the name of its package, so uv was "
    "asked to look; it builds the package if nothing in it tells its name.",
)
ITSELF = Kind(
    "R139",
    Severity.ERROR,
    "the project itself is required, which is not converted",
    "describe the project in [project] of pyproject.toml and take this line out: uv installs it by itself",
    "`.` installs the project in whose folder pip runs. uv does that for a project with a [build-system] without being told.",
)
INDEX_TWICE = Kind(
    "R141",
    Severity.ERROR,
    "another line names another default index",
    "keep one --index-url; others can be --extra-index-url",
    "pip uses the last --index-url that it reads. It is hardly certain which one that is when files include each other.",
)
FOSSIL = Kind(
    "R152",
    Severity.INFO,
    "{name}==0.0.0 is left out: it is no package",
    "nothing to do",
    "Old versions of pip on Debian and Ubuntu wrote this line into frozen files. No index has such a package.",
)
CONDA = Kind(
    "R153",
    Severity.WARNING,
    "{name} was built by conda at a path that only existed there; its name without a version is kept",
    "pin the version that you want: `conda list` of that environment tells it",
    "`pip freeze` in a conda environment writes the folder in which conda built the package. pip cannot install from it anywhere else.",
)
WINDOWS_ONLY = Kind(
    "R154",
    Severity.WARNING,
    "{name} is installed on Windows only: it has no files for other systems",
    "nothing to do, unless the package was renamed",
    "The line has no marker, so pip would try to install the package everywhere, and fail. The marker sys_platform == 'win32' is added.",
)
PREFER_BINARY = Kind(
    "R155",
    Severity.WARNING,
    "--prefer-binary is left out: uv always takes the newest version that fits",
    "use --only-binary for packages that must not be built",
    "With --prefer-binary pip takes an older wheel rather than a newer source archive. uv has no such setting; a version that is pinned or locked stays.",
)
HASHES_REQUIRED = Kind(
    "R156",
    Severity.INFO,
    "--require-hashes is left out: uv always checks files against the hashes in uv.lock",
    "nothing to do",
    "uv.lock has a hash for each file, and `uv sync` refuses a file with another one.",
)
SOURCE_TWICE = Kind(
    "R142",
    Severity.ERROR,
    "{name} comes from another place here than at {other}",
    "keep the one of the two that is right",
    "One package cannot come from two places, such as an index and a git repository. uv knows sources that depend on a "
    "marker; write such a pair by hand.",
)
OPTION_IGNORED = Kind(
    "R157",
    Severity.WARNING,
    "{option} is left out: pip passes over it behind a requirement",
    "if it is meant, add it to [tool.uv] in pyproject.toml, or write it on a line of its own before the migration",
    "Behind a requirement pip reads hashes and settings for the build only. Every other option there has no effect, "
    "so that nothing changes without it.",
)
