"""Row-level security of the queue, and what a hall may see of it: everything but who called."""

from django.db import migrations

from openpes.kernel.policies import for_everybody, public_read, row_policy

SHOWN = (
    'id, area, point_id, taken_on, purpose, letter, serial, goes_first, state, taken_at, ready_at, first_called_at,'
    ' called_at, calls, "window", begun_at, ended_at'
)


class Migration(migrations.Migration):
    dependencies = [("counter", "0001_queue")]
    operations = [
        row_policy("counter_ticket"),
        row_policy("counter_ticketseries"),
        for_everybody("counter_ticket"),
        public_read("counter_ticket", SHOWN),
    ]
