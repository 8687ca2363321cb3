"""See to it that there is a Chromium for the browser tests: the system's, else apt-get's, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    if _system_has_one() or _playwright_has_one() or _from_apt() or _from_playwright():
        return
    sys.exit(
        "The tests need Chromium, and neither apt-get nor Playwright could install it here.\n"
        "Install the package chromium (or Google Chrome) so that it is on the PATH, and run `make test` again."
    )


def _system_has_one() -> bool:
    return any(shutil.which(name) for name in SYSTEM_BROWSERS)


def _playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and mostly not needed

    with sync_playwright() as playwright:
        return _starts(Path(playwright.chromium.executable_path))


def _starts(browser: Path) -> bool:
    """Whether it is there, with the system's libraries that it needs."""
    if not browser.exists():
        return False
    asked = [str(browser), "--version", "--no-sandbox", "--headless"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _from_apt() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Chromium with apt-get.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    return _system_has_one()


def _from_playwright() -> bool:
    print("Installing Playwright's Chromium.", flush=True)
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(install, check=False)
    return _playwright_has_one()


if __name__ == "__main__":
    main()
