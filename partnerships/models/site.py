"""What belongs to the whole site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteText(models.Model):
    """Words a site may replace with its own: the privacy notice, the accessibility statement.

    Plain text: a blank line ends a paragraph, "# " starts a heading, "- " starts a list item.
    """

    class Key(models.TextChoices):
        PRIVACY = "privacy", _("Privacy notice")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")

    key = models.CharField(_("page"), max_length=20, choices=Key, unique=True)
    body = models.TextField(_("text"), max_length=20_000)

    class Meta:
        verbose_name = _("text of this site")
        verbose_name_plural = _("texts of this site")

    def __str__(self):
        return self.get_key_display()
