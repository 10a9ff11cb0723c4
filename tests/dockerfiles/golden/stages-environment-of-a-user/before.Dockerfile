FROM python:3.12-slim AS builder
RUN useradd --create-home app
WORKDIR /home/app
USER app
RUN python3 -m venv env
COPY requirements.txt .
RUN . env/bin/activate && pip install --upgrade pip && pip install -r requirements.txt
RUN . env/bin/activate && pip uninstall -q -y pip setuptools wheel

FROM python:3.12-slim
COPY --from=builder /home/app/env /home/app/env
ENV PATH="/home/app/env/bin:$PATH"
