FROM python:3.11-slim
WORKDIR /app
# everything
COPY . .
# the packages
RUN pip install -r requirements.txt
# a port
EXPOSE 80

# tools
RUN pip install --upgrade pip
