"""How a client hands in forecasts, judgements, grades and texts."""

from __future__ import annotations

from typing import Any, Final

from rest_framework import serializers

from forecasts.choices import Combination, Confidence, Horizon, Outcome, Shape, Triage, Visibility
from forecasts.services.entries import Chance, Criteria
from forecasts.yardsticks.scales import DEFAULT, YARDSTICKS
from groundwork.api.fields import Day, Input, Probability
from sources.api.inputs import ArticleRefField, CountriesField, TopicsField, WhoField
from sources.services.articles import LARGEST

MOST_EVIDENCE: Final = 20
_YARDSTICKS: Final = tuple(YARDSTICKS)


class JudgementInput(Input):
    """A word of a yardstick, a number, or a range; a new forecast may come with none of them, unquantified.

    With a term and no numbers, the band is the term's; a range beside a term lies within that band. Numbers are chances
    of the event; say `negated` where the words were “not likely”, and the term's band is mirrored for you.
    """

    yardstick = serializers.ChoiceField(_YARDSTICKS, required=False, default=DEFAULT.slug)
    term = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    term_text = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    negated = serializers.BooleanField(required=False, default=False)
    low = Probability(required=False, allow_null=True, default=None)
    high = Probability(required=False, allow_null=True, default=None)
    probability = Probability(required=False, allow_null=True, default=None)
    confidence = serializers.ChoiceField(Confidence.choices, required=False, allow_blank=True, default="")
    rationale = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class CriteriaInput(Input):
    observable = serializers.CharField(max_length=5_000, required=False, allow_blank=True)
    threshold = serializers.CharField(max_length=300, required=False, allow_blank=True)
    place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    combination = serializers.ChoiceField(Combination.choices, required=False, allow_blank=True)
    source_of_record = serializers.CharField(max_length=300, required=False, allow_blank=True)
    fallback = serializers.CharField(max_length=300, required=False, allow_blank=True)
    degrees = serializers.CharField(max_length=5_000, required=False, allow_blank=True)


class ForecastInput(Input):
    """Days are days in the desk's time zone. Without `closes_on` it is open-ended and gets an assessment date."""

    statement = serializers.CharField(max_length=5_000)
    event = serializers.CharField(max_length=5_000, required=False, allow_blank=True)
    made_on = Day()
    opens_on = Day(required=False, allow_null=True)
    closes_on = Day(required=False, allow_null=True)
    assessment_on = Day(required=False, allow_null=True)
    horizon = serializers.ChoiceField(Horizon.choices, required=False, allow_blank=True)
    shape = serializers.ChoiceField(Shape.choices, required=False)
    triage = serializers.ChoiceField(Triage.choices, required=False)
    triage_reason = serializers.CharField(max_length=300, required=False, allow_blank=True)
    condition = serializers.CharField(max_length=5_000, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    criteria = CriteriaInput(required=False)
    topics = TopicsField()
    countries = CountriesField()
    author = WhoField(help_text="Yourself, unless named")
    article = ArticleRefField(required=False, allow_null=True, default=None)
    judgement = JudgementInput(required=False)


class FileInput(Input):
    """A PDF, an image, a page or a text."""

    name = serializers.CharField(max_length=200)
    content = serializers.CharField(trim_whitespace=False, help_text="In base64")


class EvidenceInput(Input):
    articles = serializers.ListField(child=ArticleRefField(), required=False, default=list, max_length=MOST_EVIDENCE)
    urls = serializers.ListField(
        child=serializers.URLField(max_length=1000), required=False, default=list, max_length=MOST_EVIDENCE
    )

    files = serializers.ListField(child=FileInput(), required=False, default=list, max_length=MOST_EVIDENCE)


def version_field() -> serializers.IntegerField:
    """The version of the forecast that a client saw."""
    return serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, allow_null=True, default=None, help_text="Or `If-Match`"
    )


class DecisionInput(Input):
    """What became of the event; `happened` and `not_happened` where it did in part.

    `evidence` is what it rests on: for a decision, besides what both graders named.
    """

    outcome = serializers.ChoiceField(Outcome.choices)
    known_on = Day()
    rationale = serializers.CharField(max_length=5_000)
    happened = serializers.CharField(max_length=5_000, required=False, allow_blank=True, default="")
    not_happened = serializers.CharField(max_length=5_000, required=False, allow_blank=True, default="")
    evidence = EvidenceInput(required=False)
    version = version_field()


class ReopeningInput(Input):
    why = serializers.CharField(max_length=300)
    version = version_field()


class RetractionInput(Input):
    why = serializers.CharField(max_length=300)


class GradeInput(DecisionInput):
    """Evidence, or a reason why there is none."""

    no_evidence_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ArticleInput(Input):
    """What is left empty is read out of the text; what is given counts before what the text says."""

    text = serializers.CharField(trim_whitespace=False, help_text=f"At most {LARGEST:,} bytes of UTF-8")
    source = WhoField(help_text="The desk, unless named")  # type: ignore[assignment]  # a field shadows the attribute
    title = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    byline = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    published_on = Day(required=False, allow_null=True, default=None)
    url = serializers.URLField(max_length=1000, required=False, allow_blank=True, default="")
    yardstick = serializers.ChoiceField(_YARDSTICKS, required=False, default=DEFAULT.slug)
    topics = TopicsField()
    countries = CountriesField()


class ReadInput(Input):
    text = serializers.CharField(trim_whitespace=False)
    published_on = Day(required=False, allow_null=True, default=None)
    yardstick = serializers.ChoiceField(_YARDSTICKS, required=False, default=DEFAULT.slug)


def chance(given: dict[str, Any]) -> Chance:
    """The chance that a `JudgementInput` holds; a yardstick without a word of it says nothing."""
    return Chance(**{**given, "yardstick": given["yardstick"] if given["term"] else ""})


def criteria(given: dict[str, Any]) -> Criteria:
    return Criteria(**given)
