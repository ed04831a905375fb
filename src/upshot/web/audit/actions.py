"""What can stand in the log, in the words of the owner's page.

A key is the name of the page that does it, or a name of our own for a step that is no page. A page
that changes something and is not here is still recorded (`OTHER`), but a test asks for its words.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OTHER = "site:other"

ACTIONS: dict[str, str | Promise] = {
    "accounts:setup": _("Set up this Upshot"),
    "accounts:login": _("Logged in"),
    "accounts:login_code": _("Logged in with a second factor"),
    "accounts:login_failed": _("Failed to log in"),
    "accounts:logout": _("Logged out"),
    "accounts:password": _("Changed their password"),
    "accounts:reset": _("Set a new password by a recovery link"),
    "accounts:reset_link": _("Had a recovery link made on the machine"),
    "accounts:profile": _("Changed their name"),
    "accounts:session_end": _("Logged a device out"),
    "accounts:sessions_end": _("Logged all other devices out"),
    "accounts:two_factor_on": _("Switched the second factor on"),
    "accounts:two_factor_off": _("Switched the second factor off"),
    "accounts:recovery_codes": _("Made new recovery codes"),
    "keeping:copy": _("Asked for a copy of their data"),
    "keeping:copy_download": _("Downloaded the copy of their data"),
    "keeping:delete_account": _("Deleted their account"),
    "accounts:switch": _("Changed to this workspace"),
    "accounts:workspace_new": _("Created the workspace"),
    "accounts:workspace_rename": _("Renamed the workspace"),
    "keeping:retention": _("Changed how long data is kept"),
    "keeping:delete_workspace": _("Deleted the workspace"),
    "accounts:invite": _("Invited somebody"),
    "accounts:invitation_withdraw": _("Withdrew an invitation"),
    "accounts:join": _("Joined the workspace"),
    "accounts:member_role": _("Changed a member’s role"),
    "accounts:member_remove": _("Removed a member"),
    "accounts:leave": _("Left the workspace"),
    "accounts:log_download": _("Downloaded this log"),
    "audit:trimmed": _("Removed entries of this log that were past their time"),
    "retention:deleted": _("Deleted data that was past its time"),
    "datasets:upload": _("Uploaded a data set"),
    "datasets:sample": _("Began with a sample data set"),
    "datasets:kind": _("Corrected what a column holds"),
    "datasets:ignore": _("Changed whether a column is used"),
    "datasets:remedy": _("Carried out a suggestion"),
    "datasets:undo": _("Took a correction back"),
    "datasets:sheet": _("Chose another sheet"),
    "datasets:reading": _("Said how a file is to be read"),
    "datasets:answer": _("Answered what a column left open"),
    "datasets:join": _("Said that two values of a column mean the same"),
    "datasets:again": _("Had a file read again"),
    "datasets:rename": _("Renamed a data set"),
    "datasets:delete": _("Deleted a data set"),
    "runs:ask": _("Asked a question"),
    "runs:decide": _("Decided about a column that may give the answer away"),
    "runs:amend": _("Settled a line of the checklist"),
    "runs:check_again": _("Had a question checked again"),
    "runs:start": _("Started learning"),
    "runs:stop": _("Stopped learning and kept the best"),
    "runs:cancel": _("Cancelled learning"),
    "runs:retry": _("Started learning again"),
    "runs:rule": _("Entered their own rule to compare with"),
    "runs:forget_rule": _("Removed their own rule"),
    "runs:delete": _("Deleted a run"),
    "runs:learn_again": _("Started learning again from newer data"),
    "runs:compare": _("Compared two bundles"),
    "runs:compare_again": _("Had two bundles compared again"),
    "runs:what_if": _("Tried out a row"),
    "runs:tried": _("Tried out a changed row"),
    "runs:mark": _("Said which drivers can be changed"),
    "runs:simple": _("Started learning with simple models"),
    "runs:without": _("Started learning without a column"),
    "runs:report": _("Downloaded a report"),
    "runs:report_xlsx": _("Downloaded a report as a workbook"),
    "runs:report_pptx": _("Downloaded a report as slides"),
    "bundles:describe": _("Described a bundle"),
    "bundles:download": _("Downloaded a bundle"),
    "bundles:delete": _("Deleted a bundle"),
    "predictions:use": _("Uploaded a list to score"),
    "predictions:use_sample": _("Scored a sample list"),
    "predictions:sheet": _("Chose another sheet to score"),
    "predictions:again": _("Had a list scored again"),
    "predictions:delete": _("Deleted a scored list"),
    "predictions:download": _("Downloaded a scored list"),
    "predictions:audience": _("Downloaded a list of people to contact"),
    "api:tokens": _("Made a token for a program"),
    "api:token_revoke": _("Revoked a token"),
    "api:webhook_new": _("Added a webhook"),
    "api:webhook_delete": _("Deleted a webhook"),
    OTHER: _("Changed something"),
}

DOWNLOADS = frozenset(
    {
        "keeping:copy_download",
        "accounts:log_download",
        "bundles:download",
        "predictions:audience",
        "predictions:download",
        "runs:report",
        "runs:report_pptx",
        "runs:report_xlsx",
    }
)
"""Pages that change nothing and yet take data away: these are recorded too."""

UNRECORDED = frozenset(
    {"accounts:two_factor_begin", "common:language", "files:uploads", "files:upload"}
)
"""Pages that change nothing of anybody's data: a draft of a secret, a cookie with the language, a
piece of a file. What the file becomes is recorded."""

LANDINGS = {
    "datasets:detail": "dataset",
    "runs:question": "question",
    "runs:detail": "run",
    "bundles:detail": "savedbundle",
    "predictions:detail": "prediction",
}
"""Pages of new objects: a page that makes one sends people there."""
