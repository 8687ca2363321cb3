"""The plain way to serve forecasts: a ModelViewSet, serializers over all fields, pages by number.

What somebody would write first, over the same rows, with the same things in a row.
"""

from __future__ import annotations

from django.urls import include, path
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ModelViewSet

from forecasts.models import Evidence, Forecast, Grade, Judgement, Resolution
from sources.models import Article, Source, Topic


class SourceSerializer(ModelSerializer):
    class Meta:
        model = Source
        fields = ["id", "name", "kind", "country"]


class ArticleSerializer(ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = Article
        fields = ["id", "title", "source", "url", "published_on"]


class TopicSerializer(ModelSerializer):
    class Meta:
        model = Topic
        fields = "__all__"


class JudgementSerializer(ModelSerializer):
    forecaster = SourceSerializer()
    article = ArticleSerializer()

    class Meta:
        model = Judgement
        fields = "__all__"


class EvidenceSerializer(ModelSerializer):
    article = ArticleSerializer()

    class Meta:
        model = Evidence
        fields = "__all__"


class GradeSerializer(ModelSerializer):
    evidence = EvidenceSerializer(many=True)

    class Meta:
        model = Grade
        fields = "__all__"


class ResolutionSerializer(ModelSerializer):
    grades = GradeSerializer(many=True)

    class Meta:
        model = Resolution
        fields = "__all__"


class ForecastSerializer(ModelSerializer):
    author = SourceSerializer()
    article = ArticleSerializer()
    topics = TopicSerializer(many=True)
    judgements = JudgementSerializer(many=True)
    resolutions = ResolutionSerializer(many=True)

    class Meta:
        model = Forecast
        fields = "__all__"


class Pages(PageNumberPagination):
    page_size = 50


class ForecastViewSet(ModelViewSet):
    queryset = Forecast.objects.filter(released_at__isnull=False, visibility="public")
    serializer_class = ForecastSerializer
    pagination_class = Pages
    permission_classes = [AllowAny]
    authentication_classes = []
    filter_backends = []


router = SimpleRouter()
router.register("forecasts", ForecastViewSet)
urlpatterns = [path("plain/", include(router.urls)), path("", include("config.urls"))]
