FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11
COPY requirements.txt ./
RUN pip install -r requirements.txt
CMD pip install -U shop && /start.sh
