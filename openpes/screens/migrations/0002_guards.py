"""Bulletins: everybody may read them, but not who printed them; nobody changes one."""

from django.db import migrations

from openpes.kernel.policies import append_only, for_everybody, public_read, row_policy

PUBLIC_COLUMNS = (
    'id, area, year, edition, language, paper, occupations, "group", from_on, until_on, title, listed, digest, pages,'
    " printed_at"
)


class Migration(migrations.Migration):
    dependencies = [("screens", "0001_bulletins")]
    operations = [
        row_policy("screens_bulletin"),
        for_everybody("screens_bulletin"),
        public_read("screens_bulletin", PUBLIC_COLUMNS),
        append_only("screens_bulletin"),
        migrations.RunSQL("REVOKE ALL ON screens_digestentry FROM openpes_self", migrations.RunSQL.noop),
    ]
