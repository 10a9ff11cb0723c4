"""Images that start what they bring: the packages join those for the image's own Python, before and after.

The images of the families are stood in for by ones that have Python, packages and working directory in the same places.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import docker
from test_forms import SHOW

from migrate.apply import apply
from migrate.migration import migrate

pytestmark = [pytest.mark.docker, pytest.mark.network]

LAMBDA = (
    "FROM python:3.12-slim\nRUN cp -a /usr/local /var/lang && rm -rf /usr/local/bin /usr/local/lib/python3.12 && \\\n"
    "    sed -i '1s|/usr/local|/var/lang|' /var/lang/bin/pip*\n"
    "ENV PATH=/var/lang/bin:$PATH LD_LIBRARY_PATH=/var/lang/lib LAMBDA_TASK_ROOT=/var/task PYTHONPATH=/var/task\n"
    "RUN pip install six==1.16.0\nWORKDIR /var/task\n"
)
TIANGOLO = (
    "FROM python:3.12-slim\nRUN pip install six==1.15.0 itsdangerous==2.1.0\n"
    'RUN echo \'exec python app.py\' > /start.sh\nWORKDIR /app\nCMD ["sh", "/start.sh"]\n'
)
DISTROLESS = (
    "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends python3\n"
    'ENTRYPOINT ["/usr/bin/python3"]\n'
)
START = 'COPY app.py ./\nCMD ["python3", "app.py", "pwd; ls -A /var/task; ls /bin/uv 2>&1"]\n'
FORMS = {
    "lambda": (LAMBDA, "COPY requirements.txt .\nRUN pip install -r requirements.txt\n" + START),
    "lambda-target": (
        LAMBDA,
        'COPY requirements.txt /tmp/\nRUN pip3 install -r /tmp/requirements.txt --target "${LAMBDA_TASK_ROOT}"\n'
        + START,
    ),
    "tiangolo": (TIANGOLO, "COPY requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt\nCOPY app.py ./\n"),
}
NAMES = {
    LAMBDA: "public.ecr.aws/lambda/python:3.12-standin",
    TIANGOLO: "tiangolo/uvicorn-gunicorn:python3.12-standin",
    DISTROLESS: "gcr.io/distroless/python3-debian12:standin",
}
FOLDER = (
    "FROM python:3.11-slim AS build\nCOPY requirements.txt .\nRUN pip install --target=/deps -r requirements.txt\n"
    f"FROM {NAMES[DISTROLESS]}\nCOPY --from=build /deps /deps\nENV PYTHONPATH=/deps\n"
    'COPY app.py /srv/\nCMD ["/srv/app.py", "ls -A /deps", "which uv"]\n'
)


@pytest.fixture
def images(tmp_path: Path) -> Iterator[None]:
    for text, name in NAMES.items():
        file = tmp_path / "standin.Dockerfile"
        file.write_text(text, encoding="utf-8")
        docker("build", "--tag", name, "--file", file, tmp_path)
        file.unlink()
    yield
    docker("rmi", "--force", *NAMES.values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("images")
def test_packages_join_those_of_the_image(form: str, tag: str, tmp_path: Path) -> None:
    base, text = FORMS[form]
    assert "D344" in _migrated(f"FROM {NAMES[base]}\n{text}", tag, tmp_path)


@pytest.mark.usefixtures("images")
def test_a_folder_that_an_image_without_environment_copies_stays(tag: str, tmp_path: Path) -> None:
    assert "D344" not in _migrated(FOLDER, tag, tmp_path)


def _migrated(text: str, tag: str, tmp_path: Path) -> set[str]:
    """Migrate a Dockerfile, whose image must say the same before and after; return the findings' codes."""
    dockerfile = tmp_path / "Dockerfile"
    dockerfile.write_text(text, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("click==8.1.7\nsix==1.17.0\n", encoding="utf-8")
    (tmp_path / "app.py").write_text(SHOW, encoding="utf-8")
    before = _said(tag, tmp_path)
    plan = migrate(tmp_path)
    apply(tmp_path, plan.changes)
    assert "uv" in dockerfile.read_text(encoding="utf-8")
    assert _said(tag, tmp_path) == before
    return {finding.code for finding in plan.findings}


def _said(tag: str, folder: Path) -> str:
    docker("build", "--tag", f"{tag}:now", folder)
    container = docker("create", "--rm", "--network", "none", f"{tag}:now").strip()
    return docker("start", "--attach", container).replace(r"requirements.txt\n", "")
