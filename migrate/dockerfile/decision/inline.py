"""What a Dockerfile names itself, as in `pip install gunicorn==23`: it becomes part of pyproject.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrate.dockerfile.decision.told import Told, told
from migrate.dockerfile.decision.undeclared import SETUPTOOLS, importing
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import VARIABLE, Install
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.once import once
from migrate.requirements import Index, Line, Requirement, Setting, Source, contradict, implies, requirement
from migrate.text import listed

_WITHOUT_SETUPTOOLS = (3, 12)  # the first Python whose images do not bring it
# Words of a Dockerfile's path that do not say what the image is for.
_MEANINGLESS = frozenset({"build", "compose", "containerfile", "deploy", "docker", "dockerfile", "images", "services"})


@dataclass(frozen=True, slots=True)
class Inline:
    """What a stage tells pip itself: packages, indexes and settings with their line, and which index gives what.

    `group` is the dependency group of the packages; None: they are dependencies of the project. `sources` is by
    package; such an index serves only packages that are named together with it.
    """

    requirements: tuple[Requirement, ...] = ()
    group: str | None = None
    told: tuple[tuple[Line, Index | Setting], ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def at(self, path: str) -> "Inline":
        """Return the same of a Dockerfile whose path is seen from another folder."""
        return replace(
            self,
            requirements=tuple(replace(one, path=path) for one in self.requirements),
            told=tuple((replace(line, path=path), what) for line, what in self.told),
        )

    @classmethod
    def of(cls, facts: Facts) -> "Inline":
        """Return what a stage without obstacles tells pip."""
        lines = tuple((_line(facts, each), each.what) for each in told(facts))
        return cls(inline_requirements(facts), group_of(facts), lines, sources(facts))


@once
def group_of(facts: Facts) -> str | None:
    """Return the dependency group of the packages that a stage names itself; None if it is the project that needs them.

    They are not the project's if other images or stages come from the same lock, or if this one takes no requirements
    file of the project.
    """
    installs = facts.installs.values()
    is_alone = not any(each.files or each.folders for each in installs) and bool(facts.target.gone)
    is_new = any(one.line != facts.stage.start.line for one in inline_requirements(facts))
    if not is_new or not (facts.target.is_shared or is_alone):
        return None
    return group_name(facts)


def group_name(facts: Facts, end: str = "") -> str:
    """Return what a dependency group of an image is called, by its path or stage; of the only image, by `end` alone."""
    words = [word for word in re.split(r"[^a-z0-9]+", facts.path.lower()) if word and word not in _MEANINGLESS]
    if facts.stage.name and len(facts.stages) > 1:
        words = [facts.stage.name.lower().replace("_", "-").strip("-.")]
    if end:
        words = [*(words if facts.target.is_shared else ()), end]
    name = "-".join(words) or "image"
    return f"{name}-image" if name in {"dev", *facts.target.groups.values()} else name


def _line(facts: Facts, each: Told) -> Line:
    what = each.what
    if isinstance(what, Index):
        option = "--index-url" if what.is_default else "--extra-index-url"
        return Line(facts.path, each.line, f"{option} {what.url}", f"[[tool.uv.index]] {what.name}")
    return Line(facts.path, each.line, f"{what.key} {what.value}", f"[tool.uv] {what.key}")


def inline_obstacles(facts: Facts, install: Install) -> Iterator[str]:
    """Yield why packages that a `pip install` names cannot become dependencies."""
    for text in install.packages:
        if "$" in text:
            yield VARIABLE
            continue
        found = requirement(text, facts.path, 0, facts.target.repo)
        if found is None:
            yield f"installing {text}"
            continue
        if found.package == facts.target.name:
            yield f"installing {text}, which is the project itself,"
        against = (each.place for each in facts.target.requirements if _disagree(found, each))
        yield from (f"installing {text}, which {place} excludes," for place in against)


def _disagree(one: Requirement, other: Requirement) -> bool:
    differs = one.source is not None and one.package == other.package and one.source != other.source
    return differs or contradict(one.spec, other.spec)


@once
def inline_requirements(facts: Facts) -> tuple[Requirement, ...]:
    """Return the packages that a stage without obstacles names itself and that its requirements files do not say."""
    has_files = any(each.files or each.folders for each in facts.installs.values())
    known = [each.spec for each in facts.target.requirements] if has_files else []
    origins = sources(facts)
    found: list[Requirement] = []
    for (index, number), install in facts.installs.items():
        for text in install.packages if not facts.is_conditional(index, number) else ():
            new = requirement(text, facts.path, facts.line(index), facts.target.repo)
            if new and not any(implies(present, new.spec) for present in known):
                known.append(new.spec)
                found.append(replace(new, source=new.source or origins.get(new.package)))
    if needs_setuptools(facts) and not any(each.package == "setuptools" for each in found):
        found += filter(None, [requirement(SETUPTOOLS, facts.path, facts.stage.start.line)])
    return tuple(found)


def inline_findings(facts: Facts) -> Iterator[Finding]:
    """Yield what there is to say about packages that become dependencies because of a stage."""
    named = [one for one in inline_requirements(facts) if one.line != facts.stage.start.line]
    packages = ", ".join(one.text for one in named)
    group = group_of(facts)
    if named and group:
        yield kinds.INLINE_GROUP.at(facts.path, named[0].line, packages=packages, group=group)
    elif named:
        yield kinds.INLINE_PACKAGES.at(facts.path, named[0].line, packages=packages)
    for line, name, package in _of_chosen_versions(facts):
        yield kinds.VERSION_WITHOUT_CHOICE.at(facts.path, line, name=name, package=package)
    if using := needs_setuptools(facts):
        yield kinds.SETUPTOOLS_ADDED.at(facts.path, facts.stage.start.line, using=listed(using))


def _of_chosen_versions(facts: Facts) -> Iterator[tuple[int, str, str]]:
    """Yield the build arguments that are the version of a package: the line, the name and the package by default."""
    for index, run in facts.understood:
        for arguments in run.pip.values():
            for word in arguments or ():
                match = re.search(r"[=<>~]\$\{(\w+)\}$", word)
                if match and not word.startswith("-"):
                    yield facts.line(index), match[1], facts.by_default(index, word)


@once
def needs_setuptools(facts: Facts) -> tuple[str, ...]:
    """Return what uses the setuptools that the image brought; later ones have no pkg_resources."""
    python = facts.stage.image.python if facts.stage.image else None
    is_brought = python is None or (python.major, python.minor) < _WITHOUT_SETUPTOOLS
    is_required = any(each.package == "setuptools" for each in facts.target.requirements)
    if not is_brought or is_required or not facts.dependency_steps:
        return ()
    named = (requirement(text, facts.path, 0) for install in facts.installs.values() for text in install.packages)
    packages = importing((*facts.target.requirements, *filter(None, named)))
    return (*(("the code",) if facts.target.uses_pkg_resources else ()), *dict.fromkeys(packages))


@once
def sources(facts: Facts) -> dict[str, Source]:
    """Return where packages come from that a `pip install` names together with an index for them alone."""
    return {
        named.package: Source((("index", each.what.name),))
        for each in told(facts)
        for text in each.packages or ()
        if isinstance(each.what, Index) and (named := requirement(text, facts.path, each.line))
    }
