"""What pip of one stage makes for another one to copy: wheels, a folder of packages, an environment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from posixpath import join, normpath


class Form(StrEnum):
    """In which form packages travel from one stage to another."""

    ENVIRONMENT = "a virtual environment"
    WHEELS = "wheels"
    FOLDER = "a folder like that of Python"  # --prefix, --root
    TARGET = "a folder of packages"
    USER = "the packages of a user"
    IMAGE = "the packages of the image"


@dataclass(frozen=True, slots=True)
class Product:
    """What a pip command makes, the absolute `folder` where it is, and pip's `arguments` without that choice."""

    form: Form
    folder: str
    arguments: tuple[str, ...]


_FOLDER_OPTIONS = frozenset({"--prefix", "--root", "--target", "-t"})
_WHEEL_OPTIONS = frozenset({"--wheel-dir", "-w"})
_WITH_VALUE = _FOLDER_OPTIONS | _WHEEL_OPTIONS | {"--find-links", "-f"}
_OF_USER = re.compile(r"(?:/root|/home/[^/]+|~|\$HOME|\$\{HOME\})/\.local(?:/(?:bin|lib)(?:/.*)?)?")
_OF_IMAGE = re.compile(r"/usr/local(?:/(?:bin(?:/[^/]+)?|lib(?:/python[^/]*(?:/(?:site|dist)-packages(?:/.+)?)?)?))?")


def product(arguments: Sequence[str], user: str | None, folder: str) -> Product | None:
    """Return what a pip command makes; None if it makes nothing. `folder` is where it runs, `user` the last USER.

    `wheel` counts as `install` in the arguments.
    """
    words = list(arguments)
    chosen, rest = _taken_out(words)
    options = {name for name, _ in chosen}
    values = [value for name, value in chosen if name in _FOLDER_OPTIONS | _WHEEL_OPTIONS]
    action = next((word for word in rest if not word.startswith("-")), None)
    if action == "wheel":
        rest[rest.index("wheel")] = "install"
        kept = tuple(word for word in rest if word != "--no-deps")
        return Product(Form.WHEELS, _absolute(values[0] if values else ".", folder), kept)
    if action != "install" or options & {"--find-links", "-f"}:
        return None
    if values:
        form = Form.TARGET if options <= {"--target", "-t"} else Form.FOLDER
        return Product(form, _absolute(values[-1], folder), tuple(rest))
    is_of_user = "--user" in rest or user not in {None, "root", "0"}
    return Product(Form.USER if is_of_user else Form.IMAGE, "", tuple(rest))


def takes(made: Product, source: str) -> bool:
    """Return whether a source of COPY --from, an absolute path, is the product or a part of it."""
    path = normpath(source)
    if made.form is Form.USER:
        return _OF_USER.fullmatch(path) is not None
    if made.form is Form.IMAGE:
        return _OF_IMAGE.fullmatch(path) is not None
    return _lies_in(path, made.folder)


def installs_wheels(arguments: Sequence[str], folder: str, at: str) -> tuple[str, ...] | None:
    """Return the arguments of a pip command that takes all its packages from the wheels `at` a folder, without them.

    What is left without requirements files installs nothing else. None if it takes anything else. `folder` is where it
    runs.
    """
    chosen, rest = _taken_out(list(arguments))
    links = [value for name, value in chosen if name in {"--find-links", "-f"}]
    if "install" not in rest or any(_absolute(link, folder) != at for link in links) or len(links) != len(chosen):
        return None
    kept = [word for word in rest if word != "--no-index"]
    wheels = [word for word in kept if _is_wheel(word, folder, at)]
    if not links and not wheels:
        return None
    return tuple(word for word in kept if word not in wheels)


def _is_wheel(word: str, folder: str, at: str) -> bool:
    path = _absolute(word, folder)
    return not word.startswith("-") and path != at and _lies_in(path, at) and fnmatchcase(path, f"{at}/*")


def _taken_out(words: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the options that say where from and where to, with their values, and all other words."""
    chosen: list[tuple[str, str]] = []
    rest: list[str] = []
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if name in _WITH_VALUE and (equals or words):
            chosen.append((name, value if equals else words.pop(0)))
        else:
            rest.append(word)
    return chosen, rest


def _absolute(path: str, folder: str) -> str:
    return normpath(join(folder, path))


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def programs(made: Product) -> re.Pattern[str] | None:
    """Return what the folder of a product's programs is called in PATH; None if it always is in PATH."""
    if made.form is Form.USER:
        return re.compile(r"(?:/root|/home/[\w$}{.-]+|~|\$HOME|\$\{HOME\})/\.local/bin")
    return re.compile(re.escape(made.folder) + r"/bin") if made.form in {Form.FOLDER, Form.TARGET} else None
