"""Dockerfiles with several stages, in folders, on other images: files and Dockerfiles by the name of a form.

The program prints what Python finds; it is compared before and after.
"""

BUILDER = "FROM python:3.12-slim AS builder\nWORKDIR /src\nCOPY requirements.txt .\n"
RUNTIME = "FROM python:3.12-slim\nWORKDIR /app\n"
END = 'COPY app.py .\nCMD ["python", "app.py", "flask --version | tail -n 1", "pwd; id -un"]\n'
PINS = "flask==3.0.3\nwerkzeug==3.0.4\n"

STAGES = {
    "environment-copied": (
        BUILDER
        + 'RUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nRUN pip install -r requirements.txt\n\n'
        + RUNTIME
        + f'COPY --from=builder /opt/venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n{END}'
    ),
    "wheels": (
        BUILDER
        + "RUN pip wheel --no-cache-dir --wheel-dir /src/wheels -r requirements.txt\n\n"
        + RUNTIME
        + "COPY --from=builder /src/wheels /wheels\nCOPY --from=builder /src/requirements.txt .\n"
        + f"RUN pip install --no-cache-dir /wheels/* && rm -rf /wheels\n{END}"
    ),
    "wheels-found": (
        BUILDER
        + "RUN pip wheel -w /wheels -r requirements.txt\n\n"
        + RUNTIME
        + "COPY --from=builder /wheels /wheels\nCOPY requirements.txt /tmp/requirements.txt\n"
        + f"RUN pip install --no-index --find-links=/wheels -r /tmp/requirements.txt\n{END}"
    ),
    "wheels-mounted": (
        BUILDER
        + "RUN pip wheel -w /wheels -r requirements.txt\n\n"
        + RUNTIME
        + "RUN --mount=type=bind,from=builder,source=/wheels,target=/wheels \\\n"
        + "    --mount=from=builder,src=/src/requirements.txt,target=/app/requirements.txt \\\n"
        + f"    pip install --no-index --find-links=/wheels -r requirements.txt && python -c 'import flask'\n{END}"
    ),
    "prefix": (
        BUILDER
        + "RUN pip install --prefix=/install -r requirements.txt\n\n"
        + RUNTIME
        + f"COPY --from=builder /install /usr/local\n{END}"
    ),
    "user": (
        BUILDER
        + "RUN pip install --user -r requirements.txt\n\n"
        + RUNTIME
        + "RUN useradd --create-home shop\nCOPY --from=builder --chown=shop /root/.local /home/shop/.local\n"
        + f'ENV PATH="/home/shop/.local/bin:$PATH"\nUSER shop\n{END}'
    ),
    "target": (
        BUILDER
        + "RUN pip install --target=/deps -r requirements.txt\n\n"
        + RUNTIME
        + "ENV PYTHONPATH=/deps PATH=/deps/bin:$PATH\nCOPY --from=builder /deps /deps\n"
        + END
    ),
    "site-packages": (
        BUILDER
        + "RUN pip install -r requirements.txt\n\n"
        + RUNTIME
        + "COPY --from=builder /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages\n"
        + f"COPY --from=builder /usr/local/bin /usr/local/bin\n{END}"
    ),
    "others-by-number": (
        "FROM debian:bookworm-slim AS assets\nRUN echo style > /style.css\n\n"
        "FROM python:3.12-slim AS first\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n\n"
        "FROM first\nCOPY --from=0 /style.css /assets/\nCOPY --from=1 /etc/debian_version /assets/\n"
        + END.replace("pwd;", "cat /assets/*; pwd;")
    ),
    "built-upon-each-other": (
        "FROM python:3.12-slim AS base\nENV A=b\nWORKDIR /app\nRUN pip install --upgrade pip\n\n"
        "FROM base AS prod\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n\n"
        "FROM prod AS dev\nCOPY requirements-dev.txt .\nRUN pip install -r requirements-dev.txt\n" + END
    ),
}

FORMS_OF_STAGES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    f"stages-{name}": ({"requirements.txt": PINS, "requirements-dev.txt": "six==1.16.0\n"}, {"Dockerfile": text})
    for name, text in STAGES.items()
} | {
    "in-a-folder": (
        {
            "requirements.txt": PINS,
            "compose.yml": "services: {a: {build: {context: ., dockerfile: docker/Dockerfile}}}",
        },
        {"docker/Dockerfile": f"{RUNTIME}COPY requirements.txt .\nRUN pip install -r requirements.txt\n{END}"},
    ),
    "debian": (
        {"requirements.txt": PINS},
        {
            "Dockerfile": "FROM debian:bookworm-slim\n"
            "RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip\n"
            "WORKDIR /app\nCOPY requirements.txt .\nRUN pip3 install --break-system-packages -r requirements.txt\n"
            + END.replace('"python"', '"python3"')
        },
    ),
    "debian-in-place": (
        {"requirements.txt": PINS},
        {
            "Dockerfile": "FROM debian:bookworm-slim AS base\n"
            "RUN apt-get update && apt-get install -y --no-install-recommends python3\n\n"
            "FROM base AS build\nRUN apt-get update && apt-get install -y --no-install-recommends python3-venv\n"
            "RUN python3 -m venv /venv\nCOPY requirements.txt .\nRUN /venv/bin/pip install -r requirements.txt\n\n"
            'FROM base\nENV PATH="/venv/bin:$PATH"\nWORKDIR /app\nCOPY --from=build /venv /venv\n' + END
        },
    ),
    "slim-runtime": (
        {"requirements.txt": PINS},
        {
            "Dockerfile": RUNTIME.replace("-slim", "")
            + "COPY requirements.txt .\nRUN pip install -r requirements.txt\n"
            + END.replace("pwd;", "git --version; pwd;")
        },
    ),
}
