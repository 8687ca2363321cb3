"""The addresses of accounts, below /account/ and beside those of allauth; one's notices are below /desk/notices/."""

from __future__ import annotations

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("keys/", views.api_keys, name="api_keys"),
    path("keys/<int:pk>/revoke/", views.revoke_api_key, name="revoke_api_key"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/revoke/", views.revoke_calendar, name="revoke_calendar"),
    path("people/", views.person_list, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/role/", views.change_role, name="change_role"),
    path("people/<int:pk>/partner/", views.set_partner, name="set_partner"),
    path("people/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", views.reactivate, name="reactivate"),
    path("invitations/", views.invitation_list, name="invitations"),
    path("invitations/new/", views.invite, name="invite"),
    path("invitations/<int:pk>/send-again/", views.resend_invitation, name="resend_invitation"),
    path("invitations/<int:pk>/withdraw/", views.withdraw_invitation, name="withdraw_invitation"),
    # The log leaves out what follows /account/invitation/.
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
]

notice_patterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all_notices, name="read_all"),
    path("<int:pk>/read/", views.read_notice, name="read"),
]
