"""Row-level security of the register in full, periods that never overlap, rows that nobody changes, public rows."""

from django.db import migrations

from openpes.kernel.policies import append_only, no_overlap, public_read, row_policy

FROM_SCOPE = (
    "from_area >= nullif(current_setting('app.scope', true), '')"
    " AND from_area < nullif(current_setting('app.scope', true), '') || '~'"
)
OWN = ("handbook", "handbookcopy", "handbookentry", "contact", "decision", "factcorrection", "appeal", "transfer",
       "preferencecertificate", "certificatecheck", "certificateuse")  # fmt: skip
GROWING = ("handbookentry", "contact", "decision", "factcorrection", "certificatecheck")


class Migration(migrations.Migration):
    dependencies = [("registration", "0005_the_register_in_full")]
    operations = [
        *(row_policy(f"registration_{table}", person="person_id") for table in OWN),
        row_policy("registration_handbookholding", person="person_id", employer="employer_id"),
        row_policy("registration_filing", person="person_id", employer="employer_id"),
        # The old office reads what became of its hand-over; only the new one answers it.
        migrations.RunSQL(
            f"CREATE POLICY by_origin ON registration_transfer FOR SELECT TO openpes_app USING ({FROM_SCOPE})",
            "DROP POLICY by_origin ON registration_transfer",
        ),
        *(append_only(f"registration_{table}") for table in GROWING),
        no_overlap("registration_handbookholding", "one_holder_at_a_time", keys=("handbook_id",)),
        no_overlap("registration_certificateuse", "one_use_of_a_policy_at_a_time", keys=("certificate_id", "policy")),
        public_read("registration_handbookproof"),
        public_read("registration_certificatenotice"),
        migrations.RunSQL("CREATE SEQUENCE registration_certificate_serial",
                          "DROP SEQUENCE registration_certificate_serial"),
        migrations.RunSQL(
            "INSERT INTO registration_handbookproof (digest, copy, tail, copy_no, end_reason, office)"
            " VALUES ('', 0, '', 0, '', '')",
            "DELETE FROM registration_handbookproof WHERE digest = ''",
        ),
    ]  # fmt: skip
