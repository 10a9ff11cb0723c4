"""Which groups of the lock an image installs that installs one of several requirements files."""

import pytest
from conftest import RepoMaker
from plans import DOCKERFILE, UNLOCKED, after

from migrate.migration import migrate

CHOOSING = DOCKERFILE.replace("COPY requirements.txt .", "ARG STAGE=local\nCOPY requirements requirements").replace(
    "requirements.txt", "requirements/$STAGE.txt"
)
DEPLOYED = {
    "requirements.txt": "flask\n",
    "deploy/requirements.txt": "-r ../requirements.txt\nuwsgi\n",
    "Dockerfile": DOCKERFILE.replace("COPY requirements.txt", "COPY .").replace("-r req", "-r deploy/req"),
}
DEV = DOCKERFILE.replace("COPY requirements.txt", "COPY .").replace("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize(
    ("included", "options", "repeated"),
    [("requirements.txt", "--only-group dev", True), ("deploy/requirements.txt", "--group dev", False)],
)
def test_what_the_file_of_an_image_leaves_out_is_not_installed_there(
    repo_of: RepoMaker, included: str, options: str, *, repeated: bool
) -> None:
    files = DEPLOYED | {"requirements-dev.txt": f"-r {included}\nipdb\n", "dev.Dockerfile": DEV}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert f"uv sync --locked --no-install-project {options}\n" in after(plan, "dev.Dockerfile")
    assert "uv sync --locked --no-install-project --no-dev\n" in after(plan, "Dockerfile")
    assert ('dev = [\n    "flask",\n    "ipdb",\n]' in after(plan, "pyproject.toml")) == repeated


def test_files_of_one_base_that_a_build_chooses_do_not_mix(repo_of: RepoMaker) -> None:
    files = {
        "requirements.txt": "-r requirements/production.txt\n",
        "requirements/base.txt": "flask\n",
        "requirements/local.txt": "-r base.txt\nipdb\n",
        "requirements/production.txt": "-r base.txt\nuwsgi\n",
    }
    plan = migrate(repo_of(files | {"Dockerfile": CHOOSING}).root, UNLOCKED)
    assert "local) uv sync --locked --no-install-project --only-group dev ;;" in after(plan, "Dockerfile")
    assert "production) uv sync --locked --no-install-project --no-dev ;;" in after(plan, "Dockerfile")
