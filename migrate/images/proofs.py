"""What is proven about the new image, one function a claim; each gives a Proof and never fails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from packaging.utils import canonicalize_name

from migrate.errors import MigrateError
from migrate.images import answers, configuration, differences, imports
from migrate.images.archive import Archive, saved
from migrate.images.image import Image, Silent
from migrate.images.model import Config, Listing, Proof, Start

_MOST_SHOWN = 2000  # differences of one proof


@dataclass(frozen=True, slots=True)
class Pair:
    """The two images and what is known about them. `old` is None if it did not build.

    `migrated` are the files of the migration by their paths in the project, `contents` what they hold before and after;
    `pinned` the installers that are required, `secrets` what must not be found, by a name; `starts` how both answered
    the probe, time for time.
    """

    old: Image | None
    new: Image
    old_base: Image | None
    new_base: Image | None
    migrated: frozenset[str]
    pinned: frozenset[str]
    secrets: Mapping[str, bytes]
    scratch: Path
    starts: tuple[Sequence[Start], Sequence[Start]] | None = None
    varying: Callable[[], Image | None] = field(default=lambda: None)
    contents: frozenset[tuple[str, str]] = frozenset()

    @property
    def environment(self) -> str:
        """The folder of the virtual environment."""
        return self.new.packages.prefix


def proofs(pair: Pair, announce: Callable[[str], None] = lambda _: None) -> tuple[Proof, ...]:
    """Return all proofs that there can be, in the order in which they are shown; `announce` is told each claim."""
    possible = [name for name in (CLAIMS if pair.old else _ALONE) if name != "probe" or pair.starts]
    found: list[Proof] = []
    for number, name in enumerate(possible, 1):
        announce(f"proving {number} of {len(possible)}: {CLAIMS[name][0]}")
        found.append(prove(name, pair))
    return tuple(found)


def prove(name: str, pair: Pair) -> Proof:
    """Return the proof of one claim, a name of CLAIMS."""
    title, claim = CLAIMS[name]
    try:
        found = claim(pair)
    except MigrateError as error:
        return Proof(name, title, why=str(error))
    return Proof(name, title, tuple(found.differences[:_MOST_SHOWN]), tuple(found.explained), found.counted, found.why)


@dataclass(frozen=True, slots=True)
class _Claim:
    differences: list[str] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)
    counted: str = ""
    why: str = ""


def _old(pair: Pair) -> Image:
    if pair.old is None:
        raise Silent("the old image does not build")
    return pair.old


def _distributions(pair: Pair) -> _Claim:
    before, after = _old(pair).packages.versions, pair.new.packages.versions
    found = differences.in_packages(before, after, pair.pinned)
    left_out = sorted({canonicalize_name(name) for name in before} & differences.INSTALLERS - pair.pinned)
    explained = [f"{name} is the installer's own" for name in left_out]
    return _Claim(found, explained, f"{len(after)} distributions")


def _configuration(pair: Pair) -> _Claim:
    old, new = _own_settings(_old(pair), pair.old_base), _own_settings(pair.new, pair.new_base)
    found = configuration.in_configuration(old, new, pair.environment)
    return _Claim(found, [f"PATH begins with {pair.environment}/bin"])


def _own_settings(image: Image, base: Image | None) -> Config:
    """Return the configuration of an image without the labels of its base image."""
    of_base = (base.config.get("Labels") if base else None) or {}
    labels = image.config.get("Labels") or {}
    own = {name: value for name, value in labels.items() if of_base.get(name) != value}
    return {**image.config, "Labels": own}


def _files(pair: Pair) -> _Claim:
    before, after = _old(pair).files, pair.new.files
    folder = _old(pair).config.get("WorkingDir") or "/"
    context = differences.Context(
        pair.environment,
        {f"{folder.rstrip('/')}/{path}" for path in pair.migrated} | _by_name(pair, before, after),
        pair.contents,
        _listing(pair.old_base),
        _listing(pair.new_base),
    )
    found, explained = differences.in_files(before, after, context)
    if found and any(each.endswith(": other content") for each in found) and (again := pair.varying()):
        varies = {path for path, file in again.files.files.items() if before.files.get(path) != file}
        context = replace(context, varies=varies)
        found, explained = differences.in_files(before, after, context)
    return _Claim(found, explained + differences.bytecode(before, after, context), f"{len(after.files)} files")


def _by_name(pair: Pair, before: Listing, after: Listing) -> set[str]:
    """Return where the files of the migration come or go if a COPY gave them another folder."""
    names = {path.rpartition("/")[2] for path in pair.migrated}
    changed = before.files.keys() ^ after.files.keys()
    return {path for path in changed if path.rpartition("/")[2] in names}


def _listing(image: Image | None) -> Listing:
    return image.files if image else Listing({})


def _scripts(pair: Pair) -> _Claim:
    base = set(_packages_of(pair.old_base))
    names = [name for name in _old(pair).packages.scripts if not _is_installers(name) and name not in base]
    missing = pair.new.programs_missing(names)
    gone_before = set(_old(pair).programs_missing(missing)) if missing else set()
    found = [f"{name} is not found" for name in missing if name not in gone_before]
    explained = [f"{name} was not found in the old image either" for name in missing if name in gone_before]
    return _Claim(found, explained, f"{len(names)} scripts")


def _packages_of(base: Image | None) -> tuple[str, ...]:
    try:
        return base.packages.scripts if base else ()
    except Silent:
        return ()


def _is_installers(name: str) -> bool:
    return name.startswith(("pip", "wheel", "easy_install", "uv", "uvx")) and name.rstrip("0123456789.-") in {
        *("pip", "wheel", "easy_install", "uv", "uvx")
    }


def _imports(pair: Pair) -> _Claim:
    tops = {name: name.partition(".")[0] for name in _old(pair).packages.modules}
    modules = [name for name, top in tops.items() if top not in _INSTALLERS_MODULES or top in pair.pinned]
    before, after, left_out = imports.asked(_old(pair), pair.new, modules)
    found, explained, too_late = imports.in_imports(before, after)
    if left_out:
        explained.append(f"{left_out} more modules of the working folder are too many to try")
    good = sum(why is None for why in before.values())
    return _Claim(found, explained, f"{good} modules", too_late)


_INSTALLERS_MODULES = frozenset({"pip", "setuptools", "uv", "wheel", "pkg_resources", "_distutils_hack"})


def _probe(pair: Pair) -> _Claim:
    if pair.starts is None:
        raise Silent("nothing was asked")
    before, after = (each[-1] for each in pair.starts)
    if before.answer is None or before.why:
        raise Silent(f"the old image does not pass: {before.why}")
    if after.answer is None or after.why:
        return _Claim([f"the new image does not pass: {after.why}"])
    if before.answer.code != after.answer.code:
        return _Claim([f"{before.answer.code} became {after.answer.code}"])
    texts = [each.answer.text for each in pair.starts[0] if each.answer and each.answer.code == before.answer.code]
    if not answers.varies_alike(texts, after.answer.text):
        return _Claim([f"the text is another one: {answers.shown(before.answer.text, after.answer.text)}"])
    explained = ["the old image answers otherwise at each start"] if len(set(texts)) > 1 else []
    return _Claim([], explained, f"{before.answer.code}, {len(before.answer.text)} characters")


def _libraries(pair: Pair) -> _Claim:
    after = pair.new.libraries
    if why := after.get("why"):
        raise Silent(why)
    before = pair.old.libraries["missing"] if pair.old else {}
    found: list[str] = []
    known: list[str] = []
    for path, names in after["missing"].items():
        for name in names:
            text = f"{path} needs {name}, which is not found"
            (known if name in before.get(path, ()) else found).append(text)
    return _Claim(found, [f"{text} in the old image either" for text in known], f"{after['count']} binaries")


def _leftovers(pair: Pair) -> _Claim:
    base = _listing(pair.new_base)
    found = differences.in_leftovers(pair.new.files, base)
    with saved(pair.new.engine, pair.new.tag, pair.scratch) as archive:
        hidden = {path for digest in _own_layers(pair, archive) for path in archive.paths(digest)}
    found += [
        f"{path} is in a layer, though deleted later"
        for path in sorted(hidden - pair.new.files.files.keys())
        if differences.is_left_behind(path)
    ]
    return _Claim(found)


def _secrets(pair: Pair) -> _Claim:
    if not pair.secrets:
        return _Claim(counted="none was given")
    config = str(pair.new.config)
    history = pair.new.engine.history(pair.new.tag)
    found = [
        f"{name} is in the {place}"
        for name, value in pair.secrets.items()
        for place, text in (("configuration", config), ("history", history))
        if value.decode("utf-8", "replace") in text
    ]
    with saved(pair.new.engine, pair.new.tag, pair.scratch) as archive:
        found += [
            f"{name} is in a layer, in {path}"
            for digest in _own_layers(pair, archive)
            for name, path in archive.files_with(digest, pair.secrets)
        ]
    return _Claim(found, counted=f"{len(pair.secrets)} looked for")


def _own_layers(pair: Pair, archive: Archive) -> list[str]:
    base = set(pair.new_base.layers) if pair.new_base else set()
    return [digest for digest in archive.layers if digest not in base]


_ALONE: Mapping[str, tuple[str, Callable[[Pair], _Claim]]] = {
    "libraries": ("every shared library is found", _libraries),
    "leftovers": ("no uv, compiler or cache in the runtime", _leftovers),
    "secrets": ("no secret in layers or history", _secrets),
}
CLAIMS: Mapping[str, tuple[str, Callable[[Pair], _Claim]]] = {
    "distributions": ("same distributions and versions", _distributions),
    "config": ("same configuration", _configuration),
    "files": ("same files outside of the environment", _files),
    "scripts": ("every console script is found", _scripts),
    "imports": ("every module that could be imported can be", _imports),
    "probe": ("same answer to the probe", _probe),
    **_ALONE,
}
