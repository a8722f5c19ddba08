from django.db import migrations

# Policies made before had the setting read and cut into a list for every row. The tables keep their rows and their walls.
READ_ONCE = """
DO $$
DECLARE
    wall record;
    setting constant text := 'current_setting(''plumbline.scope''::text, true)';
    list constant text := 'string_to_array(' || setting || ', '',''::text)';
BEGIN
    FOR wall IN
        SELECT schemaname, tablename, policyname, qual FROM pg_policies
        WHERE schemaname = current_schema() AND policyname LIKE 'plumbline\\_%' AND qual NOT LIKE '%SELECT%'
    LOOP
        EXECUTE format('ALTER POLICY %I ON %I.%I USING (%s)', wall.policyname, wall.schemaname, wall.tablename,
            replace(
                replace(wall.qual, '(' || list || ')', '((SELECT ' || list || ')::text[])'),
                '(' || setting || ' =', '((SELECT ' || setting || ') ='));
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL(READ_ONCE, migrations.RunSQL.noop)]
