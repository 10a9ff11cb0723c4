"""What Dockerfiles install beside the requirements files, in the plan of the whole project."""

import pytest
from conftest import RepoMaker
from plans import DOCKERFILE, UNLOCKED, after, codes

from migrate.migration import migrate

INLINE = DOCKERFILE + 'RUN pip install "gunicorn[setproctitle]==23.0.0" flask\n'


def test_packages_that_the_dockerfile_names_are_dependencies(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n", "Dockerfile": INLINE}).root, UNLOCKED)
    assert '    "flask==3.0",\n    "gunicorn[setproctitle]==23.0.0",\n' in after(plan, "pyproject.toml")
    assert "D312" in codes(plan)
    assert "gunicorn" not in after(plan, "Dockerfile")


@pytest.mark.parametrize(
    "files",
    [
        {"Dockerfile": INLINE + "RUN pip uninstall -y x\n"},
        {"Dockerfile": INLINE.replace("flask\n", "flask==1\n")},
        {"docker/Dockerfile": INLINE, "docker/requirements.txt": "flask\n"},
        {"Dockerfile": b"\xff" + INLINE.encode()},
    ],
)
def test_packages_of_a_dockerfile_that_is_left_are_no_dependencies(
    repo_of: RepoMaker, files: dict[str, str | bytes]
) -> None:
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | files).root, UNLOCKED)
    assert "gunicorn" not in after(plan, "pyproject.toml")
    assert "Dockerfile" not in {change.path for change in plan.changes}


def test_packages_of_a_dockerfile_alone_are_told(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"app.py": "", "web/Dockerfile": "FROM python:3.12\nRUN pip install -U pip flask\n"}).root)
    assert plan.changes == ()
    assert [(each.code, each.path, each.line) for each in plan.findings] == [
        ("F503", "requirements.txt", None),
        ("F510", "web/Dockerfile", 2),
    ]
    assert plan.findings[1].message.endswith(": flask")


@pytest.mark.parametrize(
    ("python", "required", "is_added"),
    [("3.11", "flask\n", True), ("3.12", "flask\n", False), ("3.11", "flask\nsetuptools==69.0\n", False)],
)
def test_module_that_the_image_brought_is_required(
    repo_of: RepoMaker, python: str, required: str, *, is_added: bool
) -> None:
    dockerfile = DOCKERFILE.replace("3.12", python)
    files = {"requirements.txt": required, "app.py": "import pkg_resources\n", "Dockerfile": dockerfile}
    plan = migrate(repo_of(files | {"Dockerfile.web": dockerfile}).root, UNLOCKED)
    assert after(plan, "pyproject.toml").count("setuptools<82") == is_added
    assert ("D321" in codes(plan)) == is_added


@pytest.mark.parametrize(
    ("required", "is_added"),
    [
        ("djangorestframework-simplejwt==5.1.0\n", True),
        ("djangorestframework_simplejwt<5\n", True),
        ("djangorestframework-simplejwt==5.3.1\n", False),
        ("gunicorn==19.9\n", True),
        ("gunicorn==20.1.0\n", True),
        ("APScheduler==3.10.1\n", True),
        ("gunicorn==23.0.0\n", False),
        ("gunicorn>=21,<24\n", False),
        ("djangorestframework-simplejwt\n", False),
        ("djangorestframework-simplejwt>=5\n", False),
        ("face-recognition\n", True),
        ("Markdown==3.1.1\n", True),
        ("Markdown==3.3\n", False),
        ("face-recognition\nsetuptools==69.0\n", False),
        ("pyfiglet @ https://files.example/pyfiglet-0.8-py3-none-any.whl\n", False),
    ],
)
def test_module_that_packages_import_without_saying_so(repo_of: RepoMaker, required: str, *, is_added: bool) -> None:
    files = {"requirements.txt": required, "app.py": "", "Dockerfile": DOCKERFILE.replace("3.12", "3.11")}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert after(plan, "pyproject.toml").count("setuptools<82") == is_added
    assert ("D321" in codes(plan)) == is_added


def test_all_that_import_the_module_are_told(repo_of: RepoMaker) -> None:
    dockerfile = DOCKERFILE.replace("3.12", "3.11") + "RUN pip install pyfiglet==0.8.post1\n"
    files = {"requirements.txt": "razorpay==1.4.1\n", "app.py": "import pkg_resources\n", "Dockerfile": dockerfile}
    (said,) = (each for each in migrate(repo_of(files).root, UNLOCKED).findings if each.code == "D321")
    assert said.message.endswith("is imported by the code, razorpay and pyfiglet")


PACKAGE = (
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n'
    '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = []\n'
)


