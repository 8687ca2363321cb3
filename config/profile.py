"""Which of the three ways of running this is, and what it takes from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR: Final = Path(__file__).resolve().parent.parent
PROFILES: Final = ("production", "demo", "test")
REQUIRED_IN_PRODUCTION: Final = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")

env = environ.Env()


@dataclass(frozen=True)
class Profile:
    """The name of the profile and the three questions that settings ask of it."""

    name: str

    @property
    def is_production(self) -> bool:
        return self.name == "production"

    @property
    def is_demo(self) -> bool:
        return self.name == "demo"

    @property
    def is_test(self) -> bool:
        return self.name == "test"


def current() -> Profile:
    """The profile named by HINDSIGHT_PROFILE; production unless said otherwise.

    Raises ImproperlyConfigured for an unknown name, and in production for settings that are missing.
    """
    name = env.str("HINDSIGHT_PROFILE", default="production")
    if name not in PROFILES:
        raise ImproperlyConfigured(f"HINDSIGHT_PROFILE is {name!r}; it is one of {', '.join(PROFILES)}.")
    profile = Profile(name)
    missing = [key for key in REQUIRED_IN_PRODUCTION if profile.is_production and not env.str(key, default="")]
    if missing:
        raise ImproperlyConfigured(
            f"The production profile needs {', '.join(missing)} in the environment. "
            "To try Hindsight on this machine, run `make demo` or set HINDSIGHT_PROFILE=demo."
        )
    return profile


def broker_url(redis_url: str) -> str:
    """Celery's form of a redis-py URL: unix sockets have another scheme and name their database differently."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    options = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    return f"redis+socket://{path}?virtual_host={options.get('db', '0')}"
