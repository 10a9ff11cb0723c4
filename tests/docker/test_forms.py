"""Forms of pip that the examples do not show: the image of each is built before and after; both do the same."""

from pathlib import Path

import pytest
from engine import docker
from forms_of_stages import FORMS_OF_STAGES

from migrate.apply import apply
from migrate.images.dockerfiles import base_of
from migrate.images.engine import Build, Engine
from migrate.images.image import Image
from migrate.images.proofs import Pair, prove
from migrate.migration import migrate
from migrate.options import Options

pytestmark = [pytest.mark.docker, pytest.mark.network]

# Prints the version of each distribution that Python finds, pip and its helpers aside, and what a program says.
SHOW = (
    "import importlib.metadata as m, subprocess, sys\n"
    "names = {d.metadata['Name'].lower(): d.version for d in m.distributions()}\n"
    "print(sorted((n, v) for n, v in names.items() if n not in ('pip', 'setuptools', 'uv', 'wheel', 'pip-tools')))\n"
    "print([subprocess.run(c, shell=True, capture_output=True, text=True).stdout for c in sys.argv[1:]])\n"
)
HEAD = "FROM python:3.12-slim\nWORKDIR /app\n"
PROJECT = (
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "shop"\n'
    'version = "1.5"\nrequires-python = ">=3.12"\ndependencies = []\n[project.scripts]\nshop = "shop:main"\n'
    '[tool.setuptools]\npy-modules = ["shop"]\n'
)
SHOP = "import click\n\ndef main():\n    print('shop', click.__name__, __file__.rpartition('/')[0][-13:])\n"
LOCAL = '[project]\nname = "{}"\nversion = "1"\ndependencies = ["itsdangerous==2.2.0"]\n'
IMPORTS = "python -c 'import plain, shared; print(plain.NAME, shared.NAME)'"
FILES = {"requirements.txt": "click==8.1.7\n", "app.py": SHOW, "shop.py": SHOP}
WITH_PROJECT = FILES | {"pyproject.toml": PROJECT}