def test_project_that_the_dockerfile_installs_is_installed_behind_its_packages(repo_of: RepoMaker) -> None:
    dockerfile = DOCKERFILE + "RUN pip install --no-deps -e .\n"
    files = {"requirements.txt": "flask==3.0\n", "pyproject.toml": PACKAGE, "shop.py": "", "Dockerfile": dockerfile}
    new = after(migrate(repo_of(files).root, UNLOCKED), "Dockerfile")
    first, second = new.index("--no-install-project"), new.rindex("uv sync --locked --no-dev\n")
    assert first < new.index("COPY . .") < second
    assert "pip install" not in new


@pytest.mark.parametrize("pyproject", ["[project\n", '[project]\nname = "shop"\nversion = "1"\n', b"\xff"])
def test_project_that_cannot_be_installed_is_left(repo_of: RepoMaker, pyproject: str | bytes) -> None:
    files = {
        "requirements.txt": "flask\n",
        "pyproject.toml": pyproject,
        "Dockerfile": f"{DOCKERFILE}RUN pip install .\n",
    }
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert "Dockerfile" not in {change.path for change in plan.changes}


def test_packages_of_one_of_several_dockerfiles_are_a_group(repo_of: RepoMaker) -> None:
    files = {
        "Dockerfile": DOCKERFILE,
        "Dockerfile.web": INLINE,
        "web.Dockerfile": INLINE.replace("gunicorn", "uvicorn"),
    }
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | files).root, UNLOCKED)
    written = after(plan, "pyproject.toml")
    assert 'web = [\n    "gunicorn[setproctitle]==23.0.0",\n    "uvicorn[setproctitle]==23.0.0",\n]' in written
    assert '"flask==3.0",\n]' in written
    assert "--no-dev --group web" in after(plan, "Dockerfile.web")
    assert "--group" not in after(plan, "Dockerfile")
    assert codes(plan).count("D319") == 2


def test_packages_that_a_build_argument_chooses_are_a_group(repo_of: RepoMaker) -> None:
    chosen = 'ARG WITH_SIX=0\nRUN if [ "$WITH_SIX" = 1 ]; then pip install six==1.16.0; fi\n'
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n", "Dockerfile": DOCKERFILE + chosen}).root, UNLOCKED)
    assert 'with-six = [\n    "six==1.16.0",\n]' in after(plan, "pyproject.toml")
    assert "then uv sync --locked --no-install-project --no-dev --group with-six; fi" in after(plan, "Dockerfile")


def test_a_dockerfile_that_names_nothing_new_has_no_group(repo_of: RepoMaker) -> None:
    files = {"Dockerfile": DOCKERFILE, "Dockerfile.web": f"{DOCKERFILE}RUN pip install flask\n"}
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | files).root, UNLOCKED)
    assert "[dependency-groups]" not in after(plan, "pyproject.toml")
    assert "--group" not in after(plan, "Dockerfile.web")


TORCH = "RUN pip install torch==2.2.0 --index-url https://pypi.example/whl/cpu\n"


def test_index_of_the_dockerfile_is_one_of_the_project(repo_of: RepoMaker) -> None:
    dockerfile = DOCKERFILE.replace("pip install", "pip install -i https://user:swordfish@pypi.example/simple --pre")
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n", "Dockerfile": dockerfile}).root, UNLOCKED)
    written = after(plan, "pyproject.toml")
    assert 'url = "https://pypi.example/simple"' in written
    assert 'prerelease = "allow"' in written
    assert "swordfish" not in written + after(plan, "Dockerfile") + str(plan.findings) + str(plan.lines)
    assert {"D315", "D317"} <= set(codes(plan))


@pytest.mark.parametrize("required", ["flask==3.0\n", "torch==2.2.0\n"])
def test_index_for_one_package_is_its_source(repo_of: RepoMaker, required: str) -> None:
    dockerfile = DOCKERFILE.replace("RUN", f"{TORCH}RUN")
    plan = migrate(repo_of({"requirements.txt": required, "Dockerfile": dockerfile}).root, UNLOCKED)
    written = after(plan, "pyproject.toml")
    assert 'torch = { index = "pypi-example-whl-cpu" }' in written
    assert written.count("torch==2.2.0") == 1


def test_dockerfiles_with_contradicting_indexes_are_not_both_rewritten(repo_of: RepoMaker) -> None:
    texts = {
        f"Dockerfile{name}": DOCKERFILE.replace("install", f"install -i https://{host}.example/simple")
        for name, host in (("", "a"), (".dev", "b"))
    }
    plan = migrate(repo_of({"requirements.txt": "flask==3.0\n"} | texts).root, UNLOCKED)
    assert "a.example" in after(plan, "pyproject.toml")
    assert "b.example" not in after(plan, "pyproject.toml")
    assert {change.path for change in plan.changes if change.path.startswith("Dockerfile")} == {"Dockerfile"}
