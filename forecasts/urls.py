"""The addresses of the desk, below /desk/; the queue is /desk/ itself."""

from __future__ import annotations

from django.urls import URLPattern, path

import groundwork.references  # noqa: F401 - registers the converters
from forecasts.views import (
    adjudicating,
    articles,
    calendar,
    chances,
    changes,
    charts,
    comments,
    confirming,
    corrections,
    desk_health,
    entries,
    evidence,
    forecasts,
    grading,
    handling,
    imports,
    intake,
    leaving,
    looking,
    queue,
    reading_rules,
    redating,
    shaping,
    ties,
    track_record,
    versions,
    voices,
)

app_name = "forecasts"

_article = "articles/<article_ref:article_id>/"
_find = f"{_article}confirm/<str:key>/"
_forecast = "forecasts/<forecast_ref:forecast_id>/"
_import = "imports/<int:batch_id>/"

queue_patterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path(f"{_forecast}grade/", grading.grade, name="grade"),
    path(f"{_forecast}criteria/", grading.criteria, name="criteria"),
    path(f"{_forecast}look/", looking.look, name="look"),
    path(f"{_forecast}decide/", adjudicating.decide, name="decide"),
    path(f"{_forecast}reopen/", grading.reopen_forecast, name="reopen"),
    path(f"{_forecast}assign/", handling.assign, name="assign"),
    path(f"{_forecast}snooze/", handling.snooze, name="snooze"),
    path(f"{_forecast}wake/", handling.wake, name="wake"),
    # The log leaves out what follows /desk/calendar/.
    path("calendar/<str:secret>.ics", calendar.calendar, name="calendar"),
    path("topics/", handling.topic_care, name="topic_care"),
    path("grades/<grade_ref:grade_id>/undo/", grading.undo_grade, name="undo_grade"),
    path("health/", desk_health.desk_health, name="health"),
    path("health/<slug:kind>/", desk_health.rows, name="health_rows"),
    path("evidence/<int:evidence_id>/copy/", evidence.evidence_copy, name="evidence_copy"),
]

text_patterns: list[URLPattern] = [
    path("paste/", intake.paste, name="paste"),
    path("articles/", articles.article_list, name="article_list"),
    path(_article, articles.article, name="article"),
    path(f"{_article}reading/", intake.reading_state, name="reading_state"),
    path(f"{_article}confirm/", confirming.confirm, name="confirm"),
    path(f"{_article}confirm/plain/", confirming.accept_plain, name="accept_plain"),
    path(f"{_article}confirm/undo/", confirming.undo_last, name="undo_last"),
    path(f"{_article}confirm/add/", shaping.add, name="add_find"),
    path(f"{_article}confirm/changes/", shaping.changes, name="find_changes"),
    path(f"{_article}reread/", shaping.reread, name="reread"),
    path(f"{_find}accept/", confirming.accept, name="accept_find"),
    path(f"{_find}dismiss/", confirming.dismiss, name="dismiss_find"),
    path(f"{_find}undo/", confirming.undo, name="undo_find"),
    path(f"{_find}same/", confirming.same, name="same_find"),
    path(f"{_find}split/", shaping.split, name="split_find"),
    path(f"{_find}fold/", confirming.fold, name="fold_find"),
    path("reading-rules/", reading_rules.reading_rules, name="reading_rules"),
]

forecast_patterns: list[URLPattern] = [
    path("chance/", chances.chance, name="chance"),
    path("forecasts/", forecasts.forecast_list, name="forecast_list"),
    path("forecasts/log/", entries.log, name="log"),
    path("forecasts/advice/", entries.advice, name="advice"),
    path(_forecast, forecasts.forecast, name="forecast"),
    path(f"{_forecast}judge/", entries.judge, name="judge"),
    path(f"{_forecast}criteria/write/", entries.criteria, name="write_criteria"),
]

import_patterns: list[URLPattern] = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.new_import, name="new_import"),
    path(_import, imports.one_import, name="import"),
    path(f"{_import}state/", imports.import_state, name="import_state"),
    path(f"{_import}problems/", imports.problems, name="import_problems"),
    path(f"{_import}start/", imports.start, name="start_import"),
    path(f"{_import}drop/", imports.drop, name="drop_import"),
    path(f"{_import}undo/", imports.undo, name="undo_import"),
]

life_patterns: list[URLPattern] = [
    path(f"{_forecast}change/", changes.change, name="change"),
    path(f"{_forecast}triage/", changes.triage, name="triage"),
    path(f"{_forecast}visibility/", changes.visibility, name="visibility"),
    path(f"{_forecast}assessment/", changes.assessment, name="assessment"),
    path(f"{_forecast}clarify/", changes.clarify, name="clarify"),
    path(f"{_forecast}continue/", changes.continue_, name="continue"),
    path(f"{_forecast}correct/", corrections.propose, name="correct"),
    path(f"{_forecast}versions/", versions.versions, name="versions"),
    path("corrections/<int:correction_id>/decide/", corrections.decide, name="decide_correction"),
    path(f"{_article}date/", redating.redate, name="redate"),
    path("people/<int:user_id>/leaving/", leaving.leaving, name="leaving"),
]

voice_patterns: list[URLPattern] = [
    path(f"{_forecast}judgements.csv", charts.judgements_csv, name="judgements_csv"),
    path(f"{_forecast}withdraw/", voices.withdraw, name="withdraw"),
    path(f"{_forecast}release/", voices.release, name="release_judgements"),
    path(f"{_forecast}desk-line/", voices.desk_line, name="desk_line"),
    path(f"{_forecast}follow/", voices.follow, name="follow"),
    path(f"{_forecast}comments/", comments.comment, name="comment"),
    path(f"{_forecast}comments/<int:comment_id>/retract/", comments.retract, name="retract_comment"),
    path(f"{_forecast}links/", ties.tie, name="tie"),
    path(f"{_forecast}links/<int:link_id>/end/", ties.end_link, name="end_link"),
    path(f"{_forecast}group/", ties.change_group, name="change_group"),
    path(f"{_forecast}subjects/", ties.subjects, name="subjects"),
    path(f"{_forecast}split/", ties.split, name="split"),
]

record_patterns: list[URLPattern] = [
    path("track-record/", track_record.track_record, name="track_record"),
    path("track-record/mine/", track_record.my_record, name="my_record"),
    path("track-record/shown-to/", track_record.show_record, name="show_record"),
    path("sources/<source_ref:source_id>/track-record/", track_record.source_record, name="source_record"),
]

urlpatterns: list[URLPattern] = [
    *queue_patterns,
    *text_patterns,
    *forecast_patterns,
    *import_patterns,
    *life_patterns,
    *voice_patterns,
    *record_patterns,
]
