# Upshot as one image: the website, its workers, and every command.
#
#   docker build -t upshot .
#   docker compose up
FROM python:3.13-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml requirements.txt README.md ./
COPY deploy deploy
COPY src src
RUN sh deploy/install.sh /opt/upshot

FROM python:3.13-slim-bookworm
# LightGBM and CatBoost need OpenMP; pg_dump and pg_restore are for backups of a database server.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data upshot && install -d -o upshot -m 700 /data
COPY --from=build /opt/upshot /opt/upshot
ENV PATH=/opt/upshot/bin:$PATH UPSHOT_DATA=/data PYTHONUNBUFFERED=1
USER upshot
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["upshot", "serve", "--host", "0.0.0.0", "--data", "/data"]
