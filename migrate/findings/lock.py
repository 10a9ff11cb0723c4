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
    "The Python version comes from the image of the Dockerfile, runtime.txt, .python-version, the metadata of the "
    "project, tox or the workflows, in this order. None of them names one, so the lock is made for the interpreter in use.",
)
PYTHON_CONTRADICTION = Kind(
    "U404",
    Severity.WARNING,
    "this says Python {version}, but {chosen_path} says {chosen}, which is used",
    "make the two agree",
    "Two files name different Python versions, or one admits only others. The one that is closest to what runs wins: the "
    "Dockerfile's image first, then runtime.txt, .python-version, the metadata of the project, tox and the workflows.",
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
PLATFORM_NARROWED = Kind(
    "U407",
    Severity.INFO,
    "the lock is for Linux only ({marker}), because {wider} has no lock for every platform:\n{reason}",
    "on another system work inside the image, or change the requirement that uv names",
    "uv resolves for every platform unless [tool.uv] names its environments. These pins have a solution on the platform of "
    "the image, the only one where the old setup is known to work.",
)
PYTHON_FLOATING = Kind(
    "U408",
    Severity.WARNING,
    "the image {image} names no minor version of Python, so the next build may bring another one",
    "name the version in this FROM, as in python:{chosen}-slim",
    "A tag such as python:3 or python:latest means the newest Python of the day on which the image is built. The lock is "
    "made for the version that the next source names, or for the interpreter in use.",
)
PRERELEASE = Kind(
    "U410",
    Severity.ERROR,
    "{package} has only pre-releases such as {version} in the range that is asked for:\n{reason}",
    "write the pre-release into requirements.txt, as in {package}=={version}; nothing was written",
    "pip takes a pre-release when nothing else fits. uv does so only for a package that the project itself requires with a "
    "pre-release in its version specifier. A line in the requirements file allows it for this one package.",
)
ISOLATED = Kind(
    "U411",
    Severity.ERROR,
    "{package} imports {module} while it is built, and does not say so:\n{reason}",
    'create a pyproject.toml with [tool.uv.extra-build-dependencies] and the line {package} = ["{module}"]; nothing was written',
    "uv builds every package in an environment of its own, with only what the package declares. This one expects a package "
    "that happened to be installed before it.",
)
UNBUILDABLE = Kind(
    "U412",
    Severity.ERROR,
    "{package} {version} cannot be built here, and there is no wheel to read its dependencies from:\n{reason}",
    "install Python {python} and what the build needs here, or move to a version of {package} with wheels; one that is older "
    'than today\'s setuptools may need a pyproject.toml with [tool.uv] and build-constraint-dependencies = ["setuptools<58"]; '
    "if you know what it requires, a [[tool.uv.dependency-metadata]] table with name, version and requires-dist says so without "
    "a build; nothing was written",
    "A lock needs the dependencies of every package. An old source distribution tells them only when its setup.py runs, which "
    "fails under a Python that is too new, or without a compiler or a library. Builds are isolated, with the newest setuptools: "
    "use_2to3 needs one below 58, setuptools.Feature one below 46. An old pip outside of isolation took the one of the image.",
)
PACKAGE_MISSING = Kind(
    "U413",
    Severity.ERROR,
    "{package} is not on the index:\n{reason}",
    "correct the name, or tell uv the index that has it, with [[tool.uv.index]] in pyproject.toml; nothing was written",
    "uv does not read pip.conf or PIP_INDEX_URL. A package from another index needs that index in pyproject.toml.",
)
CREDENTIALS = Kind(
    "U414",
    Severity.ERROR,
    "the index {index} wants credentials, or refuses those that it got:\n{reason}",
    "set UV_INDEX_<NAME>_USERNAME and UV_INDEX_<NAME>_PASSWORD, or run `uv auth login`; nothing was written",
    "uv reads neither pip's keyring settings nor pip.conf. Credentials belong into the environment, never into the files.",
)
UNREACHABLE = Kind(
    "U415",
    Severity.ERROR,
    "an index cannot be reached from here, or does not answer as an index does:\n{reason}",
    "check the network, UV_OFFLINE and the proxy's variables, and run again; nothing was written",
    "To lock, uv asks the index for the metadata of every package. Nothing is wrong with the project itself.",
)
REPOSITORY_UNREACHABLE = Kind(
    "U430",
    Severity.ERROR,
    "git cannot fetch {repository} from here:\n{reason}",
    "check the address, and let git read it here without a question: a credential helper for HTTPS, a key for SSH; "
    "nothing was written",
    "To lock, uv fetches the repositories that packages come from, with git as it is configured here. One that is gone or "
    "private, or a host that cannot be reached, ends the lock; the image would not be built there either.",
)
LACKING = Kind(
    "U431",
    Severity.WARNING,
    "the lock lacks what wheels for Linux require: {packages}; pip would have installed {count} more",
    "if the program needs them there, require them in pyproject.toml; `uvmigrate verify` lists all",
    "uv reads what a package requires from one of its wheels, and expects the others to require the same. A few large packages "
    "have other requirements in their wheels for Linux, and the lock does not have what only these name.",
)
TIMED_OUT = Kind(
    "U416",
    Severity.ERROR,
    "the lock is not ready in time: {reason}",
    "run `uv lock` by hand to see what it waits for; nothing was written",
    "Locking was ended after a long time without a result. Mostly an old package is being built again and again.",
)
INTERPRETER_MISSING = Kind(
    "U417",
    Severity.ERROR,
    "Python {python} is not installed here, and uv cannot download it:\n{reason}",
    "install it, for example with `uv python install '{python}'`; nothing was written",
    "uv needs an interpreter that requires-python admits, to build packages that have no wheel. It looks on PATH, then "
    "downloads one unless that is switched off.",
)
PYTHON_TOO_OLD = Kind(
    "U425",
    Severity.ERROR,
    "uv locks nothing for Python {python}",
    "move the project to Python 3.8 or newer first, or name the Python that it runs on by now; nothing was written",
    "uv manages environments from Python 3.8 on. The Python of the project comes from its images, or from what its files "
    "declare.",
)
MOVED = Kind(
    "U426",
    Severity.WARNING,
    "production has other versions because images install it with groups: {moves}",
    "pin these versions in the requirements file of production, or loosen those of the groups",
    "A lock has one version of each package for production and for all groups. pip resolved each image on its own. Groups that "
    "no image installs are left out where they would change production (R170); those of images have to stay.",
)
MOVED_BY_SYSTEMS = Kind(
    "U427",
    Severity.WARNING,
    "production has other versions than in an image, because the lock is for all systems: {moves}",
    "pin these versions; or, if nobody needs the lock outside of images, write environments = [\"sys_platform == 'linux' "
    "and platform_python_implementation == 'CPython'\"] below [tool.uv] and run uv lock --upgrade",
    "A lock holds for every system and for every Python that requires-python admits. What Windows, macOS or PyPy need can "
    "keep a package back that an image could have newer; pip resolved for the image alone.",
)
ONLY_CPYTHON = Kind(
    "U429",
    Severity.INFO,
    "uv.lock is for CPython only, because packages that PyPy needs would keep others back: {moves}",
    "if somebody runs this on PyPy, remove environments below [tool.uv] and run `uv lock`",
    "A lock holds for every interpreter that uv knows. What only PyPy needs can keep a package back that CPython could have "
    "newer. Nothing in the repository names PyPy, so the lock is for CPython, and images keep their versions.",
)
MOVED_BY_PRODUCTION = Kind(
    "U428",
    Severity.WARNING,
    "the image that installs {groups} alone has other versions, because they share the lock of production: {moves}",
    "pin these versions in this file, or loosen the limits of production's requirements",
    "A lock has one version of each package for production and for all groups, also for a group that an image installs "
    "without production. pip resolved that image on its own.",
)
VERSION_MISSING = Kind(
    "U418",
    Severity.ERROR,
    "the index has no {package}{version}:\n{reason}",
    "choose a version that exists, or tell uv the index that has it; nothing was written",
    "The version was never published, or was removed from the index, or lies on another index. pip cannot install it either.",
)
SDIST_NAME = Kind(
    "U419",
    Severity.ERROR,
    "{package} {version} has only a source distribution whose file name uv refuses:\n{reason}",
    "move to a version with a wheel or a .tar.gz, or make a wheel with `pip wheel --no-deps {package}=={version}` and give its "
    "folder with --find-links; nothing was written",
    "Old packages were published as .tgz, .tar.bz2 or .tar.xz. pip installs them; uv takes wheels, and source distributions "
    "that are called as PEP 625 has it.",
)
PRUNABLE = Kind(
    "U420",
    Severity.INFO,
    "{number} of {all} pins are here only because other packages need them",
    "--prune leaves them out of dependencies; uv.lock keeps their versions",
    "Every line pins a version, as pip freeze writes them. The lock records all of these versions anyway, so dependencies "
    "need only name what the project asks for itself.",
)
PRUNED = Kind(
    "U421",
    Severity.INFO,
    "{number} of {all} pins are left to the lock, because other packages bring them: {names}",
    "add those to dependencies that the project uses itself under another name",
    "With --prune only the pins stay in dependencies that nothing else needs, that have extras or a marker, or that the code "
    "imports. The lock was made again and did not change by one version.",
)
NOT_PRUNED = Kind(
    "U422",
    Severity.WARNING,
    "all {all} pins stay in dependencies, because the lock would change without {names}",
    "take out single ones by hand, and look at what `uv lock` changes",
    "With --prune the lock is made again from fewer dependencies. It came out different, so nothing was left out.",
)
THAWED = Kind(
    "U423",
    Severity.INFO,
    "{number} constraints only froze versions: uv.lock keeps them, [tool.uv] does not name them",
    "`uv lock --upgrade` moves on when you want to; {idle} of them were for packages that are not installed",
    "Every constraint is one exact version, and together with the pins of the requirements they leave no package open: they "
    "were made by a tool, to install the same again. That is what uv.lock is for. It was made once with the constraints and once "
    "without, and has the same packages both times.",
)
NOT_THAWED = Kind(
    "U424",
    Severity.WARNING,
    "{number} constraints that only froze versions stay, because the lock would change without them",
    "take out single ones by hand, and look at what `uv lock` changes",
    "The lock was made once with the constraints and once without, preferring their versions. It came out different, so all of "
    "them stay in constraint-dependencies.",
)
