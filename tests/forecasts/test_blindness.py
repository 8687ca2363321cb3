"""Until a round is settled, no surface tells anybody what another has said: only that one grade is in.

The strongest form of that: whatever the first grader says, everybody else gets the same bytes from every address there
is. So each address is asked twice, in two worlds that differ in that grade alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from config.routes import routes
from forecasts.services import grading, reopening, scenarios
from forecasts.services.evidence import read_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_graders")]
HTMX = {"HX-Request": "true"}
SAYS_YES = grading.Verdict(
    outcome="occurred",
    known_on=date(2026, 5, 11),
    rationale="Gwen saw it sail.",
    urls=["https://gwens-evidence.example/sailed"],
    files=[],
)
SAYS_NO = replace(
    SAYS_YES,
    outcome="void",
    known_on=date(2026, 5, 12),
    rationale="Gwen thinks it was a slip of the pen.",
    urls=["https://other-evidence.example/slip"],
)
IVAN_SAYS = replace(
    SAYS_YES, rationale="Ivan saw it sail, too.", known_on=date(2026, 5, 11), urls=["https://ivan.example/"]
)
ROLLED_BACK = ("grade", "evidence", "awaitedgrade", "due")
LISTS = ("overdue", "week", "waiting", "disputed", "confirm")
# The rest are one's own account and other libraries' pages.
SHOWING_RECORDS = ("/desk/", "/api/v1/", "/admin/forecasts/", "/briefings/", "/feed")
OF_THE_API_ITSELF = ("/api/v1/schema/", "/api/v1/docs/")
MORE = [
    *(f"/desk/?list={key}{form}" for key in LISTS for form in ("", "&format=csv")),
    "/desk/forecasts/?format=csv",
    *(f"/desk/forecasts/?status={status}" for status in ("open", "overdue", "resolved")),
    *(f"/desk/forecasts/?outcome={outcome}" for outcome in ("occurred", "void")),
    *(f"/api/v1/forecasts/?status={status}" for status in ("open", "overdue", "resolved")),
    *(f"/api/v1/forecasts/?outcome={outcome}" for outcome in ("occurred", "void")),
]


@dataclass(frozen=True)
class World:
    """A desk with a public and an internal forecast, and everybody's browser."""

    record: Any
    gwen: Any
    hal: Any
    clients: dict[str, Client]


@pytest.fixture
def world(record, owner, member, person) -> World:
    gwen, hal = person("gwen", "editor"), person("hal")
    people = {
        "alice, who logged it": owner,
        "bob, who published it": member,
        "hal, who may grade it": hal,
        "erin, an editor": person("erin", "editor"),
        "charlie, a reader": person("charlie", "reader"),
        "ada, an administrator": person("ada", "administrator"),
        "gwen": gwen,
    }
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(people[name])
    return World(record, gwen, hal, clients | {"a stranger": Client()})


def grade_both(world: World, verdict: grading.Verdict, *, by: Any, at: Any) -> None:
    """Of the forecast that is public and of the one that is not, with a file as evidence."""
    file = read_file(f"{verdict.outcome} and {verdict.rationale}".encode(), name=f"{verdict.outcome}.txt")
    for forecast in (world.record.open, world.record.internal):
        grading.grade(forecast, verdict=replace(verdict, files=[file]), by=by, at=at)


def addresses(world: World) -> Iterator[str]:
    """Every address there is, with references and keys that lead to the graded forecasts where they can."""
    from forecasts.models import Evidence, Grade

    record = world.record
    common = {"article_ref": record.article.reference, "claim_ref": record.claim.reference, "source_ref": "S-1"}
    common |= {"series_ref": "M-1", "slug": record.briefing.slug, "str": "x", "uuid": "0" * 8, "path": "x"}
    for forecast in (record.open, record.internal):
        given = Grade.objects.filter(forecast=forecast).first()
        first = Evidence.objects.filter(grade=given).first() if given else None
        named = common | {"forecast_ref": forecast.reference, "grade_ref": f"G-{given.pk if given else 1}"}
        named |= {"int": str(first.pk if first else 1)}
        for route in routes():
            path = re.sub(r"<(?:(\w+):)?\w+>", lambda part, named=named: named[part[1] or "str"], route.path)
            shows = path == "/" or path.startswith(SHOWING_RECORDS)
            if "(?" not in path and shows and path not in OF_THE_API_ITSELF:
                yield path
    for item in Evidence.objects.all():
        yield f"/desk/evidence/{item.pk}/copy/"
    for model in filter(lambda each: each._meta.app_label == "forecasts", admin.site._registry):
        for pk in model._base_manager.order_by("-pk").values_list("pk", flat=True)[:3]:
            yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/{pk}/change/"
    yield from MORE


