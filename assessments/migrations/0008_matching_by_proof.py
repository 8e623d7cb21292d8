from django.db import migrations, models


def mark_rounds_of_files(apps, schema_editor):
    """What was brought in from a file was closed, and never opened."""
    rounds = apps.get_model("assessments", "Round").objects.filter(
        opened_at=None, state__in=["closed", "revealed", "shared"]
    )
    apps.get_model("assessments", "Response").objects.filter(round__in=rounds).update(came_by="file")
    rounds.update(is_brought_in=True)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_rehearsal"),
        ("framework", "0006_own_name"),
        ("partnerships", "0003_audit_by_target"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitationlink",
            name="mailed_to",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="response",
            name="came_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mailed", "their own mailed link"),
                    ("made", "a link the lead had made"),
                    ("signed_in", "signed in"),
                    ("typed", "an address typed in the room"),
                    ("guest", "a guest of the room"),
                    ("file", "brought in from a file"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="proofs",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name="round",
            name="has_same_people",
            field=models.BooleanField(
                default=False,
                editable=False,
                verbose_name="respondents are the same people from file to file",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="is_brought_in",
            field=models.BooleanField(default=False, editable=False, verbose_name="brought in from a file"),
        ),
        migrations.AddField(
            model_name="seat",
            name="came_by",
            field=models.CharField(blank=True, editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name="seat",
            name="proofs",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("has_same_people", False), ("is_brought_in", True), _connector="OR"),
                name="round_same_people_of_files",
            ),
        ),
        migrations.RunPython(mark_rounds_of_files, migrations.RunPython.noop),
    ]
