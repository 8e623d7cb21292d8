"""Stored turnouts know their organisations by key: what has been renamed since is not taken for another."""

from collections import defaultdict

from django.db import migrations


def find_keys(apps, schema_editor):
    counts = apps.get_model("assessments", "RoundCounts").objects.select_related("round")
    names = _names(apps)
    for kept in counts.iterator():
        known = names[kept.round.partnership_id]
        for organisation in kept.data["turnout"]["organisations"]:
            organisation.setdefault("key", known.get(organisation["name"], ""))
        kept.save(update_fields=["data"])


def _names(apps):
    """Partnership's key -> name -> organisation's key: what each is called now, and has been before."""
    found = defaultdict(dict)
    trail = apps.get_model("partnerships", "AuditEvent").objects.filter(target_kind="organisation")
    for event in trail.exclude(partnership=None).order_by("pk").iterator():
        for name in (event.target_text, (event.before or {}).get("name")):
            found[event.partnership][name] = event.target_key
    for row in apps.get_model("partnerships", "Organisation").objects.all():
        found[row.partnership_id][row.name] = str(row.pk)
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_letter"),
        ("partnerships", "0003_audit_by_target"),
    ]

    operations = [migrations.RunPython(find_keys, migrations.RunPython.noop)]
