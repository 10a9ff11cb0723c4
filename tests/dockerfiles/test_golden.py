"""Each folder in `golden/` is a Dockerfile, what becomes of it (nothing without an `after.Dockerfile`), and why."""

from pathlib import Path

import dockerfile as buildkit
import pytest

from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.rewrite import rewrite
from migrate.findings import Finding
from migrate.plan import Plan
from migrate.repo import Repo
from migrate.report.terminal import preview

FOLDER = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in FOLDER.iterdir())
CONTEXT = {
    "app.py": "print('hello')\n",
    "entrypoint.sh": '#!/bin/sh\nexec "$@"\n',
    "manage.py": "",
    "requirements-dev.txt": "pytest\n",
    "requirements.txt": "flask\n",
    "start.sh": "#!/bin/sh\npip install -r requirements.txt\nexec python app.py\n",
}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    folder = tmp_path_factory.mktemp("context")
    for name, text in CONTEXT.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Target(Repo.read(folder), frozenset({"requirements.txt"}), "9.9.9")


def said(findings: tuple[Finding, ...]) -> str:
    return preview(Plan((), findings), colour=False, full_lock=False).removesuffix("Nothing to change.\n").strip("\n")


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, target: Target) -> None:
    before = (FOLDER / case / "before.Dockerfile").read_bytes().decode()
    after_file, findings_file = FOLDER / case / "after.Dockerfile", FOLDER / case / "findings.txt"
    after, findings = rewrite("Dockerfile", before, target)
    assert after == (after_file.read_bytes().decode() if after_file.exists() else before)
    assert said(findings) == (findings_file.read_text("utf-8").strip("\n") if findings_file.exists() else "")
    assert rewrite("Dockerfile", after, target)[0] == after


@pytest.mark.parametrize("case", [case for case in CASES if (FOLDER / case / "after.Dockerfile").exists()])
def test_docker_accepts_the_result_and_no_comment_is_lost(case: str) -> None:
    before, after = ((FOLDER / case / f"{side}.Dockerfile").read_bytes().decode() for side in ("before", "after"))
    buildkit.parse_string(after)
    comments = [line.strip() for line in before.split("\n") if line.lstrip().startswith("#")]
    kept = [line.strip() for line in after.split("\n") if line.lstrip().startswith("#")]
    assert kept == comments


def test_most_cases_stay_unchanged() -> None:
    changed = [case for case in CASES if (FOLDER / case / "after.Dockerfile").exists()]
    assert len(changed) < len(CASES) / 2
