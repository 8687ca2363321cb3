"""The OpenAPI description: valid, without warnings, true, and readable without any outside host."""

from __future__ import annotations

import re
from io import StringIO

import hypothesis
import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application

pytestmark = pytest.mark.django_db
EXAMPLES = hypothesis.settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_the_description_is_valid_and_gives_no_warning():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_the_docs_load_nothing_from_elsewhere_and_run_nothing_inline(outsider):
    page = outsider.get("/api/v1/docs/")
    text = page.content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert [address for address in addresses if not address.startswith("/")] == []
    assert re.findall(r"<style|style=|<script>|onload=", text) == []


def test_only_the_docs_may_show_pictures_from_data(outsider):
    policies = [outsider.get(address)["Content-Security-Policy"] for address in ("/api/v1/docs/", "/api/v1/topics/")]
    rules = [dict(rule.split(" ", 1) for rule in policy.split("; ")) for policy in policies]
    assert [each["img-src"] for each in rules] == ["'self' data:", "'self'"]
    assert [each["script-src"] for each in rules] == ["'self'", "'self'"]


described = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
described.app = application
OPERATIONS = {operation.label: operation for result in described.get_all_operations() for operation in [result.ok()]}
MODES = pytest.mark.parametrize("mode", list(GenerationMode))


@pytest.fixture(autouse=True)
def _one_connection():
    """Requests leave the test's own connection open, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def labels(*methods):
    return pytest.mark.parametrize("label", [label for label in OPERATIONS if label.startswith(methods)])


def exercise(label, mode, **options):
    """Send cases of one operation, made by its description or against it, and compare the answers with it.

    What the description allows may still be refused: a day in the future, an article that is not there.
    """

    @EXAMPLES
    @hypothesis.given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def send(case):
        known(case).call_and_validate(excluded_checks=[positive_data_acceptance], **options)

    send()


def known(case):
    """Bring random references down to those that are there."""
    reference = str((case.path_parameters or {}).get("reference", ""))
    if re.fullmatch(r"[A-Z]-\d+", reference):
        letter, _dash, digits = reference.partition("-")
        case.path_parameters["reference"] = f"{letter}-{int(digits) % 3 + 1}"
    return case


# What takes no parameter cannot be asked wrongly.
ASKED = [
    (label, mode)
    for label, operation in OPERATIONS.items()
    for mode in GenerationMode
    if label.startswith("GET") and (mode is GenerationMode.POSITIVE or list(operation.iter_parameters()))
]


@pytest.mark.parametrize(("label", "mode"), ASKED)
def test_whatever_anybody_asks_is_answered_as_described(record, label, mode):
    exercise(label, mode)


@labels("POST", "PATCH")
@MODES
def test_whatever_a_write_key_sends_is_answered_as_described(record, owner, key_of, label, mode):
    exercise(label, mode, headers={"Authorization": f"Bearer {key_of(owner)}"})
