FROM python:3.12-slim
WORKDIR /srv/shop
RUN curl -fsSLo /usr/local/bin/wait-for https://files.example/wait-for && chmod +x /usr/local/bin/wait-for
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD /usr/local/bin/wait-for db:5432 -- python app.py
