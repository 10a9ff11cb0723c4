"""Files that start a container's programs by their old places: both images run them, the new one after their change."""

from pathlib import Path

import pytest
from engine import docker

from migrate.apply import apply
from migrate.migration import migrate

pytestmark = [pytest.mark.docker, pytest.mark.network]

HEAD = (
    "FROM python:3.11-slim\nWORKDIR /srv/shop\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
)
APP = "import os, signal, click\nprint('click', len(click.__name__), flush=True)\n"
JOB = "@reboot root cd /srv/shop && /usr/local/bin/python app.py >/proc/1/fd/1 2>&1; touch /tmp/done\n"
WAIT = "timeout 30 sh -c 'until [ -e /tmp/done ]; do sleep 0.1; done'"
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "cron": (
        f"RUN apt-get update && apt-get install -y cron\nCOPY crontab /etc/cron.d/shop\nCMD cron && {WAIT}\n",
        {"crontab": JOB},
    ),
    "script": (
        'ENTRYPOINT ["sh", "/srv/shop/serve.sh"]\nCMD ["app.py"]\n',
        {"serve.sh": '#!/bin/sh\nset -e\n/usr/local/bin/flask --version\nexec /usr/local/bin/python "$@"\n'},
    ),
    "shebang": (
        'RUN chmod +x manage.py\nCMD ["./manage.py"]\n',
        {"manage.py": f"#!/usr/local/bin/python3\n{APP}"},
    ),
    "supervisor": (
        'CMD ["supervisord", "-n", "-c", "/srv/shop/supervisord.conf"]\n',
        {
            "app.py": f"{APP}os.kill(os.getppid(), signal.SIGTERM)\n",
            "supervisord.conf": "[supervisord]\nnodaemon=true\nuser=root\n\n[program:web]\n"
            "command=/usr/local/bin/python app.py\ndirectory=/srv/shop\nautorestart=false\nstartsecs=0\n"
            "stdout_logfile=/dev/fd/1\nstdout_logfile_maxbytes=0\n",
        },
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_starts_by_its_old_place_starts_by_the_new_one(form: str, tag: str, tmp_path: Path) -> None:
    end, files = FORMS[form]
    requirements = "click==8.1.7\nflask==3.0.3\nsupervisor==4.2.5\nsetuptools==75.8.0\n"
    texts = {"app.py": APP, "requirements.txt": requirements, "Dockerfile": HEAD + end} | files
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = _said(tag, tmp_path)
    assert "click 5" in before
    plan = migrate(tmp_path)
    changed = {change.path for change in plan.changes}
    (start,) = files.keys() - {"app.py"}
    assert {"Dockerfile", start} <= changed, plan.findings
    assert "D343" in {finding.code for finding in plan.findings}
    apply(tmp_path, plan.changes)
    assert "/usr/local/bin" not in (tmp_path / start).read_text(encoding="utf-8")
    after = _said(tag, tmp_path)
    assert "click 5" in after
    assert ("Flask 3.0.3" in after) == ("Flask 3.0.3" in before) == (form == "script")


def _said(tag: str, folder: Path) -> str:
    docker("build", "--tag", f"{tag}:now", folder)
    return docker("start", "--attach", docker("create", "--rm", "--network", "none", f"{tag}:now").strip())
