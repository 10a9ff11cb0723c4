FROM python:3.12-slim
WORKDIR /app
RUN useradd -m app
USER app
ENV PATH="/home/app/.local/bin:$PATH"
COPY --chown=app requirements.txt .
RUN pip install --user -r requirements.txt
COPY --chown=app . .
CMD ["flask", "run"]
