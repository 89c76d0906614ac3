"""The choices a reader has about the look of pages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """Colours of the pages."""

    AUTO = "auto", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    CONTRAST = "contrast", _("High contrast")


class Size(TextChoices):
    """Size of text and targets."""

    STANDARD = "standard", _("Standard size")
    ELDER = "elder", _("Large text")


SERVICE_PHONE = "12333"  # the national number of the human resources and social security service
DEFAULT_THEME = Theme.AUTO.value
DEFAULT_SIZE = Size.STANDARD.value


class Tone(TextChoices):
    """What a badge says by colour and word: a rule is met, something is missing, a rule is not met."""

    OK = "ok", _("Met")
    WAIT = "wait", _("To supply")
    BAD = "bad", _("Not met")
    PLAIN = "plain", _("For information")
