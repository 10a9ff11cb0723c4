FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN <<EOF
#!/usr/bin/env python
import subprocess
subprocess.run(["pip", "install", "-r", "requirements.txt"])
EOF
