from typing import Any

from django.db import migrations

CHUNK = 2000


def with_initials(apps: Any, editor: Any) -> None:
    """The title and the party's name of every case by their first letters too, as its next projection would write them."""
    from plumbline.platform.bigrams import INITIALS, grams_of
    from plumbline.platform.initials import words_of_initials

    rows = apps.get_model("cases", "Case").objects.exclude(searched="").exclude(searched__contains=INITIALS)
    rows = rows.select_related("party").only("title", "searched", "party__name").order_by("pk")
    changed = []
    last = 0
    while found := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = found[-1].pk
        for row in found:
            letters = words_of_initials(row.title, row.party.name if row.party is not None else "")
            if letters:
                row.searched = f"{row.searched} {letters}"
                row.bigrams = grams_of(row.searched)
                changed.append(row)
        rows.model.objects.bulk_update(changed, ["searched", "bigrams"], batch_size=500)
        changed = []


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_countersigns")]

    operations = [migrations.RunPython(with_initials, migrations.RunPython.noop, elidable=True)]
