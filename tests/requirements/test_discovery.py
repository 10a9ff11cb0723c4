"""Which requirements files there are, and what each of them is for."""

import pytest
from conftest import RepoMaker

from migrate.errors import MigrateError
from migrate.options import Options
from migrate.requirements import Discovered, discover


def found(
    repo_of: RepoMaker,
    files: dict[str, str],
    *images: tuple[str, ...],
    named: tuple[str, ...] = (),
    options: Options | None = None,
) -> Discovered:
    installed = {f"Dockerfile.{number}": image for number, image in enumerate(images)}
    return discover(repo_of(files), installed, named, options or Options())


@pytest.mark.parametrize(
    ("paths", "production"),
    [
        (["requirements.txt", "requirements/prod.txt"], "requirements.txt"),
        (["requirements/prod.txt", "requirements/base.txt"], "requirements/prod.txt"),
        (["requirements/base.txt", "requirements/dev.txt"], "requirements/base.txt"),
        (["requirements/requirements.txt"], "requirements/requirements.txt"),
        (["reqs.txt"], "reqs.txt"),
        (["requirements.in"], "requirements.in"),
        (["requirements-prod.txt", "requirements-dev.txt"], "requirements-prod.txt"),
        (["prod_requirements.txt"], "prod_requirements.txt"),
        (["requirements-x.txt", "requirements-dev.txt"], "requirements-x.txt"),
        (["requirements.in", "requirements.txt"], "requirements.txt"),
        (["constraints.txt", "requirements-x.txt"], "requirements-x.txt"),
    ],
)
def test_production_is_known_by_name(repo_of: RepoMaker, paths: list[str], production: str) -> None:
    assert found(repo_of, dict.fromkeys(paths, "a\n")).production == (production,)


@pytest.mark.parametrize(
    "paths",
    [
        ["app/requirements.txt"],
        ["requirements.md"],
        ["MANIFEST.in"],
        ["src/config.h.in"],
        ["constraints.txt"],
        ["notes.txt"],
        ["requirements-constraints.txt"],
    ],
)
def test_other_files_are_not_found(repo_of: RepoMaker, paths: list[str]) -> None:
    assert found(repo_of, dict.fromkeys(paths, "a\n")) == Discovered(())


@pytest.mark.parametrize(
    ("paths", "groups"),
    [
        (["dev", "test"], {"dev": "dev", "test": "test"}),
        (["format", "lint"], {"format": "format", "lint": "lint"}),
        (["dev", "local"], {"dev": "dev", "local": "local"}),
        (["format"], {"format": "lint"}),
        (["tests", "testing"], {"testing": "test", "tests": "tests"}),
    ],
)
def test_names_of_groups(repo_of: RepoMaker, paths: list[str], groups: dict[str, str]) -> None:
    files = {f"requirements/{path}.txt": "a\n" for path in paths} | {"requirements.txt": "b\n"}
    result = found(repo_of, files)
    assert result.groups == {name: f"requirements/{path}.txt" for path, name in groups.items()}
    assert result.findings == ()


def test_two_files_with_no_name_of_their_own(repo_of: RepoMaker) -> None:
    result = found(repo_of, dict.fromkeys(("requirements.txt", "requirements-dev.txt", "dev-requirements.txt"), "a\n"))
    assert result.groups == {"dev": "dev-requirements.txt"}
    assert [(finding.code, finding.path) for finding in result.findings] == [("R170", "requirements-dev.txt")]


def test_several_files_without_a_telling_name_are_undecided(repo_of: RepoMaker) -> None:
    result = found(repo_of, {"requirements-x.txt": "a", "requirements-y.txt": "b", "requirements-dev.txt": "c"})
    assert (result.production, result.undecided) == ((), ("requirements-x.txt", "requirements-y.txt"))


def test_files_that_a_migration_left_are_no_question_any_more(repo_of: RepoMaker) -> None:
    left = {"requirements-x.txt": "a", "requirements-y.txt": "b", "uv.lock": "", "pyproject.toml": "[project]\n"}
    assert found(repo_of, left).undecided == ()
    assert found(repo_of, left | {"pyproject.toml": "[tool.x]\n"}).undecided == (
        "requirements-x.txt",
        "requirements-y.txt",
    )


