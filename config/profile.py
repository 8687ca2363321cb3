"""Which of the three ways of running this is, and what it takes from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import environ
from django.core.exceptions import ImproperlyConfigured

from config import embedded

BASE_DIR: Final = Path(__file__).resolve().parent.parent
PROFILES: Final = ("production", "demo", "test")
ROLES: Final = ("web", "worker", "owner")
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

    @property
    def var(self) -> Path:
        """The folder of what this installation writes. The tests have one of their own inside it."""
        default = BASE_DIR / "var" / "test" if self.is_test else BASE_DIR / "var"
        return Path(env.str("HINDSIGHT_VAR", default=str(default)))

    @property
    def is_embedded(self) -> bool:
        """Whether a server that the environment does not name is run from `var`."""
        named = env.str("DATABASE_URL", default="") and env.str("REDIS_URL", default="")
        return not self.is_production and not named

    def database_url(self) -> str:
        """Where Postgres answers, as the role of this process (HINDSIGHT_ROLE: web, worker or owner).

        DATABASE_URL_WORKER and DATABASE_URL_OWNER name those two roles; without them all three are DATABASE_URL's.
        """
        role = env.str("HINDSIGHT_ROLE", default="web")
        if role not in ROLES:
            raise ImproperlyConfigured(f"HINDSIGHT_ROLE is {role!r}; it is one of {', '.join(ROLES)}.")
        return self.database_urls()[role]

    def database_urls(self) -> dict[str, str]:
        """Where Postgres answers, for each role, and for the superuser who sets the roles up."""
        embedded_urls = embedded.urls(self.var) if self.is_embedded else None
        named = {role: env.str(f"DATABASE_URL_{role.upper()}", default="") for role in (*ROLES, "admin")}
        common = env.str("DATABASE_URL", default="")
        return {role: own or common or getattr(embedded_urls, role, "") for role, own in named.items()}

    def redis_url(self) -> str:
        """Where Redis answers, in redis-py's form."""
        named = env.str("REDIS_URL", default="")
        return str(named or (embedded.urls(self.var).redis if self.is_embedded else ""))

    def ensure_servers(self) -> embedded.Servers | None:
        """The embedded servers, running, where the environment names no others. Raises EmbeddedError."""
        return embedded.ensure(self.var, durable=not self.is_test) if self.is_embedded else None


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
