"""Whether the site in this container serves: `python -m config.healthcheck` ends with 0 if it does."""

from __future__ import annotations

import http.client
import os
import sys
from contextlib import closing


def main() -> None:
    host, _, port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")
    named = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip("*.") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, int(port), timeout=4)  # noqa: S104
    with closing(connection):
        try:
            # A name that Django lets in: the request comes from inside, past the proxy.
            connection.request("GET", "/readyz", headers={"Host": named})
            status = connection.getresponse().status
        except OSError as error:
            sys.exit(f"The site does not answer: {error}")
    if status != http.client.OK:
        sys.exit(f"/readyz says {status}.")


if __name__ == "__main__":
    main()
