FROM node:20-alpine3.19
RUN apk add --no-cache python3 py3-pip
WORKDIR /app
COPY package.json ./
RUN npm ci
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt
COPY . .
CMD ["node", "server.js"]
