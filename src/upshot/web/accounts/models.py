"""People, the workspaces they share, how they are invited and how they log in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts.pseudonyms import new_key
from upshot.web.common.models import PublicModel


class UserManager(BaseUserManager["User"]):
    """Creates users; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str, **fields: Any) -> User:
        user = self.model(email=normal_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normal_email(username or ""))


def normal_email(email: str) -> str:
    """The form in which addresses are stored and compared."""
    return email.strip().casefold()


class User(AbstractBaseUser):
    """A person who logs in with an e-mail address."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.TextChoices):
    """What a person may do in a workspace, strongest first."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class Workspace(PublicModel):
    """What people share: data sets, runs, bundles and predictions belong to a workspace."""

    name = models.CharField(_("name"), max_length=100)
    members = models.ManyToManyField(User, through="Membership", related_name="workspaces")
    # Data sets and scored lists older than this go; empty keeps them until somebody deletes them.
    retention_days = models.PositiveIntegerField(null=True, blank=True)
    pseudonym_key = models.CharField(max_length=64, default=new_key, editable=False)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a workspace."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace", "user"), name="one_membership_each"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.workspace} · {self.role}"


class FailedLogin(models.Model):
    """One failed log-in; `who` and `where` are keyed hashes, not the address itself."""

    who = models.CharField(max_length=64)
    where = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = (models.Index(fields=("where", "at"), name="failed_login_where_at"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Invitation(PublicModel):
    """A link by which one person may join; only the digest of its token is kept."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role.choices)
    email = models.EmailField(max_length=254, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.workspace} · {self.role}"


class SignIn(PublicModel):
    """A device somebody is logged in on, so that they can see it and end it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.device} {self.seen_at:%Y-%m-%d %H:%M}"


class SecondFactor(models.Model):
    """The secret shared with an authenticator app; in force once ``confirmed_at`` is set."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True)
    # The half minute of the last code that was taken: each is good once.
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return "on" if self.confirmed_at else "not yet confirmed"


class RecoveryCode(models.Model):
    """One way in without the authenticator app, good once; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "used" if self.used_at else "unused"
