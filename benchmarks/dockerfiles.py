"""How many Dockerfiles of 200 lines are planned in a second on one core: `uv run benchmarks/dockerfiles.py`."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.rewrite import rewritten
from migrate.repo import Repo

COUNT = 1000
HEAD = """FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1
WORKDIR /app
RUN apt-get update \\
    && apt-get install -y --no-install-recommends gcc libpq-dev curl \\
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt && pip check
COPY . .
"""
BLOCK = """
# step {number}
ENV SETTING_{number}="value $PATH" \\
    OTHER_{number}=/srv/{number}
LABEL step{number}=done
RUN mkdir -p /srv/{number} \\
    && apt-get update \\
    && apt-get install -y \\
        curl \\
        gettext \\
        netcat-openbsd \\
        tini \\
    && chmod 755 /srv/{number}
"""
LINES = 200


def dockerfile(number: int) -> str:
    """Return a Dockerfile of 200 lines that differs from the others in every block."""
    text = HEAD
    while text.count("\n") + BLOCK.count("\n") < LINES:
        text += BLOCK.format(number=f"{number}_{text.count(chr(10))}")
    return text + "EXPOSE 8000\n" * (LINES - text.count("\n") - 1) + 'CMD ["gunicorn", "app:app"]\n'


def main() -> None:
    """Print the figure."""
    texts = [dockerfile(number) for number in range(COUNT)]
    with TemporaryDirectory() as folder:
        Path(folder, "requirements.txt").write_text("flask\n", encoding="utf-8")
        Path(folder, "app.py").write_text("", encoding="utf-8")
        target = Target(Repo.read(Path(folder)), frozenset({"requirements.txt"}), "0.13.9")
        start = process_time()
        changed = sum(rewritten("Dockerfile", text, target).text != text for text in texts)
        seconds = process_time() - start
    print(f"{changed} of {COUNT} Dockerfiles of {LINES} lines rewritten, {COUNT / seconds:.0f} a second on one core")


if __name__ == "__main__":
    main()
