from django.core.management import BaseCommand, call_command
from news.models import FrontPage, Rubric
from wagtail.models import Collection, Locale, Page, Site


class Command(BaseCommand):
    help = "Makes the tables with what Wagtail's migrations put into them, where there are none; then serves."

    def add_arguments(self, parser):
        parser.add_argument("port", type=int)

    def handle(self, port, **_):
        call_command("migrate", run_syncdb=True, verbosity=0)
        if not Page.objects.exists():
            self.begin(port)
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def begin(self, port):
        locale = Locale.objects.create(language_code="vi")
        Collection.add_root(name="Root")
        root = Page.add_root(title="Root", slug="root", locale=locale)
        front = root.add_child(instance=FrontPage(title="Newsroom", slug="front", locale=locale))
        Rubric.objects.create(name="Văn hóa", slug="culture")
        Site.objects.create(hostname="127.0.0.1", port=port, root_page=front, is_default_site=True)
