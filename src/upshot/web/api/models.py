"""Tokens of programs, the answers they may ask for again, and the addresses told of completions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upshot.web.common.models import PublicModel


class Scope(models.TextChoices):
    """What a token may do. None includes another."""

    READ = "read", _("Read: see data sets, runs, bundles and scored lists, and download them")
    WRITE = "write", _("Write: upload, start and stop runs, delete, and set up webhooks")
    PREDICT = "predict", _("Predict: score rows and files with a bundle")


class ApiToken(PublicModel):
    """The right of a program to act for one person in one workspace.

    Only the SHA-256 of the token is kept: it is as random as a key, so a slow hash would add
    nothing. ``prefix`` is its beginning, by which people tell their tokens apart.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    workspace = models.ForeignKey(
        "accounts.Workspace", on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def is_valid(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scope_words(self) -> str:
        """The scopes in one line."""
        return ", ".join(self.scopes)


class KeptAnswer(models.Model):
    """What a request with an ``Idempotency-Key`` was answered, so that it is done once.

    ``status`` is empty while the first request is still being answered.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="one_answer_per_key"),)

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"


class Webhook(PublicModel):
    """An address that is told when work ends. Its secret is derived, never stored."""

    workspace = models.ForeignKey(
        "accounts.Workspace", on_delete=models.CASCADE, related_name="webhooks"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.uuid)


class DeliveryState(models.TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")


class Delivery(PublicModel):
    """One message for one address; ``about`` is the job whose end it tells."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    about = models.UUIDField()
    event = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    answered = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("state", "next_at"), name="delivery_due"),)
        constraints = (
            models.UniqueConstraint(fields=("webhook", "about"), name="one_message_per_end"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
