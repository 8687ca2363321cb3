"""How gunicorn serves the site in production: `gunicorn --config python:config.gunicorn config.wsgi`.

Never preloaded: what draws charts must not have been called before a fork.
"""

from __future__ import annotations

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")  # of the container, where only the proxy comes by
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 75  # longer than the proxy keeps its connections
max_requests = 2000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - a heartbeat, not on a disk
control_socket_disable = True
# For the same reason its word on the address of a client is taken.
forwarded_allow_ips = "*"
