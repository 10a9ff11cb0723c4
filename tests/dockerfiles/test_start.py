"""What stands in the files beside a Dockerfile matters where this image can run it."""

from pathlib import Path

import pytest

from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.rewrite import rewritten
from migrate.repo import Repo

DOCKERFILE = """\
FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["./start"]
"""


def reasons(folder: Path, path: str, text: str) -> list[str]:
    """Return the place and the reason of every finding that keeps a Dockerfile as it is beside one more file."""
    for name, content in {"requirements.txt": "flask\n", "start": "exec python app.py\n", path: text}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    target = Target(Repo.read(folder), frozenset({"requirements.txt"}), "9.9.9")
    result = rewritten("Dockerfile", DOCKERFILE, target)
    said = [f"{one.path}:{one.line}" for one in result.findings if one.code in {"D306", "D342"}]
    assert (result.text == DOCKERFILE) == bool(said)
    return said


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("postgres/Dockerfile", "FROM postgres:16\nRUN curl -o /usr/local/bin/gosu https://gosu.example/gosu\n"),
        ("postgres/Dockerfile-armv7", "CMD /usr/local/bin/worker\n"),
        ("worker.Dockerfile", "RUN ln -s /usr/local/bin/worker /worker\n"),
        ("worker/Containerfile.dev", 'CMD ["sh", "-c", "pip install -r requirements.txt && /usr/local/bin/worker"]\n'),
        (".github/workflows/test", "/usr/local/bin/worker\n"),
        ("docs/deploy.md", "/usr/local/bin/worker\n"),
        ("restart", "pip install -r requirements.txt\n"),
        ("scripts/run.sh", "# /usr/local/bin/worker\n"),
        ("scripts/run.sh", "set -e\n/usr/local/bin/worker\n"),
        ("conf/supervisord.conf", "[program:worker]\ncommand=/usr/local/bin/worker\n"),
        ("dockerfiles/run.sh", "set -e\n/usr/local/bin/worker\n"),
    ],
)
def test_a_file_that_this_image_does_not_run_is_no_reason(tmp_path: Path, path: str, text: str) -> None:
    assert reasons(tmp_path, path, text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("start", "set -e\nexec /usr/local/bin/worker\n"),
        ("start", "set -e\npip install -r requirements.txt\n"),
        ("start", "cd /app\nexec sudo -u app python app.py\n"),
    ],
)
def test_a_file_that_this_image_may_run_is_one(tmp_path: Path, path: str, text: str) -> None:
    assert reasons(tmp_path, path, text) == [f"{path}:2"]
