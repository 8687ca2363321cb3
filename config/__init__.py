"""Settings, root urls, the Celery app and the embedded servers; the top, which no app imports."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
