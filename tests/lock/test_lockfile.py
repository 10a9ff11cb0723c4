"""What a lock installs on an image, and whether the image can take it without building."""

import pytest

from migrate.dockerfile.facts.platforms import Platform
from migrate.dockerfile.facts.stages import Stage, stages
from migrate.dockerfile.syntax.parse import parse
from migrate.lockfile import Lockfile, Selection, agree
from migrate.python_version import Version

BOTH = ("x86_64", "aarch64")
LINUX = tuple(Platform(Version(3, 12), BOTH, 36).environments)
LOCK = """
version = 1

[[package]]
name = "shop"
source = { virtual = "." }
dependencies = [
    { name = "web", extra = ["fast"] },
    { name = "pywin32", marker = "sys_platform == 'win32'" },
    { name = "patched", marker = "python_full_version < '3.12.4'" },
    { name = "numbers", version = "2.0", source = { registry = "https://pypi.example/simple" } },
    { name = "chosen", marker = "extra == 'extra-4-shop-cpu'" },
]

[package.optional-dependencies]
cpu = [{ name = "extra-of-the-project" }]

[package.dev-dependencies]
dev = [{ name = "tests" }]
docs = [{ name = "pages" }]

[[package]]
name = "web"
version = "1.0"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "base" }]
wheels = [{ url = "https://pypi.example/web-1.0%2Bcpu-py3-none-any.whl#sha256=0" }]

[package.optional-dependencies]
fast = [{ name = "loop" }]
slow = [{ name = "never" }]

[[package]]
name = "base"
version = "1.0"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "web" }]
wheels = [{ path = "wheels/base-1.0-py3-none-any.whl" }, { filename = "base-1.0-cp312-cp312-win32.whl" }]

[[package]]
name = "numbers"
version = "1.0"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "numbers"
version = "2.0"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "of-the-second" }]
"""
NAMES = ("chosen", "extra-of-the-project", "loop", "never", "of-the-second", "pages", "patched", "pywin32", "tests")
LOCK += "".join(f'[[package]]\nname = "{name}"\nversion = "1.0"\n' for name in NAMES)


def names(selection: Selection) -> set[str]:
    return {one.name for one in Lockfile(LOCK).installed(selection, LINUX) if not one.is_project}


PRODUCTION = {"base", "chosen", "loop", "numbers", "of-the-second", "patched", "web"}


def test_production_has_what_it_needs_on_this_system_and_no_more() -> None:
    assert names(Selection()) == PRODUCTION


def test_of_several_versions_only_the_named_one_counts() -> None:
    found = Lockfile(LOCK.replace('"of-the-second" }', '"never" }')).installed(Selection(), LINUX)
    assert "never" in {one.name for one in found}
    assert [one.name for one in found].count("numbers") == 1


def test_groups_and_the_project_itself_are_added() -> None:
    assert names(Selection(groups=("docs",))) == PRODUCTION | {"pages"}
    assert names(Selection(is_project=True)) == PRODUCTION | {"extra-of-the-project"}


def test_a_group_alone_has_nothing_of_production() -> None:
    assert names(Selection(is_production=False, groups=("dev", "missing"))) == {"tests"}


def test_names_of_wheels_come_from_address_path_or_name() -> None:
    wheels = {one.name: one.wheels for one in Lockfile(LOCK).installed(Selection(), LINUX)}
    assert wheels["web"] == ("web-1.0+cpu-py3-none-any.whl",)
    assert wheels["base"] == ("base-1.0-py3-none-any.whl", "base-1.0-cp312-cp312-win32.whl")
    assert wheels["loop"] == ()


@pytest.mark.parametrize("setting", ["no-binary = true", 'no-binary-package = ["web"]'])
def test_packages_that_are_always_built_have_no_wheels(setting: str) -> None:
    lock = Lockfile(LOCK, f"[tool.uv]\n{setting}\n")
    assert {one.name: one.wheels for one in lock.installed(Selection(), LINUX)}["web"] == ()


def platform(start: str) -> Platform | None:
    (found,) = stages(parse(f"{start}\n"))
    assert isinstance(found, Stage)
    return Platform.of(found)


@pytest.mark.parametrize(
    ("start", "machines", "glibc"),
    [
        ("FROM python:3.12-slim-bookworm", BOTH, 36),
        ("FROM python:3.12-slim-trixie", BOTH, 41),
        ("FROM python:3.9-bullseye", BOTH, 31),
        ("FROM python:3.12", BOTH, 28),
        ("FROM python:3.8-slim", BOTH, 24),
        ("FROM python:3.12-alpine", BOTH, None),
        ("FROM debian:bookworm", BOTH, 36),
        ("FROM ubuntu:24.04", BOTH, 39),
        ("FROM node:20-alpine3.19", BOTH, None),
        ("FROM --platform=linux/amd64 python:3.12", ("x86_64",), 28),
        ("FROM --platform=linux/arm64 python:3.12", ("aarch64",), 28),
        ("FROM --platform=$BUILDPLATFORM python:3.12", BOTH, 28),
    ],
)
def test_the_platform_of_an_image(start: str, machines: tuple[str, ...], glibc: int | None) -> None:
    found = platform(start)
    assert found is not None
    assert (found.machines, found.glibc) == (machines, glibc)


