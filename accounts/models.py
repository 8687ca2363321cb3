"""Users, invitations, API keys, and the mail that waits to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.content import TABLES
from accounts.querysets import NotificationQuerySet
from accounts.roles import Capability, Role, may
from groundwork.append_only import history_of
from groundwork.models import WorkRow


class RecordShown(models.TextChoices):
    """Who sees what somebody's own judgements have scored; that person decides, and nobody for them."""

    NOBODY = "nobody", _("nobody but me")
    DESK = "desk", _("the desk")
    PUBLIC = "public", _("everybody")


class UserManager(BaseUserManager["User"]):
    """Makes users; people reach it through `accounts.services`."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, role=Role.ADMINISTRATOR, is_superuser=True, **fields)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["email", "name", "role", "is_active", "is_superuser"],
    model_name="UserEvent",
    **history_of(TABLES["accounts.UserEvent"].replaced),
)
class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What they may do follows from their role alone."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)
    is_active = models.BooleanField(_("active"), default=True)
    single_keys = models.BooleanField(
        _("single-key shortcuts"), default=True, help_text=_("j, k, 1–7 and the like on the desk's pages.")
    )
    digest_by_mail = models.BooleanField(
        _("daily digest by mail"),
        default=True,
        help_text=_("What waits for you and what happened, at most once a day."),
    )
    desk_partner = models.ForeignKey(
        "self",
        verbose_name=_("desk partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="partner_of",
        help_text=_("Who sees to the grades of what you wrote, where the desk assigns by partner."),
    )
    record_shown_to = models.CharField(
        _("who sees my track record"),
        max_length=10,
        choices=RecordShown,
        default=RecordShown.NOBODY,
        db_default=RecordShown.NOBODY,
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=models.Q(desk_partner__isnull=True) | ~models.Q(desk_partner=models.F("id")),
                name="user_partner_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(record_shown_to__in=RecordShown.values), name="user_record_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def is_staff(self) -> bool:
        """The read-only admin is for administrators."""
        return self.may(Capability.ADMINISTER)

    def may(self, capability: Capability) -> bool:
        return self.is_active and may(self.role, capability)

    # Templates call without arguments.
    @property
    def may_record(self) -> bool:
        return self.may(Capability.RECORD)

    @property
    def may_grade(self) -> bool:
        return self.may(Capability.GRADE)

    @property
    def may_publish(self) -> bool:
        return self.may(Capability.PUBLISH)

    @property
    def may_administer(self) -> bool:
        return self.may(Capability.ADMINISTER)


class Invitation(models.Model):
    """The only way to an account. The token is in the mail; here is only its hash."""

    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.ANALYST)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def is_open(self, *, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at


class Scope(models.TextChoices):
    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class ApiKey(models.Model):
    """A key for a program. Shown once; here is its hash, and the prefix by which its owner recognises it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=12, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.READ)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def is_valid(self, *, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at and self.user.is_active


class OutboxMail(WorkRow):
    """A mail to be sent once: marked *sending* before anything goes out, and not repeated after a crash in between."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True, help_text=_("Erased once sent: a link in it may open an account."))
    writer = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("Who writes its text in the moment of sending, one of MAIL_WRITERS; else the text stands here."),
    )
    created_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = _("outbox mail")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(done_at__isnull=True, set_aside_at__isnull=True),
                name="outbox_mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class Notification(models.Model):
    """Something that one person is told: strings and an address; it knows no record."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, blank=True, help_text=_("What it is about: one unread notice of each."))
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notification_newest_first"),
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="notification_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=models.Q(read_at__isnull=True) & ~models.Q(key=""),
                name="notification_unread_once_per_key",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Digest(models.Model):
    """The digest of one person and day: at most one, whatever runs twice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()
    made_at = models.DateTimeField()
    mail = models.OneToOneField(OutboxMail, null=True, blank=True, on_delete=models.SET_NULL, related_name="digest")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.day}"


class CalendarKey(models.Model):
    """The private address of a person's calendar feed; here is only its hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_keys")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at__isnull=True), name="calendar_key_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
