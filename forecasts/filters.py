"""What lists of forecasts can be narrowed to."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet, MultipleChoiceFilter, NumberFilter

from forecasts.choices import Horizon, ImportState, Independence, Outcome, Triage
from forecasts.models import Due, Follow, Forecast, ImportBatch, Judgement, Resolution
from forecasts.querysets import DueQuerySet, ForecastQuerySet, ScoreQuerySet
from forecasts.services.desk_health import NO_TOPIC, NOBODY
from forecasts.services.narrowing import AUTHORS, Narrowing
from forecasts.services.record_rows import (
    GRADED,
    Counted,
    Lane,
    Scope,
    Whose,
    counted_rows,
    in_their_line,
    read_by,
)
from forecasts.yardsticks.scales import YARDSTICKS
from groundwork.filters import CountryFilter, DayFilter, ReferenceField, SearchFilter, WordFilter
from sources.filters import ArticleRefFilter, TopicFilter, WhoFilter
from sources.models import Source
from sources.querysets import SourceQuerySet, Viewer

# The terms of all yardsticks; those of different yardsticks that share a slug share a filter too.
TERMS: Final = list({term.slug: term.words[0] for scale in YARDSTICKS.values() for term in scale.terms}.items())

YES_OR_NO: Final = [("yes", _("yes")), ("no", _("no"))]
SCALES: Final = [(slug, scale.name) for slug, scale in YARDSTICKS.items()]


COUNTED: Final = [(GRADED, _("graded, whatever it is counted as")), *Counted.choices]


class Status(models.TextChoices):
    """Where a forecast stands today; each stands in exactly one of these."""

    OPEN = "open", _("open")
    OVERDUE = "overdue", _("overdue")
    RESOLVED = "resolved", _("resolved")
    ASSESSMENT = "assessment", _("assessment, never due")


class _Shown:
    """A field for the filter bar. With nothing in it, it looks the same on every page, and is rendered once."""

    # By language, form and field: there are as many as fields.
    _empty: ClassVar[dict[tuple[Any, ...], str]] = {}

    def __init__(self, field: forms.BoundField) -> None:
        self.field = field

    @property
    def as_field_group(self) -> str:
        field = self.field
        # What there is to choose may change where it comes from the database.
        if field.value() or field.errors or isinstance(field.field, forms.ModelChoiceField):
            return field.as_field_group()
        key = (get_language(), field.id_for_label, field.html_name, str(field.label))
        if key not in self._empty:
            self._empty[key] = field.as_field_group()
        return self._empty[key]


class ForecastFilterForm(forms.Form):
    """Fields in two parts: what is asked for often, and how the track record counts, which is folded away."""

    NARROWING: Final = ("record", "in_line", "word", "read_by", "said", "came_true")
    FOLDED: Final = (*NARROWING, "judgement", "forecaster", "include")

    @property
    def plain_fields(self) -> list[_Shown]:
        return [_Shown(field) for field in self.visible_fields() if field.name not in self.FOLDED]

    @cached_property
    def folded_fields(self) -> list[_Shown]:
        return [_Shown(field) for field in self.visible_fields() if field.name in self.FOLDED]

    @property
    def is_unfolded(self) -> bool:
        """Whether any of them narrows the rows, rather than saying whose judgement is meant."""
        return any(self.data.get(name) for name in self.NARROWING)


def _written_by(who: str, request: Any) -> tuple[str, list[int]]:
    writers = ForecastFilter({}, Forecast.objects.none(), request=request).filters["author"].records(who)
    return AUTHORS, list(writers.order_by("pk").values_list("pk", flat=True))


# What a score says of its forecast itself, as a lookup and its value.
_OF_SCORES: Final[dict[str, Callable[[Any, Any], tuple[str, Any]]]] = {
    "topic": lambda topic, _request: ("topics__contains", [topic.pk]),
    "country": lambda code, _request: ("countries__contains", [code.upper()]),
    "horizon": lambda word, _request: ("horizon", word),
    "outcome": lambda word, _request: ("outcome", word),
    "yardstick": lambda slug, _request: ("yardstick", slug),
    "author": _written_by,
    "made_after": lambda day, _request: ("made_on__gte", day),
    "made_before": lambda day, _request: ("made_on__lte", day),
}
_OF_THE_SCOPE: Final = frozenset({"judgement", "forecaster", "include"})


@dataclass(frozen=True, kw_only=True)
class WrittenBy:
    """Forecasts of some authors, the same said of scores, and the authors, by number, whose forecasts are left out."""

    forecasts: ForecastQuerySet
    narrowing: Narrowing | None
    hidden: Set[int]


class ForecasterFilter(CharFilter):
    """The source, by its reference (S-12), whose own judgements are scored; it leaves the rows to the filter set."""

    field_class = ReferenceField

    def __init__(self) -> None:
        super().__init__(method="unchanged", label=_("Scored forecaster"), kind="source")


class ForecastFilter(FilterSet):
    """The one filter of forecasts: of the list, its CSV, the API, and of a track record, whose numbers open the list.

    `record` and what stands below it ask of the score that a record counts, all of them of the same one.
    """

    q = SearchFilter("event", "statement")
    status = WordFilter(method="with_status", label=_("Status"), choices=Status.choices)
    outcome = WordFilter(method="with_outcome", label=_("Outcome"), choices=Outcome.choices)
    horizon = WordFilter("horizon", label=_("Horizon"), choices=Horizon.choices)
    triage = WordFilter("triage", label=_("Triage"), choices=Triage.choices)
    term = WordFilter(method="with_term", label=_("Term"), choices=TERMS)
    topic = TopicFilter()
    country = CountryFilter()
    author = WhoFilter("author", label=_("Author"))
    article = ArticleRefFilter()
    followed = WordFilter(method="with_followers", label=_("Followed"), choices=[("me", _("by me"))])
    made_after = DayFilter("made_on", "gte", label=_("Made from"))
    made_before = DayFilter("made_on", "lte", label=_("Made until"))
    closes_after = DayFilter("closes_on", "gte", label=_("Closes from"))
    closes_before = DayFilter("closes_on", "lte", label=_("Closes until"))

    yardstick = WordFilter(method="unchanged", label=_("Yardstick"), choices=SCALES)
    record = WordFilter(method="unchanged", label=_("Counted as"), choices=COUNTED)
    in_line = WordFilter(method="unchanged", label=_("Counted in its own line as"), choices=Counted.choices)
    word = WordFilter(method="unchanged", label=_("Scored word"), choices=TERMS)
    read_by = WordFilter(method="unchanged", label=_("Scored word also of"), choices=SCALES)
    said = NumberFilter(method="unchanged", label=_("Scored probability"), min_value=0, max_value=1)
    came_true = WordFilter(method="unchanged", label=_("The word came true"), choices=YES_OR_NO)
    judgement = WordFilter(method="unchanged", label=_("Scored judgement"), choices=Whose.choices)
    forecaster = ForecasterFilter()
    include = MultipleChoiceFilter(
        method="unchanged", label=_("Scored with"), choices=Lane.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Forecast
        form = ForecastFilterForm
        fields: list[str] = []

    def unchanged(self, rows: ForecastQuerySet, _name: str, _value: Any) -> ForecastQuerySet:
        """What is asked of one and the same score is applied together, below."""
        return rows

    def filter_queryset(self, queryset: ForecastQuerySet) -> ForecastQuerySet:
        rows: ForecastQuerySet = super().filter_queryset(queryset)
        given = self.form.cleaned_data
        asked = self._asked(given)
        if not (asked or given["yardstick"]):
            return rows
        scores = self._scores().filter(forecast=OuterRef("pk"))
        if given["in_line"]:
            scores = in_their_line(scores, self.scope, viewer=self.viewer, on=timezone.localdate())
        if given["yardstick"]:
            rows = rows.filter(self._with_yardstick(scores, given["yardstick"]))
        return rows.filter(Exists(scores.filter(*asked))) if asked else rows

    @property
    def viewer(self) -> Viewer:
        """Who looks: as whom the rows and their scores are seen."""
        viewer: Viewer = self.request.user
        return viewer

    @property
    def names_others(self) -> bool:
        """Whether it asks for what certain people said, and not for the viewer's own judgements alone."""
        forecaster = self.form.cleaned_data.get("forecaster")
        if forecaster is None:
            return bool(self.form.cleaned_data["author"])
        return self.viewer.pk is None or not Source.objects.filter(pk=forecaster, user=self.viewer.pk).exists()

    @property
    def narrowing(self) -> Narrowing | None:
        """The same said of a score's own columns; None where something is asked that only a forecast can answer."""
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
        found = []
        for name, value in given.items():
            if name in _OF_SCORES:
                found.append(_OF_SCORES[name](value, self.request))
            elif not (name in _OF_THE_SCOPE or (name, value) == ("status", Status.RESOLVED)):
                return None
        return Narrowing(tuple(found))

    def written_by(self, shown: SourceQuerySet) -> WrittenBy:
        """What is let through of those authors alone who are among these sources; of a valid filter that names authors.

        The narrowing names the authors one by one, so that what is remembered of it is of them and of nobody else.
        """
        writers = self.filters["author"].records(self.form.cleaned_data["author"])
        all_of_them = set(writers.values_list("pk", flat=True))
        authors = set(shown.filter(pk__in=all_of_them).values_list("pk", flat=True))
        narrowing = self.narrowing
        return WrittenBy(
            forecasts=self.qs.filter(author__in=authors),
            narrowing=None if narrowing is None else narrowing.written_by(authors),
            hidden=all_of_them - authors,
        )

    @property
    def scope(self) -> Scope:
        """Which judgement the record scores that this filter speaks of."""
        given = self.form.cleaned_data
        return Scope(
            whose=Whose(given.get("judgement") or Whose.DESK),
            forecaster=given.get("forecaster"),
            include=frozenset(Lane(each) for each in given["include"]),
        )

    def _scores(self) -> ScoreQuerySet:
        return counted_rows(self.scope, viewer=self.viewer, on=timezone.localdate())

    def _with_yardstick(self, scores: ScoreQuerySet, slug: str) -> Q:
        """Resolved ones whose scored judgement was made by it, and unresolved ones whose standing one is."""
        judged = Judgement.objects.visible_to(self.viewer).standing().filter(forecast=OuterRef("pk"))
        open_one = ~Exists(Resolution.objects.standing().filter(forecast=OuterRef("pk")))
        return Q(Exists(scores.filter(yardstick=slug))) | Q(open_one & Exists(judged.filter(yardstick=slug)))

    def _asked(self, given: dict[str, Any]) -> list[Q]:
        asked = {"counted": given["record"], "in_line": given["in_line"], "term": given["word"], "p": given["said"]}
        found = [Q(**{name: value}) for name, value in asked.items() if value not in (None, "", GRADED)]
        if given["record"] == GRADED:
            found.append(Q(counted__isnull=False))
        if given["read_by"]:
            found.append(read_by(given["read_by"]))
        if given["came_true"]:
            event, flipped = Q(negated=False, occurred=True), Q(negated=True, occurred=False)
            came_true = event | flipped
            found.append(came_true if given["came_true"] == "yes" else ~came_true)
        return found

    def with_status(self, rows: ForecastQuerySet, _name: str, value: str) -> ForecastQuerySet:
        on = timezone.localdate()
        match Status(value):
            case Status.OPEN:
                return rows.open(on=on).exclude(triage=Triage.ASSESSMENT)
            case Status.OVERDUE:
                return rows.overdue(on=on)
            case Status.RESOLVED:
                return rows.resolved()
            case Status.ASSESSMENT:
                return rows.unresolved().filter(triage=Triage.ASSESSMENT)

    def with_outcome(self, rows: ForecastQuerySet, _name: str, value: str) -> ForecastQuerySet:
        held = Resolution.objects.standing().filter(forecast=OuterRef("pk"), outcome=value)
        return rows.filter(Exists(held))

    def with_followers(self, rows: ForecastQuerySet, _name: str, _value: str) -> ForecastQuerySet:
        """Those that the viewer follows; nobody learns what others follow."""
        return rows.filter(Exists(Follow.objects.filter(forecast=OuterRef("pk"), user=self.request.user.pk)))

    def with_term(self, rows: ForecastQuerySet, _name: str, value: str) -> ForecastQuerySet:
        """By the term of a standing judgement that the viewer may see."""
        judged = Judgement.objects.visible_to(self.viewer).standing()
        return rows.filter(Exists(judged.filter(forecast=OuterRef("pk"), term=value)))