@pytest.mark.parametrize("start", ["FROM python:3", "FROM python:slim", "FROM debian:stable", "FROM python:3.6"])
def test_an_image_whose_python_is_not_known_has_no_platform(start: str) -> None:
    assert platform(start) is None


@pytest.mark.parametrize(
    "wheels",
    [
        ("x-1-py3-none-any.whl",),
        ("x-1-py2.py3-none-any.whl",),
        ("x-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "x-1-cp312-cp312-manylinux2014_aarch64.whl"),
        ("x-1-cp37-abi3-manylinux_2_34_x86_64.whl", "x-1-cp37-abi3-manylinux_2_34_aarch64.whl"),
        ("x-1-py3-none-manylinux1_x86_64.whl", "x-1-cp312-none-linux_aarch64.whl"),
    ],
)
def test_wheels_that_an_image_takes(wheels: tuple[str, ...]) -> None:
    assert Platform(Version(3, 12), BOTH, 36).takes(wheels)


@pytest.mark.parametrize(
    "wheels",
    [
        (),
        ("x-1-py2-none-any.whl",),
        ("x-1-cp311-cp311-manylinux2014_x86_64.whl", "x-1-cp311-cp311-manylinux2014_aarch64.whl"),
        ("x-1-cp312-cp312-manylinux2014_x86_64.whl",),
        ("x-1-cp312-cp312-manylinux_2_37_x86_64.whl", "x-1-cp312-cp312-manylinux_2_37_aarch64.whl"),
        ("x-1-cp312-cp312-musllinux_1_2_x86_64.whl", "x-1-cp312-cp312-musllinux_1_2_aarch64.whl"),
        ("x-1-cp313-abi3-manylinux2014_x86_64.whl", "x-1-cp313-abi3-manylinux2014_aarch64.whl"),
        ("x-1-cp312-cp312t-manylinux2014_x86_64.whl", "x-1-cp312-cp312t-manylinux2014_aarch64.whl"),
        ("x-1-cp312-cp312-macosx_11_0_arm64.whl", "x-1-cp312-cp312-win_amd64.whl"),
        ("no wheel.whl",),
    ],
)
def test_wheels_that_an_image_does_not_take(wheels: tuple[str, ...]) -> None:
    assert not Platform(Version(3, 12), BOTH, 36).takes(wheels)


def test_alpine_takes_wheels_for_musl_only() -> None:
    alpine = Platform(Version(3, 12), BOTH, None)
    assert alpine.takes(("x-1-cp312-cp312-musllinux_1_1_x86_64.whl", "x-1-cp312-cp312-musllinux_1_2_aarch64.whl"))
    assert not alpine.takes(("x-1-cp312-cp312-manylinux2014_x86_64.whl", "x-1-cp312-cp312-manylinux2014_aarch64.whl"))


@pytest.mark.parametrize(
    ("wanted", "python", "is_admitted"),
    [
        (">=3.11", "3.11", True),
        (">=3.11", "3.14", True),
        (">=3.11", None, True),
        ("", None, True),
        (">=3.11.4", "3.11", True),
        ("==3.11.*", "3.11", True),
        (">=3.11", "3.10", False),
        ("==3.11.*", "3.12", False),
        ("==3.11.*", None, False),
        (">=3.9, <3.12", None, False),
        (">=3.9, <4", None, True),
    ],
)
def test_which_python_it_is_for(wanted: str, python: str | None, *, is_admitted: bool) -> None:
    lock = Lockfile(f'requires-python = "{wanted}"\n' if wanted else "")
    assert lock.admits(python) is is_admitted


FORKS = """version = 1
resolution-markers = ["sys_platform == 'win32'", "sys_platform != 'win32'"]
[[package]]
name = "numbers"
version = "2.0"
resolution-markers = ["python_version > '3'", "python_version < '3'"]
"""


def test_locks_agree_whatever_the_order_of_their_forks() -> None:
    other = FORKS.replace(
        """["sys_platform == 'win32'", "sys_platform != 'win32'"]""",
        """["sys_platform != 'win32'", "sys_platform == 'win32'"]""",
    ).replace(
        """["python_version > '3'", "python_version < '3'"]""", """["python_version < '3'", "python_version > '3'"]"""
    )
    assert other != FORKS
    assert agree(FORKS, other)
    assert agree(FORKS, FORKS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.0", "2.1"),
        (""", "sys_platform != 'win32'"]""", "]"),
        ("""["python_version > '3'", """, "[python_version > '3', "),
        ("version = 1", "version = 2"),
        ("numbers", "number"),
    ],
)
def test_other_locks_do_not_agree(old: str, new: str) -> None:
    assert old in FORKS
    assert not agree(FORKS, FORKS.replace(old, new))
