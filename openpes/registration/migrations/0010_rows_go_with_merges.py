"""Rows of the register that nobody changes go to another person by a merge that wrote it down, and by nothing else."""

from django.db import migrations

GROWING = ("handbookentry", "contact", "decision", "factcorrection", "certificatecheck", "withdrawnregistration")


def goes_by_merge(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"GRANT UPDATE (person_id), DELETE ON {table} TO openpes_app",
            f"CREATE TRIGGER only_by_merge BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION people_only_by_merge()",
        ],
        [f"DROP TRIGGER only_by_merge ON {table}", f"REVOKE UPDATE (person_id), DELETE ON {table} FROM openpes_app"],
    )


class Migration(migrations.Migration):
    dependencies = [("registration", "0009_rosters"), ("people", "0007_merging")]
    operations = [goes_by_merge(f"registration_{table}") for table in GROWING]
