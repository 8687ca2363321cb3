"""`make screenshots`: the picture of the README; with --all every page, in both widths and themes, to be looked at.

Taken from a demo of its own, which is started for it and removed afterwards.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

os.environ["HINDSIGHT_PROFILE"] = "demo"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.urls import Resolver404, resolve
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.console import Console

from config.embedded import Site
from config.profile import BASE_DIR
from tests.plugins.browser import SCHEMES, WIDTHS, launch_options

README_PICTURE = BASE_DIR / "docs" / "images" / "queue.png"
FOLDER = BASE_DIR / "var" / "screenshots"
COLOURS = 64  # of a page that is mostly text; a quarter of the bytes
STARTS = {"nobody": ["/", "/account/login/"], "administrator": ["/desk/", "/account/profile/", "/api/v1/docs/"]}
# Library pages with a look of their own, and addresses that are no pages.
PASSED_OVER = re.compile(r"^(admin:|account_logout|api:schema)")

say = Console(stderr=True, highlight=False).print


def main() -> None:
    parser = argparse.ArgumentParser(prog="make screenshots")
    parser.add_argument("--all", action="store_true", help=f"every page, into {FOLDER.relative_to(BASE_DIR)}/")
    every_page = parser.parse_args().all
    django.setup()
    with _demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        if every_page:
            for role, starts in STARTS.items():
                Crawl(demo, browser, role).take(starts)
        else:
            _take_for_readme(demo, browser)
        browser.close()


@dataclass(frozen=True)
class Demo:
    """Where it is, and each role's address and password."""

    address: str
    accounts: dict[str, tuple[str, str]]

    def visitor(self, browser: Browser, role: str, *, width: int, scheme: str = "light") -> BrowserContext:
        """Somebody with that role, signed in; with "nobody", somebody who is not."""
        context = browser.new_context(
            base_url=self.address, viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB"
        )
        if role != "nobody":
            page = context.new_page()
            page.goto("/account/login/")
            email, password = self.accounts[role]
            page.get_by_label("Email").fill(email)
            page.get_by_label("Password").fill(password)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "/account/login/" not in url)
            page.close()
        return context


@contextmanager
def _demo() -> Iterator[Demo]:
    var = FOLDER / "demo"
    process = subprocess.Popen(
        [sys.executable, "-m", "config.demo"],
        cwd=BASE_DIR,
        env={**os.environ, "HINDSIGHT_VAR": str(var)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = _address(process)
        accounts = json.loads((var / "demo-accounts.json").read_text(encoding="utf-8"))
        # The first of each role.
        yield Demo(address, {one["role"]: (one["email"], one["password"]) for one in reversed(accounts)})
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(Site.of(var).home, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+?:\d+", line):
            return found[0]
    sys.exit("The demo has not started.")


def _take_for_readme(demo: Demo, browser: Browser) -> None:
    """The queue, with a row open to be graded."""
    context = demo.visitor(browser, "editor", width=WIDTHS[0])  # analysts wrote the criteria, so somebody else grades
    page = context.new_page()
    page.goto("/desk/", wait_until="networkidle")
    page.locator("[data-row]").filter(has_not_text="needs criteria").first.locator("summary").click()
    page.get_by_role("radio").first.wait_for()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    README_PICTURE.parent.mkdir(exist_ok=True)
    picture.save(README_PICTURE, optimize=True)
    say(f"{README_PICTURE.relative_to(BASE_DIR)}: {README_PICTURE.stat().st_size // 1000} kB")


class Crawl:
    """Follows the links of what a role can see, and takes one picture a view for each width and theme."""

    def __init__(self, demo: Demo, browser: Browser, role: str) -> None:
        self._demo = demo
        self._role = role
        looks = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
        self._looks = {look: demo.visitor(browser, role, width=look[0], scheme=look[1]) for look in looks}
        self._seen: set[str] = set()

    def take(self, starts: list[str]) -> None:
        waiting = list(starts)
        while waiting:
            address = waiting.pop(0)
            name = self._view(address)
            if name and name not in self._seen:
                self._seen.add(name)
                waiting += self._take(address, name)
        for context in self._looks.values():
            context.close()

    def _view(self, address: str) -> str | None:
        """The name of the view behind an address, where that is a page of ours."""
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            return None
        return None if PASSED_OVER.match(name) else name

    def _take(self, address: str, name: str) -> list[str]:
        """Take all looks of a page; returns where it leads."""
        links: list[str] = []
        for (width, scheme), context in self._looks.items():
            page = context.new_page()
            links = self._open(page, address) or links
            file = FOLDER / self._role / f"{name.replace(':', '.')}-{width}-{scheme}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            if links:
                page.screenshot(path=file, full_page=True)
            page.close()
        if links:
            say(f"{self._role}: {address} ({name})")
        return links

    def _open(self, page: Page, address: str) -> list[str]:
        """The links of a page that has opened; none where it is no page."""
        try:
            answer = page.goto(address, wait_until="networkidle")
        except Exception as error:  # noqa: BLE001 - a download is told of as an error of whatever kind
            say(f"{self._role}: {address} is no page ({str(error).splitlines()[0]})")
            return []
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            return []
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        here = [urljoin(self._demo.address, href) for href in hrefs]
        return [
            urlsplit(link)._replace(scheme="", netloc="", fragment="").geturl() for link in here if self._ours(link)
        ]

    def _ours(self, link: str) -> bool:
        return link.startswith(self._demo.address)


if __name__ == "__main__":
    main()