class OverdueFilter(FilterSet):
    """Of rows that say `who` answers for them: one person or "nobody", one topic or "none"."""

    who = CharFilter(method="of", label=_("Who"))
    topic = CharFilter(method="about", label=_("Topic"))

    class Meta:
        model = Due
        fields: list[str] = []

    def of(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == NOBODY:
            return rows.filter(who__isnull=True)
        return rows.filter(who=value) if value.isascii() and value.isdecimal() and len(value) < 19 else rows.none()

    def about(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == NO_TOPIC:
            return rows.filter(forecast__topics__isnull=True)
        return rows.filter(forecast__topics__slug=value)


class DistanceFilter(FilterSet):
    independence = WordFilter("independence", label=_("Graders"), choices=Independence.choices)

    class Meta:
        model = Resolution
        fields: list[str] = []


class NoFilter(FilterSet):
    """For lists that are short enough."""

    class Meta:
        model = Forecast
        fields: list[str] = []


class ImportFilter(FilterSet):
    q = SearchFilter("filename", "source__name")
    state = WordFilter("state", label=_("State"), choices=ImportState.choices)

    class Meta:
        model = ImportBatch
        fields: list[str] = []


class DueFilter(FilterSet):
    """Without `snoozed` what is not hidden today, as in the queue."""

    assignee = CharFilter(method="with_assignee", label=_("Assignee: me, nobody, or an email address"), max_length=254)
    due_after = DayFilter("due_on", "gte", label=_("Due from"))
    due_before = DayFilter("due_on", "lte", label=_("Due until"))
    snoozed = WordFilter(
        method="with_snoozed",
        label=_("Snoozed"),
        choices=[("only", _("only snoozed ones")), ("included", _("snoozed ones too"))],
    )

    class Meta:
        model = Due
        fields: list[str] = []

    def filter_queryset(self, queryset: DueQuerySet) -> DueQuerySet:
        rows: DueQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["snoozed"] else rows.shown(on=timezone.localdate())

    def with_assignee(self, rows: DueQuerySet, _name: str, value: str) -> DueQuerySet:
        match value:
            case "me":
                return rows.filter(assignee=self.request.user.pk)
            case "nobody":
                return rows.filter(assignee__isnull=True)
            case _:
                return rows.filter(assignee__email__iexact=value)

    def with_snoozed(self, rows: DueQuerySet, _name: str, value: str) -> DueQuerySet:
        return rows.snoozed(on=timezone.localdate()) if value == "only" else rows