def test_file_that_another_file_names_is_preferred(repo_of: RepoMaker) -> None:
    files = {"requirements-x.txt": "a", "requirements-y.txt": "b"}
    result = found(repo_of, files, named=("requirements-x.txt",))
    assert result.production == ("requirements-x.txt",)
    assert [finding.code for finding in result.findings] == ["R171"]


def test_image_decides_what_is_production(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "a", "deploy/server.txt": "b", "requirements-dev.txt": "c"}
    result = found(repo_of, files, ("deploy/server.txt", "requirements-dev.txt"))
    assert result.production == ("deploy/server.txt",)
    assert result.groups == {"dev": "requirements-dev.txt"}
    assert [(finding.path, finding.code) for finding in result.findings] == [("requirements.txt", "R171")]


def test_what_several_images_share_is_production(repo_of: RepoMaker) -> None:
    files = {"base.txt": "a", "web.txt": "-r base.txt\nb", "worker.txt": "-r base.txt\nc"}
    result = found(repo_of, files, ("web.txt",), ("worker.txt",))
    assert result == Discovered(("base.txt",), {"web": "web.txt", "worker": "worker.txt"})


def test_image_for_tests_says_nothing_about_production(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "a", "requirements-test.txt": "b"}
    result = found(repo_of, files, ("requirements.txt",), ("requirements-test.txt",))
    assert result == Discovered(("requirements.txt",), {"test": "requirements-test.txt"}, frozenset({"test"}))


def test_images_that_share_nothing_have_a_first_one(repo_of: RepoMaker) -> None:
    files = {"api.txt": "a==1", "job.txt": "b"}
    result = found(repo_of, files, ("api.txt",), ("job.txt",))
    assert result == Discovered(("api.txt",), {"job": "job.txt"}, frozenset({"job"}))


def test_images_that_contradict_each_other_are_groups(repo_of: RepoMaker) -> None:
    files = {"requirements-cpu.txt": "torch==2.0", "requirements-gpu.txt": "torch==2.1"}
    result = found(repo_of, files, ("requirements-cpu.txt",), ("requirements-gpu.txt",))
    assert result == Discovered((), {"cpu": "requirements-cpu.txt", "gpu": "requirements-gpu.txt"})


def test_only_image_for_development_is_still_an_image(repo_of: RepoMaker) -> None:
    result = found(repo_of, {"setup/dev.txt": "a"}, ("setup/dev.txt",))
    assert result == Discovered(("setup/dev.txt",))


def test_options_overrule(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "a", "other/list": "b", "requirements-dev.txt": "c", "extra.txt": "d"}
    options = Options(requirements=("./other/list",), groups=("dev=extra.txt", "more=requirements-dev.txt"))
    result = found(repo_of, files, ("requirements.txt",), options=options)
    assert result.production == ("other/list",)
    assert result.groups == {"dev": "extra.txt", "more": "requirements-dev.txt", "requirements": "requirements.txt"}


@pytest.mark.parametrize(
    "options",
    [
        Options(requirements=("missing.txt",)),
        Options(requirements=("../requirements.txt",)),
        Options(groups=("dev",)),
        Options(groups=("=requirements.txt",)),
        Options(groups=("dev=",)),
        Options(groups=("dev=missing.txt",)),
        Options(groups=("de v=requirements.txt",)),
    ],
)
def test_options_that_cannot_be_are_refused(repo_of: RepoMaker, options: Options) -> None:
    with pytest.raises(MigrateError):
        found(repo_of, {"requirements.txt": "a"}, options=options)


def test_sources_of_compiled_files_are_no_files_of_their_own(repo_of: RepoMaker) -> None:
    header = "# This file was autogenerated by uv via the following command:\n#    uv pip compile {} -o {}\n"
    files = {
        "requirements.in": "a",
        "requirements.txt": header.format("requirements.in", "requirements.txt") + "a==1\n",
        "dev.in": "b",
        "dev.txt": header.format("dev.in", "dev.txt") + "b==1\n",
    }
    result = found(repo_of, files, ("requirements.txt",))
    assert result == Discovered(("requirements.txt",), {"dev": "dev.txt"})
