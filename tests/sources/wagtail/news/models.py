"""Pages of a newsroom, and what of them the API may say."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.api import APIField
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.models import register_snippet


class FrontPage(Page):
    pass


class SectionPage(Page):
    pass


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("ArticlePage", on_delete=models.CASCADE, related_name="tagged")


class Heading(blocks.StructBlock):
    text = blocks.CharBlock()
    size = blocks.ChoiceBlock(choices=[("h2", "H2"), ("h3", "H3")])


class Quote(blocks.StructBlock):
    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False)


class ArticlePage(Page):
    intro = RichTextField(blank=True)
    body = StreamField(
        [
            ("heading", Heading()),
            ("paragraph", blocks.RichTextBlock()),
            ("image", ImageBlock()),
            ("picture", ImageChooserBlock()),
            ("quote", Quote()),
            ("list", blocks.ListBlock(blocks.CharBlock())),
            ("table", TableBlock()),
            ("figures", TypedTableBlock([("text", blocks.CharBlock()), ("number", blocks.IntegerBlock())])),
            ("embed", EmbedBlock()),
            ("document", DocumentChooserBlock()),
            ("page", blocks.PageChooserBlock()),
            ("raw_html", blocks.RawHTMLBlock()),
            ("weather", blocks.StructBlock([("degrees", blocks.IntegerBlock())])),
        ],
        blank=True,
    )
    date = models.DateTimeField(null=True, blank=True)
    cover = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    author = models.CharField(max_length=100, blank=True)

    api_fields = [
        APIField(name)
        for name in ["translation_key", "last_published_at", "intro", "body", "date", "cover", "tags", "author"]
    ]


@register_snippet
class Rubric(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField()

    api_fields = [APIField("name"), APIField("slug")]


class NotePage(Page):
    """A page type whose project says nothing about translations and changes."""

    body = RichTextField(blank=True)
    rubric = models.ForeignKey(Rubric, null=True, blank=True, on_delete=models.SET_NULL)
    cover = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    api_fields = [
        APIField("body"),
        APIField("rubric"),
        APIField("photo", serializer=ImageRenditionField("max-300x300", source="cover")),
    ]
