import django.db.models.deletion
from django.db import migrations, models


def take_as_entered(apps, schema_editor):
    """What people have said before this was kept stands: what it was then is not known any more."""
    apps.get_model("assessments", "Invitation").objects.update(entered_organisation=models.F("organisation"))


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_organisations_by_key"),
        ("partnerships", "0003_audit_by_target"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="entered_organisation",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnerships.organisation",
            ),
        ),
        migrations.RunPython(take_as_entered, migrations.RunPython.noop),
    ]
