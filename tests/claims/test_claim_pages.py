"""Pages of claims, series and sources."""

from __future__ import annotations

import csv
import re

import pytest
from django.utils.html import strip_tags

from claims.services import recording
from sources.models import Source


@pytest.fixture
def client(alice, signed_in):
    return signed_in(alice)


def words_of(response) -> str:
    assert response.status_code == 200
    parted = re.sub(r"(?=</(?:dt|dd|p|li|td|th|div|h\d|option|button)>)", " ", response.content.decode())
    return " ".join(strip_tags(parted).split())


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("claims/", 6), ("series/", 5), ("sources/", 5)])
def test_a_list_takes_the_same_queries_however_long_it_is(
    client, claim, django_assert_num_queries, count, path, queries
):
    for number in range(count):
        claim(f"Speaker {number}", subject=f"dockers {number}", high=900)
    with django_assert_num_queries(queries):
        client.get(f"/desk/{path}")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("series", 5), ("speaker", 6)])
def test_a_page_takes_the_same_queries_however_much_is_on_it(
    client, claim, django_assert_num_queries, count, kind, queries
):
    claims = [claim("Officials", high=900 + number) for number in range(count)]
    with django_assert_num_queries(queries):
        client.get(getattr(claims[0], kind).get_absolute_url())


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("claims/", "No claims yet"),
        ("claims/?q=dockers", "No claim fits this filter"),
        ("series/", "No series yet"),
        ("series/?q=dockers", "No series fits this filter"),
        ("sources/", "No source here"),
    ],
)
def test_an_empty_list_says_what_comes_there(client, path, title):
    assert title in words_of(client.get(f"/desk/{path}"))


def test_a_series_shows_its_figures_side_by_side_and_how_far_apart_they_are(client, claim, now):
    series = claim("Ukrainian officials", high=4000, stance="estimates").series
    claim("United States", point=1200, approximate=True, stance="estimates")
    recording.retract_claim(claim("Somebody", point=9), by=series.recorded_by, why="misread", at=now)
    page = words_of(client.get(f"/desk/series/{series.reference}/"))
    assert "3.3 times apart: an upper bound against an estimate, which are not the same kind of figure." in page
    assert "Highest up to 4,000: Ukrainian officials an upper bound" in page
    assert "Lowest about 1,200: United States an estimate" in page
    assert "Somebody asserts retracted" in page


def test_a_claim_shows_who_says_what_on_which_basis(client, claim):
    recorded = claim("Officials", low=300, basis="visual", qualifier="at least")
    page = words_of(client.get(f"/desk/claims/{recorded.reference}/"))
    for words in (
        f"Claim {recorded.reference} dockers: arrested: at least 300 people",
        "Speaker Officials, asserts",
        "Figure at least 300, a lower bound (“at least”)",
        "Basis visual confirmation a floor: there may be more",
        "Officials counted 900 dockers.",
    ):
        assert words in page


def test_a_retracted_claim_stays_readable_with_the_reason(client, claim, alice, now):
    recorded = claim("Officials", low=300)
    recording.retract_claim(recorded, by=alice, why="misread", at=now)
    assert "Alice: misread" in words_of(client.get(f"/desk/claims/{recorded.reference}/"))


def test_a_source_shows_what_it_wrote_and_what_it_claims(client, claim, article):
    claim("The Zenda Courier", point=7)
    page = words_of(client.get(Source.objects.get(name="The Zenda Courier").get_absolute_url()))
    assert "F – cannot be judged" in page
    assert "Articles Talks , 2 May 2025" in page.replace("Talks,", "Talks ,")
    assert "about 7" in page
    author = words_of(client.get(Source.objects.get(name="Anna Lindqvist").get_absolute_url()))
    assert "Talks" in author


def test_the_claims_download_as_csv(client, claim):
    recorded = claim("Officials", high=900, qualifier="as many as")
    response = client.get("/desk/claims/", {"format": "csv"})
    (row,) = csv.DictReader(response.getvalue().decode().splitlines())
    kept = ("reference", "series", "subject", "at least", "figure", "at most", "qualifier", "speaker")
    assert [row[name] for name in kept] == [
        recorded.reference, recorded.series.reference, "dockers", "", "", "900", "as many as", "Officials"
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "rows"), [("series", [["dockers", "1", "1"]]), ("sources", None)])
def test_series_and_sources_download_as_csv(client, claim, path, rows):
    claim("Officials", high=900)
    found = list(csv.DictReader(client.get(f"/desk/{path}/", {"format": "csv"}).getvalue().decode().splitlines()))
    if rows is None:
        assert [row["name"] for row in found] == ["Anna Lindqvist", "Officials", "The Zenda Courier"]
    else:
        assert [[row["subject"], row["claims"], row["speakers"]] for row in found] == rows


@pytest.mark.parametrize("path", ["claims/C-1/", "series/M-1/", "sources/S-99999/", "claims/C-01/"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/desk/{path}").status_code == 404


@pytest.mark.parametrize("path", ["claims/", "series/", "sources/"])
def test_readers_see_the_desk_and_others_are_asked_to_sign_in(bob, signed_in, path):
    assert signed_in(bob).get(f"/desk/{path}").context["user"] == bob
    from django.test import Client

    assert Client().get(f"/desk/{path}").headers["Location"] == f"/account/login/?next=/desk/{path}"
