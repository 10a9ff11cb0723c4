FROM python:3.12-slim
RUN useradd --create-home shop
USER shop
WORKDIR /home/shop/app
RUN python -m venv /home/shop/venv
ENV PATH="/home/shop/venv/bin:$PATH"
COPY --chown=shop requirements.txt .
RUN pip install -r requirements.txt
COPY --chown=shop . .
