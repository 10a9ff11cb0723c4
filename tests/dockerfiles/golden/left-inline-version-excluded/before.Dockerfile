FROM python:3.12-slim
ARG FLASK=1.0
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && pip install flask==${FLASK}
CMD ["flask", "run"]
