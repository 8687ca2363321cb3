"""What the CSV of each list holds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from groundwork.lists import Column

CLAIM_COLUMNS = (
    Column(_("reference"), lambda claim: claim.reference),
    Column(_("series"), lambda claim: claim.series and claim.series.reference),
    Column(_("measure"), lambda claim: claim.series and claim.series.measure),
    Column(_("subject"), lambda claim: claim.series and claim.series.subject),
    Column(_("place"), lambda claim: claim.series and claim.series.place),
    Column(_("unit"), lambda claim: claim.series and claim.series.unit),
    Column(_("at least"), lambda claim: claim.value_low),
    Column(_("figure"), lambda claim: claim.value_point),
    Column(_("at most"), lambda claim: claim.value_high),
    Column(_("approximate"), lambda claim: claim.approximate),
    Column(_("qualifier"), lambda claim: claim.qualifier),
    Column(_("speaker"), lambda claim: claim.speaker),
    Column(_("stance"), lambda claim: claim.stance),
    Column(_("basis"), lambda claim: claim.basis),
    Column(_("credibility"), lambda claim: claim.credibility),
    Column(_("as of"), lambda claim: claim.as_of),
    Column(_("said on"), lambda claim: claim.said_on),
    Column(_("quote"), lambda claim: claim.quote),
    Column(_("article"), lambda claim: claim.article.reference),
    Column(_("retracted at"), lambda claim: claim.retracted_at),
)

SERIES_COLUMNS = (
    Column(_("reference"), lambda series: series.reference),
    Column(_("measure"), lambda series: series.measure),
    Column(_("subject"), lambda series: series.subject),
    Column(_("place"), lambda series: series.place),
    Column(_("unit"), lambda series: series.unit),
    Column(_("counted as"), lambda series: series.aggregation),
    Column(_("claims"), lambda series: series.claim_count),
    Column(_("speakers"), lambda series: series.speaker_count),
)

SOURCE_COLUMNS = (
    Column(_("reference"), lambda source: source.reference),
    Column(_("name"), lambda source: source.name),
    Column(_("kind"), lambda source: source.kind),
    Column(_("country"), lambda source: source.country),
    Column(_("part of"), lambda source: source.parent),
    Column(_("reliability"), lambda source: source.reliability),
)
