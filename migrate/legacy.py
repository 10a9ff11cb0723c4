"""The old setup of a project, read once: what pip is told, by which files, and on which Python."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrate import requirements, setup_files
from migrate.declared import declared
from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.found import found as found_dockerfiles
from migrate.dockerfile.installed import installed, installs_itself
from migrate.dockerfile.project import constraining, pythons, target_of, with_inline
from migrate.findings import Finding
from migrate.findings import discovery as kinds
from migrate.mentions import installs_project, named
from migrate.options import Options
from migrate.python_version import Pythons, Version, choose
from migrate.repo import Repo
from migrate.requirements import ITSELF, Group, Line, Requirement, Requirements
from migrate.setup_files import SetupFiles


@dataclass(frozen=True, slots=True)
class Installation:
    """What an image installs: dependency groups, and production too unless they are installed alone."""

    groups: tuple[Group, ...] = ()
    has_production: bool = True


@dataclass(frozen=True, slots=True)
class Legacy:
    """What the old files of a repository say.

    `given` are the requirements files that pip is told to install, in order. `production` is what they and the
    Dockerfiles themselves ask for, `groups` what other files add for development, `target` what Dockerfiles become.
    `findings` and `lines` are what there is to say about all of it, and the account of every line. `images` are the
    requirements files that the images install, by Dockerfile; `constraints` those that limit versions wherever it is.
    """

    repo: Repo
    given: tuple[str, ...]
    production: Requirements
    groups: tuple[Group, ...]
    target: Target
    pythons: Pythons
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]
    images: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constraints: tuple[str, ...] = ()

    @property
    def python(self) -> Version:
        """The Python version that the project runs on."""
        return self.pythons.chosen

    @property
    def is_nothing(self) -> bool:
        """Whether there is no requirements file."""
        return not (self.given or self.groups or self.findings)

    @property
    def installations(self) -> tuple[Installation, ...]:
        """What is installed together: what each image has of production and groups, and production if none has it."""
        found: list[Installation] = []
        for image, files in self.images.items():
            groups = tuple(group for group in self.groups if group.path in {image, *files})
            has_production = {*self.given} - {ITSELF} <= requirements.reached(self.repo, *files)
            if has_production or (groups and all(group.name in self.target.alone for group in groups)):
                found.append(Installation(groups, has_production))
        if self.given and not any(each.has_production for each in found):
            found.append(Installation())
        return tuple(sorted(dict.fromkeys(found), key=lambda each: bool(each.groups)))

    @property
    def groups_of_images(self) -> frozenset[str]:
        """The names of the groups that images install."""
        return frozenset(group.name for each in self.installations for group in each.groups)

    def alone(self, groups: Sequence[Group]) -> Requirements:
        """Return what pip is told in an image that installs some groups without production."""
        files = [group.path for group in groups if group.path in self.files]
        named = (one for group in groups if group.path not in self.files for one in group.requirements)
        wanted = requirements.read(self.repo, *files, constraints=self.constraints)
        own = (*wanted.requirements, *named)
        return replace(self.production, requirements=own, constraints=wanted.constraints, pins=wanted.pins)

    def without(self, groups: Collection[str], reason: str) -> "Legacy":
        """Return the same with the files of some groups, given by name, left as they are.

        So are those of groups that include them. `reason` says why.
        """
        gone = {*groups}
        while more := {group.name for group in self.groups if gone.intersection(group.includes)} - gone:
            gone |= more
        left = [group for group in self.groups if group.name in gone]
        files = {file for group in left for file in (group.path, *group.files)}
        return replace(
            self,
            production=replace(
                self.production, pins=tuple(pin for pin in self.production.pins if pin.path not in files)
            ),
            groups=tuple(group for group in self.groups if group.name not in gone),
            target=replace(
                self.target,
                groups={path: name for path, name in self.target.groups.items() if name not in gone},
                alone=self.target.alone - gone,
            ),
            findings=(*self.findings, *(kinds.GROUP_LEFT.at(group.path, reason=reason) for group in left)),
            lines=tuple(replace(line, result=None) if line.path in files else line for line in self.lines),
        )

    @property
    def inline(self) -> tuple[Requirement, ...]:
        """What the Dockerfiles name themselves."""
        return tuple(one for one in self.production.requirements if one.path not in self.production.files)

    @property
    def options(self) -> tuple[str, ...]:
        """The indexes that the Dockerfiles tell pip, as a requirements file says it."""
        lines = (line for line in self.production.lines if line.path not in self.production.files)
        return tuple(line.text for line in lines if line.text.startswith("--"))

    @property
    def files(self) -> tuple[str, ...]:
        """All requirements files, those of the groups included."""
        return (*self.production.files, *(file for group in self.groups for file in group.files))


def legacy(repo: Repo, uv_version: str, options: Options) -> Legacy:
    """Return what the old files of a repository say; where a line is blocked, nothing but the files' own account.

    `uv_version` is the uv that the new Dockerfiles take.
    Raises MigrateError if the options name a file that does not exist.
    """
    dockerfiles = found_dockerfiles(repo)
    images = installed(dockerfiles, repo)
    constraints = constraining(repo)
    found = requirements.discover(repo, images, named(repo), options, constraints)
    itself = installs_itself(dockerfiles, repo) or (not images and installs_project(repo))
    given = (*found.production, *([ITSELF] if itself and requirements.own(repo) else []))
    wanted = requirements.read(repo, *given, constraints=constraints)
    if wanted.blocked.intersection(constraints):
        constraints, wanted = (), requirements.read(repo, *given)
    chosen, about_python = choose(pythons(repo, options), declared(repo))
    target = replace(
        target_of(repo, wanted, uv_version, options),
        unbuildable=tuple(_needs(wanted)),
        needs_git=_needs_git(wanted),
        constraints=frozenset(constraints),
    )
    if not (given or found.groups):
        said = (_undecided(found.undecided),) if found.undecided else ()
        return Legacy(repo, (), wanted, (), target, chosen, said, ())
    if wanted.blocked:
        return Legacy(repo, given, wanted, (), target, chosen, wanted.findings, wanted.lines)
    present = repo.toml("pyproject.toml").get("dependency-groups")
    grouped = requirements.grouped(
        repo, wanted, found.groups, found.alone, present if isinstance(present, dict) else {}
    )
    names = {group.name: group.path for group in grouped.groups}
    target = replace(target, groups={path: name for name, path in names.items()}, alone=found.alone & names.keys())
    if isinstance(setup_files.read(repo), SetupFiles):
        target = replace(target, is_dynamic=False)
    if wanted.has_itself:
        files = {*wanted.files, *names.values()}
        target = replace(target, itself=frozenset(path for path in files if requirements.read(repo, path).has_itself))
    production, own = with_inline(wanted, target)
    images_have = {file for files in images.values() for file in requirements.reached(repo, *files)}
    pins, about_pins = requirements.together(wanted.pins, grouped.pins, images_have)
    wanted = replace(production, pins=pins)
    groups = (*grouped.groups, *own)
    target = replace(target, indexes=wanted.indexes, local=dict(_local(wanted, groups)))
    findings = (*wanted.findings, *found.findings, *grouped.findings, *about_pins, *about_python)
    lines = (*wanted.lines, *grouped.lines)
    return Legacy(repo, given, wanted, groups, target, chosen, findings, lines, images, constraints)


def _undecided(paths: tuple[str, ...]) -> Finding:
    others = ", ".join(paths[1:])
    return kinds.PRODUCTION_UNKNOWN.at(paths[0], others=others, first=paths[0])


def _needs(wanted: Requirements) -> Iterator[str]:
    """Yield what the build of an image needs beside pyproject.toml and uv.lock."""
    places = [str(setting.value) for setting in wanted.settings if setting.key == "find-links"]
    yield from (f"{place} of the repository" for place in places if "://" not in place)
    logins = (one.source.login for one in wanted.requirements if one.source)
    yield from (f"credentials for {login.url}" for login in logins if login)


def _local(wanted: Requirements, groups: Iterable[Group]) -> Iterator[tuple[str, bool]]:
    """Yield the folders and archives that packages come from, and whether they are editable."""
    for one in (*wanted.requirements, *(each for group in groups for each in group.requirements)):
        if one.source and one.source.local:
            yield one.source.local, one.source.is_editable


def _needs_git(wanted: Requirements) -> bool:
    return any(key == "git" for one in wanted.requirements if one.source for key, _ in one.source.keys)
