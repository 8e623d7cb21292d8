from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("framework", "0002_change"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=["framework"],
                condition=models.Q(status="draft"),
                name="edition_one_draft_in_framework",
            ),
        ),
    ]
