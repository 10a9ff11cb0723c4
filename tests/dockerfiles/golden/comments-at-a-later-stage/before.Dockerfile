# The pages
FROM node:22 AS pages
RUN npm run build

# The program
# on Python
FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY --from=pages /pages /app/pages
