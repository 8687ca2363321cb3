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

from accounts.roles import Capability, Role, may
from groundwork.models import WorkRow


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
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
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
