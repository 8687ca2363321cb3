"""What we expect, by when, how sure we were, and how it turned out."""

from forecasts.models.coming import ComingDue, DueTally, Look
from forecasts.models.forecast import CRITERIA_FIELDS, Appearance, DayAfter, Forecast, Lineage
from forecasts.models.grading import (
    AwaitedGrade,
    Dispute,
    Due,
    Evidence,
    EvidenceCopy,
    EvidenceFetch,
    Grade,
    Recusal,
    Resolution,
    ResolutionGrade,
)
from forecasts.models.handling import DueChange, TopicCare
from forecasts.models.importing import ImportBatch, ImportPiece, ImportProblem, ImportRow
from forecasts.models.judgement import Judgement, TsTzRange
from forecasts.models.pictures import ChartImage
from forecasts.models.reading import ForecastSuggestion, Reading
from forecasts.models.remarks import Clarification, Comment, Correction, DateCorrection, Follow
from forecasts.models.scenarios import ScenarioGroup
from forecasts.models.scores import ClusterTie, Score, ScoreCount, StoredInterval

__all__ = [
    "CRITERIA_FIELDS",
    "Appearance",
    "AwaitedGrade",
    "ChartImage",
    "Clarification",
    "ClusterTie",
    "ComingDue",
    "Comment",
    "Correction",
    "DateCorrection",
    "DayAfter",  # migrations know it by this name
    "Dispute",
    "Due",
    "DueChange",
    "DueTally",
    "Evidence",
    "EvidenceCopy",
    "EvidenceFetch",
    "Follow",
    "Forecast",
    "ForecastSuggestion",
    "Grade",
    "ImportBatch",
    "ImportPiece",
    "ImportProblem",
    "ImportRow",
    "Judgement",
    "Lineage",
    "Look",
    "Reading",
    "Recusal",
    "Resolution",
    "ResolutionGrade",
    "ScenarioGroup",
    "Score",
    "ScoreCount",
    "StoredInterval",
    "TopicCare",
    "TsTzRange",  # as above
]
