# The image of Admit One: `serve` by default, `worker` or any other command by argument. docs/install.md tells how
# to run it. Settings are read when it starts; none is built in but those that follow from the image's folders.
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/admitone
WORKDIR /build
COPY requirements.lock ./
RUN /opt/admitone/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY docs/*.md ./docs/
COPY server ./server
RUN /opt/admitone/bin/pip install --no-cache-dir --no-index --no-deps --no-build-isolation . \
    && /opt/admitone/bin/admitone redis-binary \
    && /opt/admitone/bin/pip uninstall -y setuptools pip
# Google's client carries 100 MB of discovery documents, of which these are read.
RUN find /opt/admitone -path '*/discovery_cache/documents/*.json' \
    ! -name calendar.v3.json ! -name gmail.v1.json ! -name chat.v1.json ! -name oauth2.v2.json -delete

FROM ${BASE}
LABEL org.opencontainers.image.title="Admit One" \
      org.opencontainers.image.description="One-time booking links for Gmail, self-hosted" \
      org.opencontainers.image.licenses="Apache-2.0"
# tini is the init process: Valkey goes into the background, and somebody must take note of its end.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin admitone \
    && install -d -m 0700 -o admitone -g admitone /data /backups
COPY --from=build /opt/admitone /opt/admitone
# The socket of the embedded Valkey is on the volume of its data: nothing else has to be writable.
ENV PATH=/opt/admitone/bin:$PATH \
    ADMITONE_HOST=0.0.0.0 \
    ADMITONE_DATA_DIR=/data \
    ADMITONE_RUNTIME_DIR=/data/run
WORKDIR /data
VOLUME ["/data"]
USER 10001:10001
EXPOSE 8080
# The server answers once its data are up to date, which may take minutes after an upgrade. A worker has no port:
# run it without this check.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10m --retries=3 \
    CMD ["python3", "-c", "import http.client, os, sys; server = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('ADMITONE_PORT') or 8080), timeout=4); server.request('GET', '/healthz'); sys.exit(server.getresponse().status != 200)"]
ENTRYPOINT ["tini", "--", "admitone"]
CMD ["serve"]
