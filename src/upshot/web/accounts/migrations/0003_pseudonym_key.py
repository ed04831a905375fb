from __future__ import annotations

from typing import Any

from django.db import migrations, models

import upshot.web.accounts.pseudonyms


def give_keys(apps: Any, schema_editor: Any) -> None:
    """A key of its own for every workspace that is there already."""
    for workspace in apps.get_model("accounts", "Workspace").objects.filter(pseudonym_key=""):
        workspace.pseudonym_key = upshot.web.accounts.pseudonyms.new_key()
        workspace.save(update_fields=["pseudonym_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="pseudonym_key",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="workspace",
            name="pseudonym_key",
            field=models.CharField(
                default=upshot.web.accounts.pseudonyms.new_key, editable=False, max_length=64
            ),
        ),
    ]
