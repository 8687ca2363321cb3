"""Build `.venv` from the hashed requirements, bringing uv along; do nothing where that has been done already.

Run by the Makefile with the system's Python. With --dev the tools for tests and lint are installed too.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Where pip is told of an index or a certificate, uv, which reads none of pip's configuration, is told the same.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def main() -> None:
    dev = "--dev" in sys.argv[1:]
    stamps = {name: VENV / f".installed-{name}" for name in ("run", "dev")}
    wanted = {"run": _digest("requirements.txt"), "dev": _digest("requirements-dev.txt")}
    kind = "dev" if dev else "run"
    if _said(stamps[kind]) == wanted[kind] and _is_usable():
        return
    if not _is_usable():
        _make_venv()
    _bring_uv()
    for stamp in stamps.values():
        stamp.unlink(missing_ok=True)
    _sync("requirements-dev.txt" if dev else "requirements.txt")
    for name in ("run", "dev") if dev else ("run",):
        stamps[name].write_text(wanted[name], encoding="utf-8")


def _digest(requirements: str) -> str:
    files = [ROOT / "requirements-uv.txt", ROOT / requirements]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _said(stamp: Path) -> str:
    return stamp.read_text(encoding="utf-8") if stamp.exists() else ""


def _is_usable() -> bool:
    """Whether the environment's Python runs with its packages, and from here: a checkout may have been moved."""
    if not PYTHON.exists():
        return False
    answer = subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False)
    return answer.returncode == 0 and _scripts_point_here()


def _scripts_point_here() -> bool:
    pip = VENV / "bin" / "pip"
    return pip.exists() and str(VENV) in pip.read_text(encoding="utf-8", errors="replace")


def _make_venv() -> None:
    print(f"Making {VENV.name} with Python {sys.version.split()[0]}.", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace").strip()
        sys.exit(f"{said}\nPython's venv module does not work here; on Debian and Ubuntu install python3-venv.")


def _bring_uv() -> None:
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
    _run([*pip, "--no-deps", "-r", "requirements-uv.txt"])


def _sync(requirements: str) -> None:
    print(f"Installing {requirements}.", flush=True)
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode"]
    if not sys.stdout.isatty():
        uv.append("--quiet")
    environment = uv_environment()
    if "UV_CACHE_DIR" in environment or _home_is_writable():
        _run([*uv, requirements], environment)
        return
    with tempfile.TemporaryDirectory() as cache:
        _run([*uv, "--cache-dir", cache, requirements], environment)


def _home_is_writable() -> bool:
    home = Path("~").expanduser()
    return home.is_dir() and os.access(home, os.W_OK | os.X_OK)


def uv_environment() -> dict[str, str]:
    """This process's environment, with what pip is configured to where nothing tells uv of it."""
    environment = dict(os.environ)
    for option, value in _pip_configuration().items():
        name = PIP_TO_UV.get(option)
        if name and name not in environment:
            environment[name] = ",".join(value.split()) if option == "find-links" else value
    # An index of few packages may stand before one of all: any index may serve what has the right hash.
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return environment


def _pip_configuration() -> dict[str, str]:
    """What pip is configured to, by file or environment; the environment counts more and is listed last."""
    listing = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "config", "list"]
    listed = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
    lines = [line.partition("=") for line in listed.splitlines() if "=" in line]
    lines.sort(key=lambda parts: parts[0].startswith(":env:"))
    found = {}
    for key, _, value in lines:
        section, _, option = key.rpartition(".")
        if section in ("global", "install", ":env:"):
            found[option] = str(ast.literal_eval(value)).strip()
    return found


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    if shutil.which(command[0]) is None:
        sys.exit(f"{command[0]} is missing; remove .venv and try again.")
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
