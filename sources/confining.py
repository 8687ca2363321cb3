"""How a process of ours is confined that takes somebody else's file apart: no secrets, little time and memory."""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
# It gets none of the environment of whoever starts it, where the secrets are.
ENVIRONMENT: Final = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


def confine(*, seconds: int, memory: int, output: int = 0) -> None:
    """Limit this process: seconds of processor time, bytes of address space, bytes of any file that it writes."""
    limits = {resource.RLIMIT_CPU: seconds, resource.RLIMIT_FSIZE: output, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":  # elsewhere the limit is not kept, or refused
        limits[resource.RLIMIT_AS] = memory
    for limit, most in limits.items():
        given = resource.getrlimit(limit)[1]
        kept = most if given == resource.RLIM_INFINITY else min(most, given)
        resource.setrlimit(limit, (kept, kept))
