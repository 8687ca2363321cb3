"""Fetching evidence: what is kept of it, and what nothing is fetched from."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable

import pytest

from sources import fetching
from sources.fetching import FetchFailed, FetchRefused, fetch

PAGE = b"""<!doctype html><html><head><title>The bridge is shut</title></head><body><article><h1>The bridge is shut</h1>
<p>The ministry of transport said on Monday that the bridge at Kostino stays closed to all traffic.</p>
</article></body></html>"""
PRIVATE = "It leads into a private network, where nothing is fetched from."


@pytest.fixture
def site(web_site):
    return web_site


@pytest.fixture
def named(monkeypatch) -> Callable[..., None]:
    """`named("evidence.example", "127.0.0.1")`: that is where the name leads."""
    real = socket.getaddrinfo

    def name(host: str, address: str) -> None:
        def look_up(asked, port, *args, **options):
            return real(address if asked == host else asked, port, *args, **options)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)

    return name


def refusal(url: str) -> str:
    with pytest.raises(FetchRefused) as caught:
        fetch(url)
    return str(caught.value)


# --- What is kept -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loopback_allowed")
def test_a_page_is_kept_with_its_title_its_text_and_where_redirects_led(site):
    site.pages["/old"] = (302, {"Location": "/new"}, b"moved")
    site.pages["/new"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)
    fetched = fetch(site.url("/old"))

    assert (fetched.copy.data, fetched.copy.media_type, fetched.copy.title) == (PAGE, "text/html", "The bridge is shut")
    assert "The ministry of transport said on Monday" in fetched.copy.text
    assert fetched.final_url == site.url("/new")


@pytest.mark.usefixtures("loopback_allowed")
@pytest.mark.parametrize(
    ("declared", "body", "kind"),
    [
        ("text/html", b"%PDF-1.4 nothing in it", "application/pdf"),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("image/png", b"RIFF....WEBPVP8 ", "image/webp"),
        ("text/plain; charset=windows-1251", "Мост закрыт".encode("cp1251"), "text/plain"),
    ],
)
def test_the_kind_is_told_by_the_bytes_and_not_by_the_header(site, declared, body, kind):
    site.pages["/"] = (200, {"Content-Type": declared}, body)

    assert fetch(site.url("/")).copy.media_type == kind


@pytest.mark.usefixtures("loopback_allowed")
def test_what_came_packed_is_kept_unpacked(site):
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))

    assert fetch(site.url("/")).copy.data == PAGE


# --- Private networks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fd00::1]",
        "[fe80::1]",
    ],
)
def test_private_addresses_are_refused(site, host):
    assert refusal(site.url("/", host)) == PRIVATE
    assert site.asked == []


def test_a_name_that_leads_to_this_machine_is_refused(site, named):
    named("evidence.example", "127.0.0.1")

    assert refusal(site.url("/", "evidence.example")) == PRIVATE
    assert site.asked == []


@pytest.mark.usefixtures("loopback_allowed")
def test_with_the_allowance_of_the_tests_that_name_is_fetched_as_itself(site, named):
    named("evidence.example", "127.0.0.1")
    site.pages["/"] = (200, {}, PAGE)
    fetch(site.url("/", "evidence.example"))

    assert site.asked == [("/", f"evidence.example:{site.server_port}")]


@pytest.mark.usefixtures("loopback_allowed")
@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "//192.168.0.1/"])
def test_a_redirect_into_a_private_network_is_refused(site, target):
    site.pages["/"] = (302, {"Location": target}, b"")

    assert refusal(site.url("/")) == PRIVATE


def test_a_redirect_to_this_machine_is_refused(site, named, monkeypatch):
    """The first host is let through, as one on the open web would be; the second is this machine by another name."""
    from requests_hardened import ip_filter

    real = ip_filter.get_ip_address
    monkeypatch.setattr(
        "requests_hardened.ip_filter.get_ip_address",
        lambda host, port, allow_loopback: real(host, port, allow_loopback or host == "open.example"),
    )
    named("open.example", "127.0.0.1")
    site.pages["/"] = (302, {"Location": site.url("/secret", "localhost")}, b"")

    assert refusal(site.url("/", "open.example")) == PRIVATE
    assert [path for path, _host in site.asked] == ["/"]


def test_a_proxy_of_the_environment_is_not_asked(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", site.url(""))
    monkeypatch.setenv("http_proxy", site.url(""))

    assert refusal("http://10.0.0.1/") == PRIVATE
    assert site.asked == []


# --- What else is not kept --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loopback_allowed")
@pytest.mark.parametrize(
    ("page", "why"),
    [
        ((404, {}, b""), "The server answered 404."),
        ((403, {}, PAGE), "The server answered 403."),
        ((302, {"Location": "ftp://example.org/x"}, b""), "It leads to something else than a web page."),
        ((302, {"Location": "file:///etc/passwd"}, b""), "It leads to something else than a web page."),
        ((302, {"Location": "/"}, b""), "It leads from one address to the next without an end."),
        ((302, {"Location": "http://me:secret@example.org/"}, b""), "It has a name or a password in it."),
        ((200, {}, b"PK\x03\x04\x00\x00"), "It is neither a page nor a text, a PDF or an image."),
        ((200, {"Content-Type": "text/html"}, b"\x00\x01\x02"), "It is neither a page nor a text, a PDF or an image."),
    ],
)
def test_what_is_not_kept_says_why(site, page, why):
    site.pages["/"] = page

    assert refusal(site.url("/")) == why


@pytest.mark.usefixtures("loopback_allowed")
@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}], ids=["plain", "packed"])
def test_what_is_too_large_is_not_read_to_its_end(site, headers, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1_000_000)
    body = b"x" * 50_000_000
    site.pages["/"] = (200, headers, gzip.compress(body) if headers else body)

    assert refusal(site.url("/")) == "It is larger than 1 MB."


@pytest.mark.usefixtures("loopback_allowed")
@pytest.mark.parametrize("status", [500, 503, 429])
def test_what_may_work_later_is_tried_again(site, status):
    site.pages["/"] = (status, {}, b"")
    with pytest.raises(FetchFailed, match=f"HTTP {status}"):
        fetch(site.url("/"))


def test_a_name_that_leads_nowhere_is_tried_again(monkeypatch):
    def nowhere(*_args, **_options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(FetchFailed, match="ConnectionError"):
        fetch("http://no-such-host.example/")


@pytest.mark.usefixtures("loopback_allowed")
def test_a_server_that_drips_is_left(site, monkeypatch):
    monkeypatch.setattr(fetching, "DONE_WITHIN", 0.3)

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(50):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    site.pages["/"] = drip
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="Timeout"):
        fetch(site.url("/"))
    assert time.monotonic() - began < 2


@pytest.mark.usefixtures("loopback_allowed")
def test_a_server_that_says_nothing_is_left(site, monkeypatch):
    monkeypatch.setattr(fetching, "SILENT_FOR_AT_MOST", 0.2)
    site.pages["/"] = lambda _handler: time.sleep(1)
    with pytest.raises(FetchFailed):
        fetch(site.url("/"))


def test_what_is_no_address_is_refused():
    assert refusal("gopher://example.org/") == "It leads to something else than a web page."
    assert refusal("http://") == "It is no web address that can be fetched."
