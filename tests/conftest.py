"""What every test stands on: the profile, the servers and, in `plugins/`, databases, processes and the browser."""

from __future__ import annotations

import os
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import django
import pytest
from execnet import XSpec
from pytest_django.live_server_helper import LiveServer

os.environ["HINDSIGHT_PROFILE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Tests make databases and migrate them. Real workers that a test starts have the worker's role.
os.environ.setdefault("HINDSIGHT_ROLE", "owner")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config import profile

pytest_plugins = [
    f"tests.plugins.{name}" for name in ("servers", "databases", "processes", "browser", "sites", "scheduling")
]


def _own_redis_database(url: str, number: int) -> str:
    """The same server, so many databases further: each xdist worker has its own."""
    if url.startswith("unix://"):
        path, _, query = url.partition("?")
        options = dict(parse_qsl(query))
        return f"{path}?{urlencode(options | {'db': int(options.get('db', 0)) + number})}"
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{int(parts.path.strip('/') or 0) + number}"))


_is_controller = "PYTEST_XDIST_WORKER" not in os.environ


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list[XSpec]) -> None:
    """Give each worker its Redis database before it starts: it reads the settings earlier than this file."""
    for number, spec in enumerate(specs):
        spec.env["REDIS_URL"] = _own_redis_database(profile.current().redis_url(), number)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Read the settings, now that the environment is complete; start the servers in the process that outlives all."""
    django.setup()
    config.pluginmanager.import_plugin("tests.plugins.api")  # it imports models
    if not _is_controller or config.option.help or config.option.collectonly:
        return
    servers = profile.current().ensure_servers()
    if servers is not None:
        config.add_cleanup(servers.stop)
        if servers.owned:
            from tests.plugins.databases import drop_leftovers  # after pytest has prepared its assertions

            drop_leftovers(servers.urls.owner)


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Pages open relative addresses on the live server. Here, because among plugins pytest-playwright's would win."""
    return live_server.url
