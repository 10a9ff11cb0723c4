FROM debian:bookworm-slim
COPY tools/check tools/
RUN install -m 755 tools/check /usr/local/bin/check && tools/check