FORMS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "project": (
        WITH_PROJECT,
        {
            "Dockerfile": f"{HEAD}COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
            'RUN pip install --no-deps .\nCMD ["python", "app.py", "shop"]\n'
        },
    ),
    "project-editable": (
        WITH_PROJECT,
        {
            "Dockerfile": f"{HEAD}COPY . .\nRUN pip install -r requirements.txt && pip install -e .\n"
            'CMD ["python", "app.py", "shop"]\n'
        },
    ),
    "project-in-a-stage": (
        WITH_PROJECT,
        {
            "Dockerfile": "FROM python:3.12-slim AS build\nRUN python -m venv /opt/venv\n"
            'ENV PATH="/opt/venv/bin:$PATH"\nWORKDIR /src\nCOPY requirements.txt .\n'
            "RUN pip install -r requirements.txt\nCOPY . .\nRUN pip install .\n\n"
            "FROM python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\nCOPY app.py /srv/app.py\n"
            'ENV PATH="/opt/venv/bin:$PATH"\nCMD ["python", "/srv/app.py", "shop"]\n'
        },
    ),
    "project-below-a-group": (
        WITH_PROJECT | {"requirements-dev.txt": "-r requirements.txt\nsix==1.16.0\n"},
        {
            "Dockerfile": f"{HEAD.replace('slim', 'slim AS base')}COPY . .\n"
            "RUN pip install -r requirements.txt && pip install -e .\n\nFROM base\n"
            'RUN pip install -r requirements-dev.txt\nCMD ["python", "app.py", "shop"]\n'
        },
    ),
    "packages-that-the-build-chooses": (
        FILES,
        {
            "Dockerfile": "FROM python:3.12-slim\nRUN useradd --create-home app\nUSER app\nWORKDIR /home/app\n"
            "COPY requirements.txt app.py ./\nRUN python -m venv venv\n"
            "RUN if [ -f requirements.txt ]; then venv/bin/pip install --no-deps -r requirements.txt; fi\n"
            'CMD ["venv/bin/python", "app.py", "id -un"]\n',
            "Dockerfile.six": f"{HEAD}ARG SIX=1\nCOPY . .\nRUN pip install -r requirements.txt\n"
            'RUN if [ "$SIX" = 1 ]; then pip install six==1.16.0; fi\nCMD ["python", "app.py"]\n',
        },
    ),
    "file-that-the-build-chooses": (
        FILES | {"requirements-dev.txt": "-r requirements.txt\nsix==1.16.0\n"},
        {
            "Dockerfile": "FROM python:3.12-slim\nARG REQUIREMENTS=requirements-dev\nWORKDIR /app\n"
            "COPY requirements*.txt ./\nRUN pip install -r ${REQUIREMENTS}.txt\nCOPY . .\n"
            'CMD ["python", "app.py"]\n',
            "Dockerfile.loop": f"{HEAD}COPY . .\n"
            "RUN for f in requirements requirements-dev; do pip install -r $f.txt; done\n"
            'CMD ["python", "app.py"]\n',
            "Dockerfile.tests": "FROM python:3.12-slim\nARG DEV=1\nWORKDIR /app\nCOPY . .\n"
            'RUN pip install -r requirements.txt\nRUN if [ "$DEV" = 1 ]; then \\\n'
            '    pip install -r requirements-dev.txt; fi\nCMD ["python", "app.py"]\n',
        },
    ),
    "local-packages": (
        {
            "requirements.txt": "click==8.1.7\n./libs/plain\n",
            "app.py": SHOW,
            "libs/plain/pyproject.toml": LOCAL.format("plain"),
            "libs/plain/plain/__init__.py": "import click\nNAME = 'plain ' + click.__name__\n",
            "libs/shared/pyproject.toml": LOCAL.format("shared"),
            "libs/shared/shared/__init__.py": "NAME = 'shared'\n",
        },
        {
            "Dockerfile": f"{HEAD}COPY . .\nRUN pip install -r requirements.txt\nRUN pip install -e ./libs/shared\n"
            f'CMD ["python", "app.py", "{IMPORTS}"]\n',
            "Dockerfile.elsewhere": f"{HEAD}COPY . .\nRUN pip install -r requirements.txt libs/shared/\n"
            "RUN rm -rf /app/libs\n"
            f'CMD ["python", "app.py", "{IMPORTS}"]\n',
        },
    ),
    "constraints": (
        {"requirements.txt": "jinja2==3.1.4\n", "constraints.txt": "markupsafe<2.1.4\nclick<8\n", "app.py": SHOW},
        {
            "Dockerfile": f"{HEAD}COPY requirements.txt constraints.txt ./\n"
            "RUN pip install --no-cache-dir -c constraints.txt -r requirements.txt && rm constraints.txt\n"
            'COPY . .\nCMD ["python", "app.py"]\n'
        },
    ),
    "uv-pip": (
        FILES,
        {
            "Dockerfile": "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/\n"
            "WORKDIR /app\nCOPY requirements.txt .\nRUN uv pip install --system --no-cache -r requirements.txt\n"
            'COPY . .\nCMD ["python", "app.py"]\n',
            "Dockerfile.venv": f"{HEAD}COPY requirements.txt .\n"
            "RUN pip install uv && uv venv && uv pip sync requirements.txt\n"
            'COPY . .\nENV PATH="/app/.venv/bin:$PATH"\nCMD ["python", "app.py"]\n',
        },
    ),
    "packages-of-one-image": (
        FILES,
        {
            "Dockerfile": f'{HEAD}COPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
            "Dockerfile.web": f"{HEAD}COPY . .\nRUN pip install -r requirements.txt itsdangerous==2.2.0\n"
            'CMD ["python", "app.py"]\n',
            "Dockerfile.tools": f'{HEAD}COPY . .\nRUN python -m pip install six==1.16.0\nCMD ["python", "app.py"]\n',
        },
    ),
    "chain": (
        FILES,
        {
            "Dockerfile": f"{HEAD}RUN useradd --create-home shop\nCOPY --chown=shop . .\n"
            "RUN set -eux; \\\n    python -m ensurepip --upgrade; \\\n    pip install --upgrade pip; \\\n"
            "    pip install --no-cache-dir -r requirements.txt; \\\n    mkdir /data; chown shop /data; pip check\n"
            'USER shop\nCMD ["python", "app.py", "id -un", "stat -c %U /data /app/app.py"]\n'
        },
    ),
    "python-behind-pip": (
        FILES,
        {
            "Dockerfile": f"{HEAD}COPY requirements.txt .\n"
            "RUN pip install -r requirements.txt && python -c 'import click; print(click.__name__)' > /made\n"
            'COPY . .\nCMD ["python", "app.py", "cat /made"]\n'
        },
    ),
}
# Configuration, files, owners and modes are compared too; an environment that PATH does not name is taken for files.
WITH_ALL_FILES = {*FORMS, "stages-environment-copied"} - {"packages-that-the-build-chooses"}
FORMS |= {name: ({"app.py": SHOW} | files, dockerfiles) for name, (files, dockerfiles) in FORMS_OF_STAGES.items()}


