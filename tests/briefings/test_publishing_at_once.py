"""Two editors at the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from briefings.errors import Stale
from briefings.models import Briefing, Edition, EditionForecast
from briefings.services import publishing
from briefings.services.drafting import begin_briefing
from forecasts.models import Judgement
from groundwork.errors import Refusal

pytestmark = pytest.mark.usefixtures("transaction_database")


def both(*works: Callable[[], object]) -> list[object]:
    """What each of them returns, or refuses, started together."""

    def run(work: Callable[[], object]) -> object:
        try:
            return work()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def publish_both(monkeypatch, alice, person, now) -> Callable[[], list[object]]:
    """Two editors publish; both have looked at the text before either takes the lock."""
    barrier = Barrier(2)
    look = publishing.preview

    def preview(briefing, *, at):
        seen = look(briefing, at=at)
        barrier.wait(timeout=30)
        return seen

    def publish_as(editor):
        mine = Briefing.objects.get()
        return lambda: publishing.publish(mine, by=editor, at=now, version=mine.version, note=editor.name).number

    def publish_both():
        monkeypatch.setattr(publishing, "preview", preview)
        return both(publish_as(alice), publish_as(person("erin", "editor")))

    return publish_both


def test_one_publishes_and_the_other_is_told(begin, publish_both):
    begin()

    answers = publish_both()

    assert sorted(answers, key=str) == [1, Stale]
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
    assert (EditionForecast.objects.count(), Judgement.objects.of_the_desk().count()) == (3, 3)


def test_two_second_editions_never_share_a_number(begin, save, publish, publish_both):
    save(publish(begin()).briefing, title="New")

    answers = publish_both()

    assert sorted(answers, key=str) == [2, Stale]
    assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_two_that_begin_on_one_article_get_one_briefing(bring_in, alice, person, now):
    article = bring_in()
    erin = person("erin", "editor")

    found = both(*(lambda by=by: begin_briefing(article, by=by, at=now).pk for by in (alice, erin)))

    assert found == [Briefing.objects.get().pk] * 2


def test_two_articles_of_one_title_get_two_addresses(bring_in, alice, person, now, text):
    articles = [bring_in(text.undated + f"\n{number}. More is said.\n", title="The River") for number in range(2)]

    both(*(lambda article=article: begin_briefing(article, by=alice, at=now) for article in articles))

    assert sorted(Briefing.objects.values_list("slug", flat=True)) == ["the-river", "the-river-2"]


def test_two_that_save_do_not_overwrite_each_other(begin, save):
    mine = begin()
    theirs = Briefing.objects.get(pk=mine.pk)

    answers = both(lambda: save(mine, title="Mine").title, lambda: save(theirs, title="Theirs").title)

    assert sorted(answers, key=str) in ([Stale, "Mine"], [Stale, "Theirs"])
    assert Briefing.objects.get().version == 2
