import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0008_matching_by_proof"),
        ("partnerships", "0003_audit_by_target"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("begun", "answers begun in your name"),
                            ("was_this_you", "was this you?"),
                            ("way_in", "your own way in"),
                        ],
                        max_length=12,
                    ),
                ),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("mailed_to", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "said",
                    models.CharField(
                        blank=True, choices=[("yes", "it was me"), ("no", "it was not me")], max_length=3
                    ),
                ),
                ("is_due", models.BooleanField(default=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="partnerships.participant",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="assessments.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "participant", "kind"), name="letter_one_of_each_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="letter_token_is_of_one",
                    ),
                ],
            },
        ),
    ]
