import pytest
from conftest import RepoMaker

from migrate.mentions import Mention, named, removable


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("README.md", "Install with\n\n    pip install -r requirements.txt\n", 3),
        ("Makefile", "deps:\n\tpip install -rrequirements.txt", 2),
        ("setup.py", 'open("requirements.txt").read()', 1),
        ("setup.cfg", "[options]\ninstall_requires = file:requirements.txt", 2),
        (".github/workflows/ci.yml", "cache-dependency-path: './requirements.txt'", 1),
        ("tox.ini", "deps = -r{toxinidir}/requirements.txt", 1),
        ("Dockerfile.dev", "COPY requirements*.txt /tmp/", 1),
        ("run.sh", "pip install --requirement=$ROOT/requirements.txt", 1),
        ("docs/index.rst", "see ../requirements.txt.", 1),
        ("notes", "requirements.txt\xe9".encode("latin-1"), 1),
        ("sub/Dockerfile", "COPY requirements.txt .", 1),
    ],
)
def test_file_that_something_names_stays(repo_of: RepoMaker, path: str, text: str | bytes, line: int) -> None:
    repo = repo_of({"requirements.txt": "flask\n", "sub/requirements.txt": "flask\n", path: text})
    assert removable(repo, {}, ["requirements.txt"]) == (frozenset(), {"requirements.txt": Mention(path, line)})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".dockerignore", "!requirements.txt"),
        (".gitignore", "requirements.txt"),
        ("README.md", "the requirements are in pyproject.toml"),
        ("README.md", "pip install -r dev-requirements.txt"),
        ("README.md", "pip install -r requirements.txt.in"),
        ("sub/README.md", "pip install -r requirements.txt"),
        ("Makefile", "pip install -r sub/requirements.txt"),
        ("app.py", 'GLOB = "*.txt*.md"'),
    ],
)
def test_file_that_nothing_names_goes(repo_of: RepoMaker, path: str, text: str) -> None:
    repo = repo_of({"requirements.txt": "flask\n", "sub/requirements.txt": "flask\n", path: text})
    assert removable(repo, {}, ["requirements.txt"]) == (frozenset({"requirements.txt"}), {})


SCRIPT = 'echo "installs $1"\n# requirements.txt\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", "FROM python\r\n# Install our requirements.txt\r\nRUN uv sync\r\n"),
        ("Dockerfile", "FROM python\nRUN apt-get update \\\n    # see requirements.txt\n && true\n"),
        ("app.py", "import flask  # requirements.txt has its version\n"),
        ("run.sh", SCRIPT),
        ("run.sh", "# pip install -r requirements.txt\ncat <<EOF\nEOF\n"),
        (".github/workflows/ci.yml", "on: push\njobs:\n  # requirements.txt is gone\n  test: {}\n"),
        ("ruff.toml", "line-length = 100\n# as requirements.txt\n"),
        ("tox.ini", "[testenv]\ndeps =\n    pytest\n    # -r requirements.txt\n"),
        ("Makefile", "# needs requirements.txt\nall:\n\techo\n"),
    ],
)
def test_comment_names_nothing(repo_of: RepoMaker, path: str, text: str) -> None:
    repo = repo_of({"requirements.txt": "flask\n", path: text})
    assert removable(repo, {}, ["requirements.txt"]) == (frozenset({"requirements.txt"}), {})


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("Dockerfile", "RUN cat <<EOF >/notes\n# requirements.txt\nEOF\n", 2),
        ("Dockerfile", "RUN true # requirements.txt\n", 1),
        ("app.py", 'NOTE = """\n# requirements.txt\n"""\n', 2),
        ("app.py", "print(\n# requirements.txt\n", 2),
        ("run.sh", f"NOTE='\n{SCRIPT}'\n", 3),
        ("run.sh", "cat <<EOF\n# requirements.txt\nEOF\n", 2),
        ("run.sh", f'NOTE="$(echo "a" \'")"\n{SCRIPT}', 3),
        ("ci.yml", "run: |\n  # requirements.txt\n  pip --version\n", 2),
        ("ci.yml", 'name: "a\n  # requirements.txt\n  b"\n', 2),
        ("ci.yml", 'name: "a\n# requirements.txt\n', 2),
        ("ruff.toml", 'a = """\n# requirements.txt\n"""\n', 2),
        ("Makefile", "all:\n\techo \\\n# requirements.txt\n", 3),
        ("Makefile", "all:\n\t# requirements.txt\n", 2),
        ("README.md", "# requirements.txt\n", 1),
        ("other.in", "# requirements.txt\n", 1),
    ],
)
def test_what_may_be_no_comment_counts(repo_of: RepoMaker, path: str, text: str, line: int) -> None:
    repo = repo_of({"requirements.txt": "flask\n", path: text})
    assert removable(repo, {}, ["requirements.txt"]) == (frozenset(), {"requirements.txt": Mention(path, line)})


