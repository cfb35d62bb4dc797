# The program alone; the database is another container (compose.yaml). What it writes lies in /state.
FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 talentgap \
    && install -d -o talentgap /state
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --chown=talentgap . .
USER talentgap
ENV TALENTGAP_STATE=/state CACHE_URL=dbcache://talentgap_cache BIND=0.0.0.0:8000 PYTHONUNBUFFERED=1
EXPOSE 8000
VOLUME /state
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "serve"]
