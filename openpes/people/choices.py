"""Closed vocabularies of persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    """GB/T 2261.1, the codes that an identity number can carry."""

    MALE = "1", _("Male")
    FEMALE = "2", _("Female")


class Relation(models.TextChoices):
    """Relation to the head of the household, the classes of GB/T 4761-2008."""

    HEAD = "0", pgettext_lazy("household", "Head")
    SPOUSE = "1", _("Spouse")
    SON = "2", _("Son")
    DAUGHTER = "3", _("Daughter")
    GRANDCHILD = "4", _("Grandchild")
    PARENT = "5", _("Parent")
    GRANDPARENT = "6", _("Grandparent")
    SIBLING = "7", _("Brother or sister")
    OTHER = "8", pgettext_lazy("household", "Other relation")


class Identifier(models.TextChoices):
    """The sealed identifiers of a person."""

    ID_NUMBER = "id_number", _("Identity number")
    PHONE = "phone", _("Telephone")


class Purpose(models.TextChoices):
    """Why somebody is shown an identifier in full."""

    VERIFY = "verify", _("Compare with the card at the window")
    CONTACT = "contact", _("Reach the person about a service")
    CERTIFICATE = "certificate", _("Issue a certificate or a letter")
    INQUIRY = "inquiry", _("Answer a lawful inquiry")