def test_changed_text_counts_and_not_the_old_one(repo_of: RepoMaker) -> None:
    repo = repo_of(
        {"requirements.txt": "flask\n", "Dockerfile": "COPY requirements.txt .", "old.txt": "requirements.txt"}
    )
    gone, kept = removable(repo, {"Dockerfile": "COPY uv.lock .", "old.txt": None}, ["requirements.txt"])
    assert (gone, kept) == (frozenset({"requirements.txt"}), {})
    gone, kept = removable(repo, {"Dockerfile": "RUN cat requirements.txt", "old.txt": None}, ["requirements.txt"])
    assert (gone, kept) == (frozenset(), {"requirements.txt": Mention("Dockerfile", 1)})


def test_file_that_only_removed_files_name_goes_too(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "-r requirements/base.txt\n", "requirements/base.txt": "flask\n"}
    assert removable(repo_of(files), {}, files) == (frozenset(files), {})


def test_file_that_a_kept_file_names_stays(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "-r requirements/base.txt\n", "requirements/base.txt": "flask\n"}
    repo = repo_of(files | {"README.md": "requirements.txt"})
    assert removable(repo, {}, files) == (
        frozenset(),
        {
            "requirements.txt": Mention("README.md", 1),
            "requirements/base.txt": Mention("requirements.txt", 1),
        },
    )


def test_folder_of_requirements_is_named_as_a_whole(repo_of: RepoMaker) -> None:
    repo = repo_of({"requirements/base.txt": "flask\n", "ci.yml": "cat requirements/*.txt"})
    assert removable(repo, {}, ["requirements/base.txt"])[1] == {"requirements/base.txt": Mention("ci.yml", 1)}
    repo = repo_of({"ci.yml": "cp -r requirements/ /tmp"})
    assert removable(repo, {}, ["requirements/base.txt"])[1] == {"requirements/base.txt": Mention("ci.yml", 1)}


def test_folder_is_named_only_where_nothing_would_be_left_in_it(repo_of: RepoMaker) -> None:
    texts = {"Dockerfile": "COPY app/ /app\nCOPY deps/ /deps\n# see requirements\n", "app/main.py": ""}
    repo = repo_of(texts | {"app/requirements.txt": "a", "deps/base.txt": "b"})
    removed, kept = removable(repo, {}, ["app/requirements.txt", "deps/base.txt"])
    assert removed == {"app/requirements.txt"}
    assert kept == {"deps/base.txt": Mention("Dockerfile", 2)}


@pytest.mark.parametrize("name", ["picture.png", "data.bin"])
def test_what_is_no_text_names_nothing(repo_of: RepoMaker, name: str) -> None:
    repo = repo_of({name: b"\0 requirements.txt", "requirements.txt": "a"})
    removed, kept = removable(repo, {}, ["requirements.txt"])
    assert (set(removed), kept) == ({"requirements.txt"}, {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("open('requirements/base.txt')", {"requirements/base.txt"}),
        ('open("Dependencies.txt")', {"Dependencies.txt"}),
        ("open('CHANGES.txt')", set()),
        ("open('pip-requires.in')", set()),
    ],
)
def test_setup_py_names_what_is_called_like_requirements(repo_of: RepoMaker, text: str, found: set[str]) -> None:
    files = dict.fromkeys(("requirements/base.txt", "Dependencies.txt", "CHANGES.txt"), "")
    assert named(repo_of(files | {"setup.py": text})).keys() == found
