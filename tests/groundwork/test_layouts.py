"""The two faces and the error pages."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

TEMPLATES_DIR = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(TEMPLATES_DIR.rglob("*.html"))


def rendered(template, **context):
    return render_to_string(template, context, RequestFactory().get("/"))


def texts(html, tag):
    return [" ".join(text.split()) for text in re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES_DIR)))
def test_no_template_needs_a_hole_in_the_content_security_policy(path):
    source = path.read_text(encoding="utf-8")

    inline_script = r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)"
    assert re.findall(rf"\sstyle=|<style|{inline_script}|\son[a-z]+=\"|href=\"javascript:", source) == []


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "This request cannot be read"),
        ("403.html", "This is not open to you"),
        ("403_csrf.html", "This form was open for too long"),
        ("404.html", "There is no such page"),
        ("405.html", "There is nothing to see at this address"),
        ("429.html", "Too many tries"),
        ("500.html", "Something broke here"),
    ],
)
def test_error_pages_stand_without_a_request_or_context(template, heading):
    html = render_to_string(template)

    assert texts(html, "h1") == [heading]
    assert texts(html, "title") == [f"{heading} · Hindsight"]


@pytest.mark.parametrize("layout", ["desk.html", "public.html"])
@pytest.mark.parametrize(("sample_data", "said"), [(True, ["Sample data."]), (False, [])])
def test_both_faces_say_that_data_are_samples(layout, sample_data, said):
    assert texts(rendered(layout, sample_data=sample_data, user=None), "strong") == said


@pytest.mark.parametrize(("wanted", "keys"), [(True, "on"), (False, "off")])
def test_single_keys_can_be_turned_off(wanted, keys):
    user = SimpleNamespace(is_authenticated=True, single_keys=wanted)

    assert re.findall(r'data-keys="(\w+)"', rendered("desk.html", user=user, silent_sweep=None)) == [keys]


def test_public_pages_carry_no_token_that_would_keep_them_from_a_cache():
    assert rendered("public.html", user=None).count("csrf") == 0


@pytest.mark.parametrize("layout", ["desk.html", "public.html"])
def test_the_first_link_skips_to_the_content(layout):
    html = rendered(layout, user=None)

    assert re.findall(r'<a [^>]*href="([^"]*)"', html)[0] == "#main"
    assert html.count('id="main"') == 1