@pytest.fixture(scope="module")
def bases() -> dict[str, Image]:
    """Give a place for the images that the forms stand on, by the Dockerfile that only fetches one."""
    return {}


@pytest.mark.parametrize("form", FORMS)
def test_the_new_image_does_what_the_old_one_did(
    form: str, tag: str, engine: Engine, bases: dict[str, Image], tmp_path: Path
) -> None:
    files, dockerfiles = FORMS[form]
    project = tmp_path / "project"
    for name, text in (files | dockerfiles).items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    before = [_said(f"{tag}:old-{number}", name, project) for number, name in enumerate(dockerfiles)]
    old_bases = [_base(project / name, engine, bases, tmp_path) for name in dockerfiles]
    plan = migrate(project, Options(slim_runtime=form.startswith("slim")))
    changed = {change.path for change in plan.changes}
    assert dockerfiles.keys() <= changed, plan.findings
    apply(project, plan.changes)
    assert [_said(f"{tag}:new-{number}", name, project) for number, name in enumerate(dockerfiles)] == before
    for number, name in enumerate(dockerfiles if form in WITH_ALL_FILES else ()):
        old, new = (Image(engine, f"{tag}:{side}-{number}") for side in ("old", "new"))
        base = _base(project / name, engine, bases, tmp_path)
        pair = Pair(old, new, old_bases[number], base, frozenset(changed), frozenset(), {}, tmp_path)
        for claim in ("config", "files", "leftovers"):
            proof = prove(claim, pair)
            assert (claim, proof.why, proof.differences) == (claim, "", ())


def _base(dockerfile: Path, engine: Engine, bases: dict[str, Image], folder: Path) -> Image:
    """Return the image on which the last stage of a Dockerfile stands."""
    text = base_of(dockerfile.read_text(encoding="utf-8"))
    assert text
    if text not in bases:
        (folder / "base.Dockerfile").write_text(text, encoding="utf-8")
        nothing = folder / "nothing"
        nothing.mkdir(exist_ok=True)
        tag = engine.build(f"base-{len(bases)}", folder / "base.Dockerfile", nothing, Build()).tag
        bases[text] = Image(engine, tag)
    return bases[text]


def _said(tag: str, dockerfile: str, folder: Path, *options: str) -> str:
    docker("build", "--tag", tag, "--file", folder / dockerfile, folder)
    container = docker("create", "--rm", "--network", "none", *options, tag).strip()
    return docker("start", "--attach", container)


def test_a_mount_over_the_working_directory_hides_no_packages(tag: str, tmp_path: Path) -> None:
    compose = "services:\n  web:\n    build: .\n    volumes:\n      - .:/app\n"
    dockerfile = (
        f'{HEAD}COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n'
    )
    for name, text in (FILES | {"compose.yml": compose, "Dockerfile": dockerfile}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    mount = ("--volume", f"{tmp_path}:/app")  # as compose does it
    before = _said(f"{tag}:now", "Dockerfile", tmp_path, *mount)
    assert "click" in before
    apply(tmp_path, migrate(tmp_path).changes)
    assert _said(f"{tag}:now", "Dockerfile", tmp_path, *mount) == before
