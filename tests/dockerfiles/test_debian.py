import json
from importlib.resources import files

import pytest

from migrate.dockerfile.facts.debian import RELEASES, libraries
from migrate.dockerfile.facts.images import Image


@pytest.mark.parametrize(
    ("headers", "image", "found"),
    [
        ("libpq-dev", "python:3.12-slim", ("libpq5",)),
        ("default-libmysqlclient-dev", "python:3.12-slim-trixie", ("libmariadb3",)),
        ("libncurses5-dev", "python:3.12-bookworm", ("libncurses6", "libncursesw6", "libtinfo6")),
        ("libldap2-dev", "python:3.9-slim-bullseye", ("libldap-2.4-2",)),
        ("libldap2-dev", "python:3.12-slim-bookworm", ("libldap-2.5-0",)),
        ("libxslt-dev", "python:3.12-slim", ("libxslt1.1",)),
        ("libldap-dev", "python:3.9-slim-bullseye", ("libldap-2.4-2",)),
        ("libeigen3-dev", "python:3.12-bookworm", ()),
        ("libssl-dev", "python:3.12", ()),
        ("libz-dev", "python:3.12", ()),
        ("python3-dev", "python:3.12", ()),
    ],
)
def test_libraries_that_stay_behind(headers: str, image: str, found: tuple[str, ...]) -> None:
    assert libraries(headers, Image.parse(image)) == found


@pytest.mark.parametrize(
    ("headers", "image"),
    [
        ("libldap2-dev", "python:3.12-slim"),
        ("libpq-dev", "python:3.7-slim-buster"),
        ("libpq-dev", "python:3.15-slim-forky"),
        ("libcurl-dev", "python:3.12-bookworm"),
        ("libboost-all-dev", "python:3.12-bookworm"),
        ("libnobody-has-dev", "python:3.12-bookworm"),
        ("curl", "python:3.12-bookworm"),
    ],
)
def test_what_is_not_certain_has_no_libraries(headers: str, image: str) -> None:
    assert libraries(headers, Image.parse(image)) is None


def test_table_names_libraries_only() -> None:
    table = json.loads(files("migrate.dockerfile.facts").joinpath("debian.json").read_text(encoding="utf-8"))
    for row in table.values():
        assert isinstance(row, list) or row.keys() <= set(RELEASES)
        names = row if isinstance(row, list) else [name for each in row.values() for name in each]
        assert names
        assert not any(name.endswith("-dev") for name in names)
