"""Chromium on the live server: signed in on request, looked at by axe, and silent about the content security policy."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from textwrap import indent
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (1280, 390)
NARROWEST = 320
# In one theme axe applies all its rules, in the other those that its own list of rules puts down to colours.
RULES_IN: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"runOnly": ["cat.color"], "rules": {"color-contrast-enhanced": {"enabled": False}}},
}
SCHEMES = tuple(RULES_IN)
# What it found sound stays in the browser: written out it is large.
VIOLATIONS = """async options => (await axe.run({ ...options, resultTypes: ["violations"] })).violations"""


def launch_options() -> dict[str, Any]:
    """How to start the system's Chromium, else the one that `playwright install chromium` has fetched."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    return {"args": quiet} | ({"executable_path": found} if found else {})


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | launch_options()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    named = {"locale": "en-GB", "timezone_id": "Europe/London", "viewport": {"width": WIDTHS[0], "height": 900}}
    return browser_context_args | named


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Function) -> Iterator[Any]:
    """Playwright leaves its event loop marked as running, where Django refuses to touch the database.

    Around browser tests, with all their fixtures, the refusal is off; before all others the mark is taken away.
    """
    with pytest.MonkeyPatch.context() as patch:
        if "playwright" in item.fixturenames:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        else:
            asyncio._set_running_loop(None)
        return (yield)


@pytest.fixture
def browser_problems() -> Iterator[list[str]]:
    """What pages complained of: breaches of the content security policy and errors in scripts. Any fails the test."""
    problems: list[str] = []
    yield problems
    assert problems == []


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], browser_problems: list[str]):
    """As pytest-playwright's, and every context is listened to."""

    def on_console(message: ConsoleMessage) -> None:
        if "content security policy" in message.text.lower():
            browser_problems.append(message.text)

    def on_error(error: WebError) -> None:
        browser_problems.append(f"{error.page.url if error.page else 'a page'}: {error.error}")

    def create(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", on_console)
        context.on("weberror", on_error)
        return context

    return create


@pytest.fixture
def sign_in(context: BrowserContext, live_server: Any) -> Callable[[Any], None]:
    """`sign_in(user)` signs a user in to the test's browser without its pages."""

    def sign_in(user: Any) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(page)` fails with what axe finds on the page as it is, by all of its rules or those of these options."""
    script = Axe().axe_script

    def check(page: Page, **options: Any) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        found = page.evaluate(VIOLATIONS, options)
        assert not found, "\n".join([f"axe finds on {page.url}:", *map(_described, found)])

    return check


STICKING_OUT = """() => {
    const edge = document.documentElement.clientWidth;
    const scrolls = node => node && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
    return [...document.body.querySelectorAll("*")]
        .filter(node => node.getBoundingClientRect().right > edge + 0.5 && !scrolls(node.parentElement))
        .map(node => `${node.tagName.toLowerCase()}.${node.className}: ${node.textContent.trim().slice(0, 60)}`);
}"""


@pytest.fixture(scope="session")
def fits() -> Callable[..., None]:
    """`fits(page, width)` fails where the page scrolls sideways in that width, and says what sticks out."""

    def check(page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        places = page.evaluate(STICKING_OUT) if overflow else []
        assert overflow == 0, "\n".join([f"{page.url} is {overflow} pixels too wide at {width}:", *places])

    return check


@pytest.fixture
def looks_right(axe: Callable[..., None], fits: Callable[..., None]) -> Callable[[Page], None]:
    """`looks_right(page)` runs axe in both widths and both themes, and fails where the page scrolls sideways in those
    or in the narrowest one. A theme changes colours alone (tests/groundwork/test_browser.py sees to it), so that only
    the rules of contrast and of links told by their colour can find more in the second one."""

    def check(page: Page) -> None:
        fits(page, NARROWEST)
        for width in WIDTHS:
            fits(page, width)
            for scheme, options in RULES_IN.items():
                page.emulate_media(color_scheme=scheme)
                axe(page, **options)

    return check


def _described(violation: dict[str, Any]) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}\n{indent(node['failureSummary'], ' ' * 6)}"
        for node in violation["nodes"]
    ]
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *places])
