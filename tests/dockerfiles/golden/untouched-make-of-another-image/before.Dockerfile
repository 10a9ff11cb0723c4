FROM node:22-slim
WORKDIR /app
COPY . .
RUN make assets
CMD ["node", "app.js"]