def body(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = re.sub(rb"[0-9A-Za-z]{64}", b"", content)  # tokens against forgery, new in every answer
    text = re.sub(rb'(?<=value=")[0-9a-f]{32}(?=")', b"", text)  # tokens against sending a form twice, likewise
    return f"{answer.status_code} {answer.headers.get('ETag', '')}\n{text.decode(errors='replace')}"


def told_once(client: Client, address: str) -> str:
    """What is there, without leaving a message of the admin, that there is no such row, to the next page."""
    answer = client.get(address)
    if answer.status_code == 302 and address.startswith("/admin/"):
        client.get("/admin/")
    return body(answer)


def seen(world: World, client: Client) -> dict[str, str]:
    """What that browser gets from everywhere."""
    answers = {}
    for address in dict.fromkeys(addresses(world)):
        answers[address] = told_once(client, address)
        if re.fullmatch(r"/desk/forecasts/F-\d+/grade/", address):
            answers[f"{address} in place"] = body(client.get(address, headers=HTMX))
    return answers


def in_a_world_where(happens: Callable[[], None], world: World, client: Client) -> dict[str, str]:
    """What is seen after that; then it has not happened."""
    with transaction.atomic():
        happens()
        answers = seen(world, client)
        transaction.set_rollback(True)
    return answers


@pytest.fixture
def begin_alike(number_from) -> Callable[[], None]:
    """Let the next keys be the same whatever was rolled back."""
    return lambda: number_from(dict.fromkeys([f"forecasts_{each}" for each in ROLLED_BACK], 90_001))


def test_every_kind_of_surface_is_looked_at(world):
    asked = set(addresses(world))
    assert {address.split("/")[1] for address in asked} >= {"desk", "api", "admin", "briefings"}
    internal = world.record.internal.reference
    assert {f"/desk/forecasts/{internal}/{page}" for page in ("", "grade/", "decide/")} <= asked
    assert f"/api/v1/forecasts/{internal}/grades/" in asked


@pytest.mark.parametrize(
    "who",
    [
        "alice, who logged it",
        "hal, who may grade it",
        "erin, an editor",
        "charlie, a reader",
        "ada, an administrator",
        "a stranger",
    ],
)
def test_nobody_can_tell_what_the_first_grader_said(world, who, begin_alike, at_noon):
    client = world.clients[who]

    def graded(says):
        begin_alike()
        grade_both(world, says, by=world.gwen, at=at_noon)

    yes, no = (in_a_world_where(lambda says=says: graded(says), world, client) for says in (SAYS_YES, SAYS_NO))

    assert [address for address in yes if yes[address] != no.get(address)] == []
    assert yes.keys() == no.keys()
    secrets = ("Gwen saw it sail.", "gwens-evidence", "occurred.txt", "11 May 2026", "2026-05-11")
    assert [(address, secret) for address in yes for secret in secrets if secret in yes[address]] == []


def test_the_first_grader_sees_their_own(world, at_noon):
    """The control: what hides it from others is who asks."""
    grade_both(world, SAYS_YES, by=world.gwen, at=at_noon)
    answers = seen(world, world.clients["gwen"])
    internal = world.record.internal.reference
    telling = [
        f"/desk/forecasts/{internal}/",
        f"/desk/forecasts/{internal}/grade/",
        f"/api/v1/forecasts/{internal}/grades/",
    ]

    assert ["Gwen saw it sail." in answers[address] for address in telling] == [True] * 3
    assert [address for address in answers if "gwens-evidence" in answers[address]] != []


def test_that_one_is_in_is_all_that_is_told(world, at_noon):
    grade_both(world, SAYS_YES, by=world.gwen, at=at_noon)
    hal = world.clients["hal, who may grade it"]
    internal = world.record.internal.reference
    told = hal.get(f"/api/v1/forecasts/{internal}/grades/").json()

    assert told == {"round": 1, "stage": "waiting", "graded": 1, "grades": [], "resolutions": []}
    assert f'id="row-{internal}"' in hal.get("/desk/?list=waiting").content.decode()
    assert f'id="row-{internal}"' not in world.clients["gwen"].get("/desk/?list=waiting").content.decode()


def test_a_grade_that_was_taken_back_stays_a_secret_while_the_round_goes_on(world, begin_alike, at_noon):
    from forecasts.models import Grade

    def graded_and_taken_back(says):
        begin_alike()
        grade_both(world, says, by=world.gwen, at=at_noon)
        for given in Grade.objects.filter(grader=world.gwen):
            reopening.undo_grade(given, by=world.gwen, at=at_noon)

    client = world.clients["hal, who may grade it"]
    yes, no = (
        in_a_world_where(lambda says=says: graded_and_taken_back(says), world, client) for says in (SAYS_YES, SAYS_NO)
    )
    assert [address for address in yes if yes[address] != no.get(address)] == []


UNDONE = ("grade", "evidence", "awaitedgrade", "due", "resolution", "dispute", "score", "recusal")


@pytest.fixture
def ivan(person) -> Any:
    """Who grades second, and undoes it."""
    return person("ivan", "editor")


@pytest.fixture
def undone(world, ivan, number_from, at_noon) -> Callable[[grading.Verdict], None]:
    """Gwen grades, Ivan agrees or differs, and undoes his."""
    from forecasts.models import Grade
    from forecasts.services import following

    def make(says: grading.Verdict, second: grading.Verdict = IVAN_SAYS) -> None:
        number_from(dict.fromkeys([f"forecasts_{each}" for each in UNDONE], 90_001))
        for forecast in (world.record.open, world.record.internal):
            following.follow(forecast, by=world.hal, at=at_noon)
        grade_both(world, says, by=world.gwen, at=at_noon)
        grade_both(world, second, by=ivan, at=at_noon + timedelta(minutes=1))
        for given in Grade.objects.standing().filter(grader=ivan):
            reopening.undo_grade(given, by=ivan, at=at_noon + timedelta(minutes=1, seconds=8))

    return make


def looked_at(world: World, client: Client, happens: Callable[[], None]) -> dict[str, str]:
    """What is seen after that, and where the admin would show what is closed; then it has not happened."""
    with transaction.atomic():
        happens()
        answers = seen(world, client)
        answers |= {f"{address}!": told_once(client, address) for address in closed_rows()}
        transaction.set_rollback(True)
    return answers


def tell_apart(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The addresses that answer differently in the two worlds."""
    return [address for address in one.keys() & other.keys() if one[address] != other[address]]


def without_numbers(answers: dict[str, str]) -> dict[str, str]:
    """The same without the numbers of new rows, and without the pages that have one in their address."""
    new = r"\b9\d{4}\b"
    return {where: re.sub(new, "", answer) for where, answer in answers.items() if not re.search(new, where)}


def closed_rows() -> list[str]:
    """Where the admin would show what was held or disputed meanwhile, were it told."""
    models = ("resolution", "dispute", "score", "awaitedgrade", "due", "evidencefetch")
    return [f"/admin/forecasts/{model}/{pk}/change/" for model in models for pk in (90_001, 90_002)]


@pytest.mark.parametrize("who", ["hal, who may grade it", "erin, an editor", "ada, an administrator"])
def test_nobody_can_tell_what_two_graders_said_once_one_has_undone_his(world, who, undone):
    client = world.clients[who]

    agreed, differed = (looked_at(world, client, lambda says=says: undone(says)) for says in (SAYS_YES, SAYS_NO))

    assert tell_apart(agreed, differed) == []
    assert {address.split("/")[3] for address in agreed.keys() ^ differed.keys()} <= {"resolution", "dispute", "score"}
    secrets = ("Gwen saw it sail.", "gwens-evidence", "occurred.txt", "Ivan saw it sail", "11 May 2026", "2026-05-11")
    assert [(address, secret) for address in agreed for secret in secrets if secret in agreed[address]] == []


@pytest.mark.parametrize("who", ["ada, an administrator"])
def test_nor_of_what_was_held_for_now(world, ivan, who, number_from, at_noon):
    """What the first one said is known then; that the second agreed or differed is not, but for the rows' numbers.

    What is held again has the next free number, which the admin shows.
    """
    from forecasts.models import AwaitedGrade, Grade
    from forecasts.services import resolving

    later = at_noon + timedelta(days=14)

    def happens(second: grading.Verdict) -> None:
        number_from(dict.fromkeys([f"forecasts_{each}" for each in UNDONE], 90_001))
        grade_both(world, SAYS_YES, by=world.gwen, at=at_noon)
        for awaited in AwaitedGrade.objects.open():
            resolving.hold_for_now(awaited.pk, at=later)
        grade_both(world, second, by=ivan, at=later + timedelta(minutes=1))
        for given in Grade.objects.standing().filter(grader=ivan):
            reopening.undo_grade(given, by=ivan, at=later + timedelta(minutes=1, seconds=8))

    agreed, differed = (
        looked_at(world, world.clients[who], lambda second=second: happens(second))
        for second in (IVAN_SAYS, replace(IVAN_SAYS, outcome="void"))
    )
    assert tell_apart(without_numbers(agreed), without_numbers(differed)) == []


@pytest.mark.parametrize("who", ["hal, who may grade it"])
def test_nor_from_what_it_excludes(world, ivan, who, number_from, at_noon):
    from forecasts.models import Forecast

    Forecast.objects.filter(pk__in=[world.record.open.pk, world.record.internal.pk]).update(scenario_group="F-1")
    graded = Forecast.objects.get(pk=world.record.internal.pk)

    def happens(says: grading.Verdict) -> None:
        number_from(dict.fromkeys([f"forecasts_{each}" for each in UNDONE], 90_001))
        scenarios.grade_group(graded, verdict=says, by=world.gwen, at=at_noon)
        given = scenarios.grade_group(graded, verdict=IVAN_SAYS, by=ivan, at=at_noon + timedelta(minutes=1)).grade
        scenarios.undo_group(given, by=ivan, at=at_noon + timedelta(minutes=1, seconds=8))

    agreed, differed = (
        looked_at(world, world.clients[who], lambda says=says: happens(says)) for says in (SAYS_YES, SAYS_NO)
    )
    assert tell_apart(agreed, differed) == []


def test_the_first_grader_cannot_tell_whether_the_other_agreed(world, undone):
    agreed, differed = (
        looked_at(world, world.clients["gwen"], lambda second=second: undone(SAYS_YES, second))
        for second in (IVAN_SAYS, replace(IVAN_SAYS, outcome="void"))
    )

    assert tell_apart(agreed, differed) == []


def test_whoever_undid_is_told_why_they_do_not_grade(world, ivan, undone):
    undone(SAYS_YES)
    client = Client()
    client.force_login(ivan)
    internal = world.record.internal.reference
    page = client.get(f"/desk/forecasts/{internal}/grade/").content.decode()
    entry = {"outcome": "occurred", "known_on": "2026-05-12", "rationale": "Again.", "no_evidence_reason": "None."}
    api = client.post(f"/api/v1/forecasts/{internal}/grades/", entry, content_type="application/json")

    assert "You could read the other grade before you took yours back, so somebody else grades it." in page
    assert ("Gwen saw it sail." in page, 'name="outcome"' in page) == (False, False)
    assert f'id="row-{internal}"' not in client.get("/desk/?list=waiting").content.decode()
    assert "You could read the other grade" in api.content.decode()


def test_when_the_round_is_settled_anew_all_of_it_is_on_the_record(world, undone, at_noon):
    undone(SAYS_YES)
    grade_both(world, SAYS_YES, by=world.hal, at=at_noon + timedelta(hours=1))
    internal = world.record.internal.reference
    page = world.clients["charlie, a reader"].get(f"/desk/forecasts/{internal}/").content.decode()

    assert ["Ivan saw it sail" in page, "undone" in page] == [True, True]


def test_who_comes_too_late_learns_nothing_from_the_refusal(world, at_noon):
    """Somebody who has graded sends another: they hear that they have, and nobody else's verdict."""
    grade_both(world, SAYS_YES, by=world.gwen, at=at_noon)
    entry = {"version": 1, "outcome": "occurred", "rationale": "Hal says.", "known_on": "2026-05-10"}
    entry |= {"evidence": "https://example.org/hal"}
    internal = world.record.internal.reference
    hal = world.clients["hal, who may grade it"]
    refused = hal.post(f"/desk/forecasts/{internal}/grade/", entry | {"version": 9})

    assert refused.status_code == 409
    assert "Gwen saw" not in refused.content.decode()


# --- When both are in -------------------------------------------------------------------------------------------------


def test_a_dispute_shows_both_to_the_desk_and_nothing_to_strangers(world, at_noon):
    grade_both(world, SAYS_YES, by=world.gwen, at=at_noon)
    no = grading.Verdict(
        outcome="occurred", known_on=date(2026, 5, 10), rationale="Hal disagrees.", no_evidence_reason="None."
    )
    forecast = world.record.open
    grading.grade(world.record.internal, verdict=replace(no, outcome="did_not_occur"), by=world.hal, at=at_noon)
    internal = world.record.internal.reference
    for name in ("charlie, a reader", "erin, an editor", "hal, who may grade it", "gwen"):
        page = world.clients[name].get(f"/desk/forecasts/{internal}/").content.decode()
        assert ["Gwen saw it sail." in page, "Hal disagrees." in page] == [True, True]
    public = seen(world, world.clients["a stranger"])
    assert [address for address in public if "Gwen saw" in public[address] or "Hal dis" in public[address]] == []
    assert forecast.resolutions.count() == 0


def test_strangers_learn_what_is_held_and_never_who_graded_or_what_was_uploaded(world, at_noon):
    for grader in (world.gwen, world.hal):
        grade_both(world, SAYS_YES, by=grader, at=at_noon)
    public = seen(world, world.clients["a stranger"])
    telling = [address for address in public if "Gwen saw it sail." in public[address]]

    assert f"/api/v1/forecasts/{world.record.open.reference}/" in telling
    named = re.compile(r"\bHal\b|\bGwen\b(?! saw)|occurred\.txt")
    assert [(address, named.findall(public[address])) for address in telling if named.findall(public[address])] == []
