"""Row-level security of views and receipts; receipts that nobody changes; what the public may check of them."""

from django.db import migrations

from openpes.kernel.policies import append_only, public_read, row_policy


class Migration(migrations.Migration):
    dependencies = [("counter", "0004_views_and_receipts")]
    operations = [
        row_policy("counter_savedview"),
        row_policy("counter_receipt", person="person_id"),
        append_only("counter_receipt"),
        append_only("counter_receiptproof"),
        public_read("counter_receiptproof"),
        migrations.RunSQL("CREATE SEQUENCE counter_receipt_serial", "DROP SEQUENCE counter_receipt_serial"),
    ]
