"""The store of facts: partitioned by month, never changed, seen by area; its months are made ahead."""

from django.db import migrations, models

import openpes.kernel.scope
from openpes.kernel.policies import APP, AUDITOR, PUBLIC, SEALER, SELF, append_only, row_policy

FACT = "statistics_fact"
FIRST_MONTH, LAST_MONTH = "2024-01-01", "2027-12-01"  # what is older shares one part

TABLE = f"""
CREATE TABLE {FACT} (
    id bigint NOT NULL,
    subject bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    happened_on date NOT NULL,
    counted_on date NOT NULL,
    number integer NOT NULL,
    occupation integer NOT NULL,
    kind smallint NOT NULL,
    industry smallint NOT NULL,
    unit_type smallint NOT NULL,
    economic_type smallint NOT NULL,
    sex smallint NOT NULL,
    age smallint NOT NULL,
    education smallint NOT NULL,
    skill smallint NOT NULL,
    person_group smallint NOT NULL,
    area varchar(12) COLLATE "C" NOT NULL,
    CONSTRAINT fact_counts CHECK (number <> 0),
    CONSTRAINT fact_not_early CHECK (counted_on >= happened_on)
) PARTITION BY RANGE (counted_on)
"""

# A part is made beside the store and then joined to it: readers and writers of the store are not held up. Nobody
# reads or writes a part past the store, whose policy and rights hold for it.
PART = f"""
CREATE FUNCTION statistics_make_part(part text, begins text, ends text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE {FACT} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
    EXECUTE format('REVOKE ALL ON %I FROM {APP}, {SELF}, {AUDITOR}, {SEALER}, {PUBLIC}', part);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY past_nobody ON %I USING (false) WITH CHECK (false)', part);
    EXECUTE format('ALTER TABLE {FACT} ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', part, begins, ends);
END $$
"""

# Makes the months that are missing up to a day; returns how many. One process at a time.
MONTHS = f"""
CREATE FUNCTION statistics_make_months(last_on date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    part text;
    month date;
    made integer := 0;
BEGIN
    IF last_on >= DATE '2200-01-01' THEN
        RAISE EXCEPTION 'Facts have no month for %.', last_on;
    END IF;
    IF to_regclass(to_char(last_on, '"{FACT}_"YYYY_MM')) IS NOT NULL OR last_on < DATE '{FIRST_MONTH}' THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('{FACT}', 0));
    FOR month IN SELECT generate_series(DATE '{FIRST_MONTH}', last_on, INTERVAL '1 month')::date LOOP
        part := to_char(month, '"{FACT}_"YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            PERFORM statistics_make_part(part, quote_literal(month), quote_literal((month + INTERVAL '1 month')::date));
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END $$
"""

STAYS = """
CREATE FUNCTION statistics_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A fact is never changed or deleted; another fact answers it.' USING ERRCODE = 'restrict_violation';
END $$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0003_row_changes'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        TABLE,
                        f"CREATE SEQUENCE {FACT}_id_seq OWNED BY {FACT}.id",
                        f"ALTER TABLE {FACT} ALTER COLUMN id SET DEFAULT nextval('{FACT}_id_seq')",
                        f"CREATE INDEX facts_of_a_subject ON {FACT} (subject, kind)",
                    ],
                    f"DROP TABLE {FACT}",
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Fact',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('subject', models.BigIntegerField()),
                        ('recorded_at', models.DateTimeField()),
                        ('happened_on', models.DateField()),
                        ('counted_on', models.DateField()),
                        ('number', models.IntegerField()),
                        ('occupation', models.IntegerField(default=0)),
                        ('kind', models.SmallIntegerField(choices=[(1, 'Places offered'), (2, 'Places filled'), (3, 'Places withdrawn or expired'), (4, 'Job wishes registered'), (5, 'Job wishes ended'), (6, 'Unemployment registered'), (7, 'Unemployment ended'), (8, 'Employment registered'), (9, 'Employment ended'), (10, 'Introductions'), (11, 'Hires')])),
                        ('industry', models.SmallIntegerField(default=0)),
                        ('unit_type', models.SmallIntegerField(default=0)),
                        ('economic_type', models.SmallIntegerField(default=0)),
                        ('sex', models.SmallIntegerField(default=0)),
                        ('age', models.SmallIntegerField(default=0)),
                        ('education', models.SmallIntegerField(default=0)),
                        ('skill', models.SmallIntegerField(default=0)),
                        ('person_group', models.SmallIntegerField(default=0)),
                        ('area', openpes.kernel.scope.AreaField(db_collation='C', max_length=12)),
                    ],
                    options={
                        'ordering': ['counted_on', 'id'],
                        'indexes': [models.Index(fields=['subject', 'kind'], name='facts_of_a_subject')],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('number', 0), _negated=True), name='fact_counts'),
                            models.CheckConstraint(condition=models.Q(('counted_on__gte', models.F('happened_on'))), name='fact_not_early'),
                        ],
                    },
                ),
            ],
        ),
        row_policy(FACT),
        append_only(FACT),
        migrations.RunSQL(
            [
                STAYS,
                f"CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON {FACT}"
                " FOR EACH ROW EXECUTE FUNCTION statistics_facts_stay()",
            ],
            [f"DROP TRIGGER facts_stay ON {FACT}", "DROP FUNCTION statistics_facts_stay"],
        ),
        migrations.RunSQL(
            [
                PART,
                MONTHS,
                "REVOKE EXECUTE ON FUNCTION statistics_make_part FROM PUBLIC",
                "REVOKE EXECUTE ON FUNCTION statistics_make_months FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION statistics_make_months TO {APP}",
                f"SELECT statistics_make_part('{FACT}_early', 'MINVALUE', quote_literal('{FIRST_MONTH}'))",
                f"SELECT statistics_make_months(DATE '{LAST_MONTH}')",
            ],
            ["DROP FUNCTION statistics_make_months", "DROP FUNCTION statistics_make_part"],
        ),
        migrations.CreateModel(
            name='FactOpening',
            fields=[
                ('kind', models.SmallIntegerField(choices=[(1, 'Places offered'), (2, 'Places filled'), (3, 'Places withdrawn or expired'), (4, 'Job wishes registered'), (5, 'Job wishes ended'), (6, 'Unemployment registered'), (7, 'Unemployment ended'), (8, 'Employment registered'), (9, 'Employment ended'), (10, 'Introductions'), (11, 'Hires')], primary_key=True, serialize=False)),
                ('opened_at', models.DateTimeField()),
                ('rebuilt_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kind'],
            },
        ),
        migrations.CreateModel(
            name='DueSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.SmallIntegerField()),
                ('subject', models.BigIntegerField()),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
    ]
