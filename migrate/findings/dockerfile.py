"""Findings about Dockerfiles (D3xx)."""

from migrate.findings.model import Kind, Severity

UNREADABLE = Kind(
    "D301",
    Severity.WARNING,
    "left as it is: {reason}",
    "check that `docker build` accepts this file",
    "The file is not a Dockerfile by BuildKit's grammar, or is not UTF-8 text, so nothing in it is changed.",
)
STAGES_DIFFER = Kind(
    "D302",
    Severity.WARNING,
    "left as it is: the packages come from a stage with the image {one}, and this one has {other}",
    "let both stages start from the same Python, then run uvmigrate again",
    "A virtual environment needs the Python that it was made with at the same path, so both stages have to bring the same "
    "one, on the same system (Debian or Alpine).",
)
STAGE_LEFT = Kind(
    "D318",
    Severity.INFO,
    "the stage {stage} still calls pip in line {where}: it has nothing to do with the packages of the project",
    "",
    "A stage that neither uses the converted requirements files nor shares packages with a stage that does, and that is not "
    "understood with certainty, keeps its bytes while the other stages are migrated.",
)
OTHER_BASE = Kind(
    "D303",
    Severity.WARNING,
    "left as it is: no virtual environment for the image {image}: {reason}",
    "use an official python image, or move the `pip install` step to uv by hand",
    "Only the official python images are known to have one Python at one place, which the virtual environment needs in "
    "the builder and in the runtime alike.",
)
PIP_UNCLEAR = Kind(
    "D304",
    Severity.WARNING,
    "left as it is: {reason} has no counterpart yet",
    "install from requirements.txt only, or move this step to uv by hand",
    "This step calls pip in a way that cannot be carried over with certainty, so the whole Dockerfile keeps its bytes.",
)
STEP_UNCLEAR = Kind(
    "D305",
    Severity.WARNING,
    "left as it is: {reason}",
    "rewrite this step, or move the Dockerfile to uv by hand",
    "This step touches what the migration changes (the packages, their place, PATH or the requirements files) in a way "
    "that is not certain to keep its meaning, so the whole Dockerfile keeps its bytes.",
)
BREAKS_AT_START = Kind(
    "D306",
    Severity.WARNING,
    "the Dockerfile is left as it is: {reason}",
    "call the program by its name, so that PATH finds it in the virtual environment",
    "The packages move from the image's own Python to a virtual environment that PATH finds. A start command, script or "
    "configuration that names the old place or calls pip would not find them any more.",
)
BUILD_PACKAGES_MOVED = Kind(
    "D307",
    Severity.INFO,
    "moved to the builder: {packages}",
    "if the program itself compiles something while it runs, add them to the runtime again",
    "Compilers and headers are needed to build packages, not to run them. Where headers go, the package of their library "
    "stays behind.",
)
HEADERS_KEPT = Kind(
    "D308",
    Severity.INFO,
    "{packages}: installed in the builder and kept in the runtime, because its library is not known",
    "replace it in the runtime stage by the package that has only the library",
    "By its name this package has headers, so packages may need it to build. Which library belongs to it is not known, "
    "and a missing library breaks the program, so it stays.",
)
BUILD_PACKAGES_KEPT = Kind(
    "D309",
    Severity.INFO,
    "{packages}: installed in the builder and kept in the runtime, because {reason}",
    "remove it from the runtime stage if that step does not need it",
    "A step that stays in the runtime may need this compiler or build tool.",
)
REQUIREMENTS_FILE_GONE = Kind(
    "D310",
    Severity.WARNING,
    "left as it is: it installs {file}, which is not the requirements file that was converted",
    "include that file in requirements.txt with -r, or move this step to uv by hand",
    "The Dockerfile installs another requirements file than the one that pyproject.toml was written from.",
)
OTHER_INCLUDE = Kind(
    "D347",
    Severity.WARNING,
    "left as it is: {file} includes other files in the image than in the repository: {other}",
    "copy the requirements files so that they lie in the image as in the repository, or move this step to uv by hand",
    "pip looks for an included file beside the one that includes it. A COPY that lays requirements files out otherwise lets "
    "pip read another file than the one that stands there in the repository, which is in pyproject.toml now, or none.",
)
INLINE_PACKAGES = Kind(
    "D312",
    Severity.INFO,
    "now dependencies in pyproject.toml: {packages}",
    "change their versions in pyproject.toml from now on; uv.lock keeps them",
    "The Dockerfile named these packages itself, beside its requirements files. uv installs what the lock has, so they "
    "are dependencies of the project now.",
)
VENV_OUTSIDE = Kind(
    "D311",
    Severity.INFO,
    "the virtual environment is {venv}, because {reason}",
    "",
    "The usual place is .venv in the working directory. Here something would hide, replace or copy it there, so it has a "
    "place of its own. An anonymous volume over .venv would show it again, but such a volume keeps the packages of the image "
    "that was built first, whatever is built later.",
)
NEEDS_MORE = Kind(
    "D314",
    Severity.ERROR,
    "the image needs more than pyproject.toml and uv.lock to install the packages: {reason}",
    "write the builder by hand: give `uv sync` the folders, and the credentials as a secret",
    "uvmigrate's builder copies pyproject.toml, uv.lock and the folders of local packages only, and these only where pip "
    "installed them in any case. Folders of wheels and what is behind credentials need more: a COPY, or RUN "
    "--mount=type=secret.",
)
INDEX_TOLD = Kind(
    "D315",
    Severity.INFO,
    "now in pyproject.toml: {setting}",
    "change it in pyproject.toml from now on; uv reads no settings of pip",
    "The Dockerfile told pip where packages come from, or which to take. uv takes that from pyproject.toml, so that every "
    "installation of the project does the same.",
)
INDEX_OF_THE_BUILD = Kind(
    "D316",
    Severity.WARNING,
    "the build argument {name} chooses no index any more: uv.lock names the place of each package",
    "if builds give it another value, lock with that index, or run `uv export` and install with that index",
    "A build could give this argument another value. A lock has the addresses of its packages, so the default value is "
    "the index of pyproject.toml now.",
)
SECRETS_NEEDED = Kind(
    "D317",
    Severity.ERROR,
    "the build needs the credentials of the index {index} as secrets: {names}",
    "set these variables and give each to `docker build` with --secret id=NAME",
    "Credentials do not belong into files or images. The builder takes them from secrets, whose names are those of the "
    "variables that uv reads, and nothing of them is in the image.",
)
INLINE_GROUP = Kind(
    "D319",
    Severity.INFO,
    "now the dependency group {group} in pyproject.toml: {packages}",
    "change their versions in pyproject.toml from now on; `uv sync --group {group}` installs them",
    "The Dockerfile named these packages itself, and other images do not have them, or this one has nothing of the "
    "project's requirements files. A group of their own in the same lock gives each image what it had.",
)
SETUPTOOLS_ADDED = Kind(
    "D321",
    Severity.INFO,
    "setuptools is a dependency now, because pkg_resources, which this image brought, is imported by {using}",
    "use importlib.metadata and importlib.resources in its place, or a package that does, and take setuptools out again",
    "Images of Python before 3.12 bring setuptools; a virtual environment of uv does not. Code that imports "
    "pkg_resources would fail, so setuptools becomes a dependency, in the last versions that have that module. Some "
    "packages import it too, and require no setuptools or any, also the newest; those that are known to are told here.",
)
BUILD_PACKAGES_UNNEEDED = Kind(
    "D340",
    Severity.INFO,
    "not installed any more, neither to build nor to run: {packages}",
    "if the program itself compiles something while it runs, add them to the runtime again",
    "Compilers and headers serve to build packages. The lock names a wheel of every package for the Python and the system "
    "of this image, so that nothing has to be built. Libraries that packages may load themselves stay.",
)
BUILD_PACKAGES_STAY = Kind(
    "D341",
    Severity.INFO,
    "no package needs these to be built, they only stay in the runtime: {packages}",
    "remove them if nothing else in the container uses them",
    "The lock names a wheel of every package for the Python and the system of this image. Which libraries these packages "
    "bring along that a program may load is not known on Alpine, so they stay.",
)
ARGUMENT_WITHOUT_CHOICE = Kind(
    "D322",
    Severity.WARNING,
    "the build argument {name} chooses no packages any more: those of {file} are installed",
    "make the other requirements files dependency groups, and choose one with `uv sync --group`",
    "A build could name another requirements file with this argument. Only the default one is part of pyproject.toml.",
)
VERSION_WITHOUT_CHOICE = Kind(
    "D324",
    Severity.WARNING,
    "the build argument {name} chooses no version any more: {package} is in pyproject.toml",
    "change the version in pyproject.toml, then run `uv lock`",
    "A build could install another version with this argument. A lock has one answer: the default.",
)
NOT_EDITABLE = Kind(
    "D325",
    Severity.INFO,
    "{name} is a copy in the virtual environment now, no longer used from {folder}",
    "build the image again after a change of the code; what a build left in its folder (extension modules, `*.egg-info`) "
    "is not there any more",
    "An editable installation needs its folder at the same path in the builder and in the runtime, and a project with "
    "extension modules leaves them in the folder of the builder.",
)
PIP_AT_START = Kind(
    "D342",
    Severity.WARNING,
    "the Dockerfile is left as it is: this calls pip when the container starts",
    "make what it installs dependencies; or copy uv into the runtime and call `uv pip install` there",
    "The virtual environment of uv has no pip, and packages that come in at the start are in no lock: two containers of one "
    "image may run different versions.",
)
UV_AT_WORK = Kind(
    "D346",
    Severity.WARNING,
    "the Dockerfile is left as it is: {program} is called here, and the new image would not have it",
    "start the program itself in place of `uv run`; or make what `uvx` starts a dependency",
    "The build brought uv to install packages. In the new image only the builder has it, so that whatever calls it while the "
    "container runs would fail.",
)
SCRIPT_CHANGED = Kind(
    "D343",
    Severity.INFO,
    "finds its programs in the virtual environment now, as {dockerfile} has it",
    "",
    "The file is in the image and named programs of the image's own Python by their whole path, or ran under that Python. "
    "Only these paths are changed.",
)
JOINED = Kind(
    "D344",
    Severity.INFO,
    "uv installs for the own Python of {image}, beside what the image brings",
    "",
    "What starts in this image is installed for its own Python, which sees no virtual environment. So uv installs there, as pip "
    "did, and is in the image only while it does. Of a package that the image brings too, the version of uv.lock is installed.",
)
PYTHON_OUTSIDE_LOCK = Kind(
    "D345",
    Severity.WARNING,
    "left as it is: {has}, and uv.lock is for {wanted}",
    "name a version in FROM that uv.lock is for; or widen requires-python, run `uv lock`, and then uvmigrate again",
    "`uv sync` refuses a lock that is not for the Python of the image, so the new image could not be built. An image whose tag "
    "names no version of Python has the newest one of the day.",
)
