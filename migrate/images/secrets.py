"""What nobody may find in an image: secret build arguments, secrets of the build, credentials of package indexes."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from migrate.repo import Repo

_NAMED = re.compile(r"TOKEN|PASSW|SECRET|CREDENTIAL|API_?KEY|PRIVATE|AUTH", re.IGNORECASE)
_LOGIN = re.compile(r"://[^/\s:@]*:(?P<password>[^/\s@]+)@")
_INDEX = re.compile(r"UV_INDEX_\w+_PASSWORD|UV_(?:DEFAULT_)?INDEX|PIP_(?:EXTRA_)?INDEX_URL")
_SHORTEST = 6  # characters; a shorter text is found everywhere
_LONGEST_FILE = 1 << 16


def secrets_of(
    build_arguments: Iterable[str], secrets: Iterable[str], environment: Mapping[str, str] = os.environ
) -> dict[str, bytes]:
    """Return what is secret by a name that may be shown.

    `build_arguments` are `NAME=VALUE` or `NAME`, `secrets` what `--secret` is given. An argument is secret if its name
    says so or its value has a password in a URL.
    """
    found = dict(_of_arguments(build_arguments, environment))
    found |= dict(_of_files(secrets, environment)) | dict(_of_indexes(environment))
    return {name: value for name, value in found.items() if len(value) >= _SHORTEST}


def passwords(text: str) -> Iterator[str]:
    """Yield the passwords of the URLs in a text; names of variables are none."""
    for match in _LOGIN.finditer(text):
        if not match["password"].startswith("$"):
            yield match["password"]


def passwords_in(repo: Repo, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the passwords in URLs of files of a repository, as requirements files have them."""
    found = ((path, each.encode()) for path in paths for each in passwords(repo.readable(path)))
    return {f"a password of {path}": each for path, each in found if len(each) >= _SHORTEST}


def _of_arguments(arguments: Iterable[str], environment: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for argument in arguments:
        name, is_given, value = argument.partition("=")
        value = value if is_given else environment.get(name, "")
        for password in passwords(value):
            yield f"the password in build argument {name}", password.encode()
        if _NAMED.search(name):
            yield f"build argument {name}", value.encode()


def _of_files(secrets: Iterable[str], environment: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for secret in secrets:
        fields = dict(field.partition("=")[::2] for field in secret.split(","))
        name = fields.get("id", "")
        variable = fields.get("env")
        path = fields.get("src") or fields.get("source")
        if variable or not path:
            yield f"secret {name}", environment.get(variable or name, "").encode()
        else:
            with suppress(OSError), Path(path).open("rb") as file:
                yield f"secret {name}", file.read(_LONGEST_FILE).strip()


def _of_indexes(environment: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, value in environment.items():
        if _INDEX.fullmatch(name):
            texts = [value] if name.endswith("_PASSWORD") else passwords(value)
            for text in texts:
                yield f"the password in {name}", text.encode()
