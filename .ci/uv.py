"""Run uv as the installer does: with the index and the certificate that pip is configured to."""

from __future__ import annotations

import os
import sys

from install import VENV, uv_environment

if __name__ == "__main__":
    uv = str(VENV / "bin" / "uv")
    os.execve(uv, [uv, *sys.argv[1:]], uv_environment())  # noqa: S606 - no shell is wanted
