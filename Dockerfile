# Udkig in a container: `docker build -t udkig .`, then for instance
#   docker run --read-only --tmpfs /tmp -v udkig-data:/data \
#     -v ./config:/config:ro -v ./keys:/keys:ro -e MONITOR_KEY_FILE=/keys/udkig.keys udkig
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /src
COPY requirements/ requirements/
RUN python3 -m venv /opt/udkig \
    && /opt/udkig/bin/pip install --no-cache-dir --require-hashes \
       --only-binary :all: -r requirements/postgres.lock
COPY . .
RUN /opt/udkig/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/udkig/bin/pip uninstall --yes hatchling editables pip

FROM ${BASE}
COPY --from=build /opt/udkig /opt/udkig
# The fictional set-up, until a folder of your own is mounted here.
COPY config/ /config/
RUN groupadd --gid 10001 udkig \
    && useradd --no-log-init --uid 10001 --gid udkig --home-dir /data --no-create-home udkig \
    && install --directory --owner udkig --group udkig --mode 0700 /data
ENV PATH=/opt/udkig/bin:$PATH \
    MONITOR_CONFIG=/config \
    MONITOR_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME ["/config", "/data"]
HEALTHCHECK --interval=5m --timeout=1m --start-period=2m --retries=3 \
    CMD ["monitor", "doctor", "--health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["monitor"]
CMD ["up"]
