FROM python:3.12-slim AS packages
COPY requirements.txt .
RUN pip install --user -r requirements.txt

FROM python:3.12-slim
ARG RUNNER=app
RUN useradd --create-home ${RUNNER}
WORKDIR /app
COPY --from=packages --chown=${RUNNER}:${RUNNER} /root/.local /home/${RUNNER}/.local
ENV PATH=/home/${RUNNER}/.local/bin:$PATH
COPY . .
USER ${RUNNER}
CMD ["python", "app.py"]
