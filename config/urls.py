"""The root of all addresses. Who may come in stands at our own views, for those of libraries in `config/routes.py`."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from accounts.access import public
from accounts.urls import notice_patterns
from forecasts.views import charts
from groundwork import views

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it
admin.site.site_header = admin.site.site_title = "Hindsight"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", public(views.livez), name="livez"),
    path("readyz", public(views.readyz), name="readyz"),
    path("language/", public(set_language), name="set_language"),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("charts/<str:digest>.<str:kind>", charts.image, name="chart"),
    path("admin/", admin.site.urls),
    path("desk/notices/", include((notice_patterns, "notices"))),
    path("desk/", include("forecasts.urls")),
    path("desk/", include("claims.urls")),
    path("api/v1/", include("config.api")),
    path("", include("briefings.urls")),
]
