"""What pip is given for what a Dockerfile names itself."""

import pytest
from conftest import RepoMaker

from migrate.legacy import Installation, legacy
from migrate.options import Options
from migrate.proof.given import START, texts

HEAD = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt "
SHARED = '[project]\nname = "shared"\nversion = "1"\ndependencies = []\n'


@pytest.mark.parametrize(
    ("argument", "line"),
    [
        ("six==1.16.0", "six==1.16.0"),
        ("-e ./libs/shared[fast]", "./libs/shared[fast]"),
        ("git+https://git.example/shop@v1#egg=shop", "shop @ git+https://git.example/shop@v1"),
        ("https://files.example/shop-1.0-py3-none-any.whl", "shop @ https://files.example/shop-1.0-py3-none-any.whl"),
    ],
)
def test_packages_of_a_dockerfile_come_from_where_they_came(repo_of: RepoMaker, argument: str, line: str) -> None:
    files = {"requirements.txt": "flask\n", "libs/shared/pyproject.toml": SHARED, "Dockerfile": f"{HEAD}{argument}\n"}
    old = legacy(repo_of(files), "9.9.9", Options())
    assert texts(old, Installation())[START] == f"-r requirements.txt\n{line}\n"
