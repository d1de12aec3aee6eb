# The page of peerstay, and its commands: `docker build -t peerstay .`, then compose.yaml or docs/hosting.md.
# What is installed, and how, stands in deploy/install.sh, so that it can be tried without a container engine.
FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN sh deploy/install.sh /source /opt/peerstay

FROM python:3.13-slim
LABEL org.opencontainers.image.title="peerstay" \
      org.opencontainers.image.description="Compensation and funding sustainability simulator for the peer recovery workforce" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/peerstay /opt/peerstay
COPY deploy/health.py /opt/peerstay/health.py
RUN useradd --uid 10001 --no-create-home --home-dir /var/lib/peerstay --shell /usr/sbin/nologin peerstay
# Nothing is written below the root: what is temporary goes to /tmp, saved runs of the command line to /data.
ENV PATH=/opt/peerstay/bin:$PATH \
    HOME=/var/lib/peerstay \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PEERSTAY_STORE=/data
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["python", "/opt/peerstay/health.py"]
ENTRYPOINT ["peerstay"]
CMD ["app", "--no-open", "--address", "0.0.0.0"]
