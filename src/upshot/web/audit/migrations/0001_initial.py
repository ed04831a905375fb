"""The log, its chain, and the triggers that keep anybody from changing it."""

from django.db import migrations, models

# A row may go only when its time is over, which the chain itself says.
SQLITE = (
    """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
    WHEN OLD.number > COALESCE((SELECT MAX(kept_after) FROM audit_chain), 0)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS audit_entry_no_update",
    "DROP TRIGGER IF EXISTS audit_entry_no_delete",
)
POSTGRES = (
    """CREATE FUNCTION audit_entry_guard() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.number <= COALESCE((SELECT MAX(kept_after) FROM audit_chain), 0) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only';
    END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()""",
)
POSTGRES_BACK = (
    "DROP TRIGGER IF EXISTS audit_entry_guard ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_entry_guard",
)
FORTH = {"sqlite": SQLITE, "postgresql": POSTGRES}
BACK = {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK}


def guard(_apps, editor):
    for statement in FORTH.get(editor.connection.vendor, ()):
        editor.execute(statement)


def unguard(_apps, editor):
    for statement in BACK.get(editor.connection.vendor, ()):
        editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("genesis", models.CharField(max_length=64)),
                ("length", models.BigIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
                ("kept_after", models.BigIntegerField(default=0)),
                ("kept_digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.BigIntegerField(db_index=True, null=True)),
                ("workspace", models.UUIDField(db_index=True, null=True)),
                ("action", models.CharField(max_length=80)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("object_id", models.CharField(blank=True, max_length=36)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("detail", models.CharField(blank=True, max_length=100)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"ordering": ("-number",)},
        ),
        migrations.RunPython(guard, unguard),
    ]
