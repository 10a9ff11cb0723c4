FROM python:3.12-slim
WORKDIR /app
RUN python -m venv venv
ENV PATH="/app/venv/bin:$PATH"
RUN touch venv/.ready && chown -R nobody venv
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY app.py .
CMD ["python", "app.py"]
