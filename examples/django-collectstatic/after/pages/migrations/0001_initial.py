from django.db import migrations, models


def first_pages(apps, schema_editor):
    page = apps.get_model("pages", "Page")
    page.objects.create(title="Opening hours", position=1)
    page.objects.create(title="How to find us", position=2)


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, unique=True)),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={"ordering": ("position", "title")},
        ),
        migrations.RunPython(first_pages, migrations.RunPython.noop),
    ]
