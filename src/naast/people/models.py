"""What is kept about staff: who they are, what they may do where, which sessions are open, when they are away.

Residents never stand here. No address of a device and no user agent is kept anywhere in this room.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from naast.people.rules import ROLES


class UserManager(BaseUserManager["User"]):
    """Makes staff accounts; the e-mail address is the user name and is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Make an account. Without a password it cannot sign in until a set-password link is used.

        Raises ValueError on an empty address.
        """
        if not email:
            raise ValueError("a staff account needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Make an account that may use every screen of the editors' admin; policy roles are still granted apart."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **extra})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, whatever its capitals."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who works for a place: adviser, editor, buddy, … Roles stand in `Grant`, never here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), unique=True, max_length=254)
    display_name = models.CharField(
        _("Name"), max_length=120, help_text=_("The name that residents and colleagues see.")
    )
    is_active = models.BooleanField(_("Active"), default=True)
    is_staff = models.BooleanField(_("May open the technical admin"), default=False)
    created = models.DateTimeField(auto_now_add=True)

    # Roles read once a request; the middleware puts it on the request's own user.
    policy_memo: dict[str, Any] | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        """Sorted as people look for a colleague."""

        ordering = ("display_name", "email")

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        """The shown name; Django and Wagtail ask for it by this name."""
        return self.display_name

    def get_short_name(self) -> str:
        """The first word of the shown name."""
        return self.display_name.split(" ")[0]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in lower case, so that one person cannot have two accounts by a capital."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by day and person."""

    def in_force(self, day: date) -> "GrantQuerySet":
        """Grants that hold on this day; `ends` is the last day that counts."""
        return self.filter(Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))

    def at(self, scope_kind: str, scope_ids: Iterable[uuid.UUID]) -> "GrantQuerySet":
        """Grants at one of these scopes."""
        return self.filter(scope_kind=scope_kind, scope_id__in=list(scope_ids))


class Grant(models.Model):
    """A role that someone holds at a scope (kind, UUID) for a while. No foreign key: rooms above own the scopes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role, role) for role in ROLES])
    scope_kind = models.CharField(max_length=40)
    scope_id = models.UUIDField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Grant"]] = GrantQuerySet.as_manager()

    class Meta:
        """A grant never ends before it starts, and the same grant is not given twice from one day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="people_grant_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(role__in=sorted(ROLES)), name="people_grant_known_role"),
            models.UniqueConstraint(
                fields=("user", "role", "scope_kind", "scope_id", "starts"), name="people_grant_once"
            ),
        )
        indexes = (models.Index(fields=("scope_kind", "scope_id", "role"), name="people_grant_scope"),)

    def __str__(self) -> str:
        return f"{self.role} @ {self.scope_kind}:{self.scope_id}"


class StaffSession(models.Model):
    """An open staff session, so that its owner can see and end it. Dates only: no address, no user agent.

    The signed-in session carries this row's id; without the row the session is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_sessions")
    created = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        """Newest use first."""

        ordering = ("-last_seen",)

    def __str__(self) -> str:
        return f"session of {self.user_id} since {self.created:%Y-%m-%d %H:%M}"


class SignInBurst(models.Model):
    """Many failed sign-ins in a short time, at a place or (without one) in the whole installation. Numbers, nobody's name."""

    place_id = models.UUIDField(null=True, blank=True)
    began = models.DateTimeField()
    last = models.DateTimeField(db_index=True)
    failures = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.failures} failed sign-ins from {self.began:%Y-%m-%d %H:%M}"


class Absence(models.Model):
    """Days on which someone is away, and who stands in. Questions go to the deputy in those days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    starts = models.DateField()
    ends = models.DateField()
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in_for"
    )

    class Meta:
        """An absence has at least one day, and nobody stands in for themselves."""

        constraints = (
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="people_absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")), name="people_absence_deputy_is_other"
            ),
        )

    def __str__(self) -> str:
        return f"away {self.starts:%Y-%m-%d} to {self.ends:%Y-%m-%d}"


from naast.people.access.models import BrokenGlass  # noqa: E402, F401  the alcoves' own models
from naast.people.drafts.models import KeptForm  # noqa: E402, F401
from naast.people.oidc.models import SignInLink  # noqa: E402, F401
from naast.people.staffing.models import Invitation, Mandate, Team  # noqa: E402, F401
