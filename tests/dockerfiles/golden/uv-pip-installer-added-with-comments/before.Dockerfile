FROM python:3.12-slim

# The installer needs curl
RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates

ARG UV_VERSION=0.5.7
# Download the installer
ADD --chmod=755 https://astral.sh/uv/${UV_VERSION}/install.sh /install.sh
RUN chmod +x /install.sh && UV_INSTALL_DIR=/bin /install.sh && rm -f /install.sh

WORKDIR /app
COPY requirements.txt .
RUN /root/.local/bin/uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
