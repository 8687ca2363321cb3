"""The fixtures that other tests lean on, where a silent failure of theirs would let everything pass."""

from __future__ import annotations

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from groundwork.health import SWEEP
from groundwork.models import Heartbeat

BROKEN_PAGE = '<html lang="en"><title>Broken</title><main><h1>Broken</h1><img src="/static/img/mark.svg"></main></html>'


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_no_other_test_sees(turn):
    assert not Heartbeat.objects.exists()
    Heartbeat.objects.create(name=f"turn {turn}", beat_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_what_migrations_wrote_is_there_for_tests_that_commit(django_user_model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 0 FROM django_content_type")
        assert cursor.fetchone() == (True,)


def test_a_real_worker_writes_to_the_database_of_the_test(celery_worker_process):
    assert not Heartbeat.objects.exists()
    celery_worker_process.beat(every=1)
    celery_worker_process.wait_for(Heartbeat.objects.filter(name=SWEEP).exists)


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_puts_in_the_cache_or_a_queue_no_other_test_finds(turn):
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        assert (cache.get("found"), server.llen("queue")) == (None, 0)
        server.rpush("queue", turn)
        cache.set("found", turn)
        assert (cache.get("found"), server.llen("queue")) == (turn, 1)


def test_axe_says_what_is_wrong(page, axe):
    page.goto("/livez")
    page.set_content(BROKEN_PAGE)
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)"):
        axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_cannot_be_read_in_one_theme_does_not_look_right(page, looks_right, scheme):
    colour = {"light": "#eee", "dark": "#333"}[scheme]
    page.set_content(
        '<html lang="en" style="color-scheme: light dark"><title>Pale</title>'
        f'<main><h1 style="color: {colour}; background: Canvas">Pale</h1></main></html>'
    )
    with pytest.raises(AssertionError, match=r"color-contrast \(serious\)"):
        looks_right(page)
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")


def test_a_page_that_scrolls_sideways_does_not_look_right(page, looks_right):
    page.set_content('<html lang="en"><title>Wide</title><main><h1 style="width: 2000px">Wide</h1></main></html>')
    with pytest.raises(AssertionError, match="pixels too wide at 320"):
        looks_right(page)


def test_breaches_of_the_content_security_policy_are_noticed(page, browser_problems):
    page.goto("/account/login/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'alert(1)'}))")
    page.wait_for_function("true")
    assert [problem for problem in browser_problems if "Content Security Policy" in problem] == browser_problems != []
    browser_problems.clear()


def test_errors_of_scripts_are_noticed(page, browser_problems):
    page.goto("/livez")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert [problem.rpartition(": ")[2] for problem in browser_problems] == ["broken"]
    browser_problems.clear()


def test_a_user_is_signed_in_without_pages(page, sign_in, django_user_model):
    alice = django_user_model.objects.create_user("alice@example.org", "password of Alice", name="Alice")
    sign_in(alice)
    page.goto("/account/password/change/")
    assert page.url.endswith("/account/password/change/")
