FROM python:3.12-slim
ENV PLAYWRIGHT_BROWSERS_PATH=/browsers
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN playwright install --with-deps chromium
RUN python -m nltk.downloader -d /usr/share/nltk_data punkt
RUN python -c "import flask; print(flask.__version__)"
COPY . .
RUN python manage.py collectstatic --noinput && django-admin compilemessages
CMD ["python", "app.py"]
