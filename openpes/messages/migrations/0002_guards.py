"""Row-level security of messages and of agreements to them."""

from django.db import migrations

from openpes.kernel.policies import row_policy


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_messages")]
    operations = [
        row_policy("messages_message", person="person_id", employer="employer_id"),
        row_policy("messages_consent"),
    ]
