"""The hashes of a requirements file against those of the lock."""

from collections.abc import Callable, Iterable, Iterator

from migrate.findings import Finding
from migrate.findings import indexes as kinds
from migrate.lockfile import parsed
from migrate.requirements import Requirement


def unknown_hashes(
    requirements: Iterable[Requirement], lock: str, published: Callable[[list[str]], str]
) -> Iterator[Finding]:
    """Yield a finding for hashes that belong to no file of the locked version of their package.

    That is one for each of them, unless the line allows every file of that version: then the others are only gone.

    A lock leaves out files that the project's Python cannot use, so for a hash that it lacks all files that the index
    has are looked at: `published` gives the text of a requirements file with the hashes of some `name==version`.
    """
    files = {name: (pin, hashes) for name, pin, hashes in _locked(lock)}
    doubtful = {
        one: [each for each in one.hashes if each not in files.get(one.package, ("", ""))[1]]
        for one in requirements
        if one.hashes
    }
    doubtful = {one: missing for one, missing in doubtful.items() if missing}
    pins = sorted({files[one.package][0] for one in doubtful if files.get(one.package, ("",))[0]})
    all_hashes = published(pins) if pins else ""
    for one, missing in doubtful.items():
        unknown = [each for each in missing if each not in all_hashes]
        locked = files.get(one.package, ("", frozenset()))[1]
        if unknown and locked and locked <= {*one.hashes}:
            yield kinds.HASHES_GONE.at(one.path, one.line, name=one.spec.name, count=len(unknown))
        else:
            yield from (kinds.HASH_UNKNOWN.at(one.path, one.line, name=one.spec.name, hash=each) for each in unknown)


def _locked(lock: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    for package in parsed(lock).get("package", ()):
        files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
        is_released = "registry" in package["source"]
        pin = f"{package['name']}=={package['version']}" if is_released and "version" in package else ""
        yield package["name"], pin, frozenset(file["hash"] for file in files if "hash" in file)
