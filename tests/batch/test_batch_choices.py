"""What uvmigrate.toml says for all and for some repositories."""

from dataclasses import fields
from pathlib import Path

import pytest

from migrate.batch.choices import Choices, Written, read
from migrate.batch.sources import Repository
from migrate.errors import MigrateError
from migrate.images import Request as Images
from migrate.options import Options

BILLING, API = Repository("acme/billing", "/a"), Repository("acme/api", "/b")


def test_without_a_file_all_is_as_given(tmp_path: Path) -> None:
    given = Choices(apply=True)
    assert read(tmp_path, []) == Written({}, {})
    assert read(tmp_path, []).choices(API, given, {}) == given


def test_file_then_patterns_then_command_line(tmp_path: Path) -> None:
    (tmp_path / "uvmigrate.toml").write_text(
        'branch = "chore/uv"\nkeep-requirements = true\nlabels = ["uv"]\n'
        '[repositories."acme/*"]\nlock = false\n[repositories."acme/billing"]\nskip = true\nbranch = "billing"\n'
    )
    written = read(tmp_path, [BILLING, API])
    assert written.choices(API, Choices(), {}) == Choices(
        options=Options(lock=False, keep_requirements=True), branch="chore/uv", labels=("uv",)
    )
    billing = written.choices(BILLING, Choices(), {"branch": "mine"})
    assert (billing.skip, billing.branch) == (True, "mine")
    assert billing.digest != written.choices(BILLING, Choices(), {}).digest


def test_every_choice_of_a_plan_has_its_name_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "uvmigrate.toml").write_text(
        'lock = false\nkeep-requirements = true\nuv = "/opt/uv"\nas-of = "git"\nprune = true\n'
        'requirements = ["a.txt"]\ngroups = ["dev=d.txt"]\ndocker = false\ndockerfiles = ["Dockerfile"]\n'
        'venv = "/venv"\nuv-image = "uv:1"\ncache-mounts = false\nslim-runtime = true\n'
    )
    options = read(tmp_path, [API]).choices(API, Choices(), {}).options
    assert not [each.name for each in fields(Options) if getattr(options, each.name) == getattr(Options(), each.name)]
    assert (options.requirements, options.groups) == (("a.txt",), ("dev=d.txt",))


def test_how_images_are_compared_has_its_names_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "uvmigrate.toml").write_text(
        'compare = true\nengine = "podman"\nstage = "runtime"\nbuild-arguments = ["A=1"]\nsecrets = ["id=token"]\n'
        'runs = 3\nprobe = "true"\npatience = 5\ntimeout = 1.5\n'
    )
    chosen = read(tmp_path, [API]).choices(API, Choices(), {"runs": 2})
    assert chosen.compare
    assert chosen.images == Images(
        engine="podman",
        stage="runtime",
        build_arguments=("A=1",),
        secrets=("id=token",),
        runs=2,
        probe="true",
        patience=5.0,
        timeout=1.5,
    )


def test_a_slip_of_the_pen_is_told_what_is_near(tmp_path: Path) -> None:
    (tmp_path / "uvmigrate.toml").write_text('brnch = "x"')
    with pytest.raises(MigrateError, match=r"no choice named brnch; do you mean branch\?"):
        read(tmp_path, [API])


@pytest.mark.parametrize(
    "text",
    [
        "unknown = 1",
        "apply = true",
        "push = true",
        "keep_requirements = true",
        'lock = "no"',
        "lock = 1",
        "labels = [1]",
        'labels = "uv"',
        "branch = 3",
        'forge = "sourcehut"',
        "repositories = 1",
        "repositories.x = 1",
        '[repositories."other/*"]\nlock = false',
        "broken",
        pytest.param(f"deep = {10_000 * '['}", id="deep"),
        "compare = 1",
        "runs = 0",
        "runs = true",
        "patience = -1",
        "timeout = 0.0",
        "keep = true",
        'before = "HEAD"',
        "build-arguments = {}",
        '[repositories."acme/*"]\nunknown = 1',
    ],
)
def test_what_is_not_understood_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "uvmigrate.toml").write_text(text)
    with pytest.raises(MigrateError, match=r"uvmigrate\.toml"):
        read(tmp_path, [BILLING, API])
