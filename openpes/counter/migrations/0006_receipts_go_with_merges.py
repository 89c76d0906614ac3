"""Receipts go to another person by a merge that wrote it down, and by nothing else."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("counter", "0005_guards_of_views_and_receipts"), ("people", "0007_merging")]
    operations = [
        migrations.RunSQL(
            [
                "GRANT UPDATE (person_id) ON counter_receipt TO openpes_app",
                "CREATE TRIGGER only_by_merge BEFORE UPDATE ON counter_receipt"
                " FOR EACH ROW EXECUTE FUNCTION people_only_by_merge()",
            ],
            [
                "DROP TRIGGER only_by_merge ON counter_receipt",
                "REVOKE UPDATE (person_id) ON counter_receipt FROM openpes_app",
            ],
        )
    ]
