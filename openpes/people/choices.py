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


class PairState(models.TextChoices):
    """What became of two files that are likely of one person."""

    WAITING = "waiting", pgettext_lazy("likely pair", "To be looked at")
    APART = "apart", pgettext_lazy("likely pair", "Not the same person")
    MERGED = "merged", pgettext_lazy("likely pair", "Merged")


class MergeState(models.TextChoices):
    """How far a merge is."""

    PROPOSED = "proposed", pgettext_lazy("merge", "Waits for a second officer")
    DECLINED = "declined", pgettext_lazy("merge", "Declined")
    DONE = "done", pgettext_lazy("merge", "Merged")
    UNDOING = "undoing", pgettext_lazy("merge", "Undoing waits for a second officer")
    UNDONE = "undone", pgettext_lazy("merge", "Undone")


class Step(models.TextChoices):
    """What a merge did to a row."""

    MOVED = "moved", pgettext_lazy("merge", "Moved")
    ASIDE = "aside", pgettext_lazy("merge", "Laid aside")
    FILE = "file", pgettext_lazy("merge", "File that stays")
    GONE = "gone", pgettext_lazy("merge", "File that went")


class Clash(models.TextChoices):
    """What is done with rows of two persons that cannot stand beside each other."""

    REFUSE = "refuse"  # the merge waits until an office has settled it
    PAST = "past"  # what has ended goes aside; two living ones are settled first
    CHOOSE = "choose"  # the officer says whose are kept


class Whose(models.TextChoices):
    """Whose value is kept."""

    STAYS = "stays", pgettext_lazy("merge", "of the file that stays")
    GOES = "goes", pgettext_lazy("merge", "of the file that goes")


class Likeness(models.TextChoices):
    """Why two files may be of one person."""

    SAME_NUMBER = "same_number", _("Same identity number")
    NEAR_NUMBER = "near_number", _("Identity numbers differ by one character, or two are swapped")
    SAME_BIRTH = "same_birth", _("Same birth date and sex")
    NEAR_BIRTH = "near_birth", _("Birth dates differ by one digit, or two are swapped")
    SAME_NAME = "same_name", _("Same name")
    LIKE_NAME = "like_name", _("Names that sound alike")
    SAME_PHONE = "same_phone", _("Same telephone number")
    SAME_VILLAGE = "same_village", _("Same community or village")
    BY_HAND = "by_hand", _("Put side by side by an officer")


class GroupOutcome(models.TextChoices):
    """What was decided about a membership of a group."""

    RECOGNISED = "recognised", pgettext_lazy("group", "Recognised")
    REFUSED = "refused", pgettext_lazy("group", "Not recognised")


class GroupEnd(models.TextChoices):
    """Why a recognised membership stopped before its last day."""

    ENDED = "ended", pgettext_lazy("group", "Ended: the person no longer belongs to it")
    REVOKED = "revoked", pgettext_lazy("group", "Revoked: it should not have been recognised")


class EducationProof(models.TextChoices):
    """How an education is known."""

    STATED = "stated", pgettext_lazy("education", "Stated by the person")
    DIPLOMA = "diploma", pgettext_lazy("education", "Graduation certificate")
    DEGREE = "degree", pgettext_lazy("education", "Degree certificate")
    REPORT = "report", pgettext_lazy("education", "Online verification report")


class QualificationKind(models.TextChoices):
    """Which kind of paper shows a skill grade or a licence."""

    STATED = "stated", pgettext_lazy("qualification", "Stated by the person")
    NATIONAL = "national", pgettext_lazy("qualification", "National vocational qualification certificate")
    LEVEL = "level", pgettext_lazy("qualification", "Skill level certificate")
    LICENCE = "licence", pgettext_lazy("qualification", "Licence or special-operation certificate")


class Fact(models.TextChoices):
    """Which fact of the own file somebody wants corrected."""

    PHONE = "phone", _("Telephone")
    HUKOU = "hukou", _("Household registration")
    ETHNIC_GROUP = "ethnic_group", _("Ethnic group")
    MARITAL = "marital", _("Marital status")
    NAME = "name", _("Name")
    ID_NUMBER = "id_number", _("Identity number")
    HOME = "home", pgettext_lazy("fact", "Home")
    HOUSEHOLD = "household", _("Household")
    EDUCATION = "education", _("Education")
    QUALIFICATION = "qualification", pgettext_lazy("fact", "Skill grades and certificates")
    GROUP = "group", pgettext_lazy("fact", "Groups")
    REGISTRATION = "registration", pgettext_lazy("fact", "Registrations and job wish")
    OTHER = "other", pgettext_lazy("fact", "Something else")


# Facts of one value, which the answer itself puts right; the others are changed on their own pages first.
ONE_VALUE = {Fact.PHONE: "", Fact.HUKOU: "hukou", Fact.ETHNIC_GROUP: "ethnic", Fact.MARITAL: "marital_gb"}


class CorrectionAnswer(models.TextChoices):
    """What an officer answered to a request for correction."""

    ACCEPTED = "accepted", pgettext_lazy("correction", "Accepted and changed")
    REFUSED = "refused", pgettext_lazy("correction", "Refused")


class CorrectionRuling(models.TextChoices):
    """What became of an appeal against a refused correction."""

    ALLOWED = "allowed", pgettext_lazy("correction", "Allowed and changed")
    DISMISSED = "dismissed", pgettext_lazy("correction", "Dismissed: the refusal stands")


class NameKind(models.TextChoices):
    """Why a file carries another name than before."""

    CHANGED = "changed", pgettext_lazy("name", "Changed: the household registration office entered the new name")
    CORRECTED = "corrected", pgettext_lazy("name", "Corrected: the name was written wrongly in the file")


class NumberKind(models.TextChoices):
    """Why a file carries another identity number than before."""

    UPGRADED = "upgraded", pgettext_lazy("number", "15 digits became 18")
    CORRECTED = "corrected", pgettext_lazy("number", "Corrected by the police, or typed wrongly")


class NumberAnswer(models.TextChoices):
    """What the second officer said to another identity number."""

    CONFIRMED = "confirmed", pgettext_lazy("number", "Confirmed")
    DECLINED = "declined", pgettext_lazy("number", "Declined")


class DepartureKind(models.TextChoices):
    """Why a person is no longer served by the city."""

    DIED = "died", _("Died")
    ABROAD = "abroad", _("Settled abroad")
    AWAY = "away", _("Left the city for good")


class Evidence(models.TextChoices):
    """The paper by which a change in a person's life is known."""

    BOOKLET = "booklet", _("Household booklet")
    CARD = "card", _("Identity card")
    POLICE = "police", _("Certificate of the police")
    MIGRATION = "migration", _("Certificate of moved household registration")
    MEDICAL = "medical", _("Medical certificate of death")
    CREMATION = "cremation", _("Certificate of cremation")
    COURT = "court", _("Judgment of a court")
    COMMITTEE = "committee", _("Certificate of the village or community committee")
    EXIT = "exit", _("Proof of settling abroad")


class Reporter(models.TextChoices):
    """Who reported that somebody died or left."""

    SELF = "self", pgettext_lazy("reporter", "The person")
    HEAD = "head", pgettext_lazy("reporter", "The head of the household")
    RELATIVE = "relative", pgettext_lazy("reporter", "A relative")
    NEIGHBOUR = "neighbour", pgettext_lazy("reporter", "A neighbour")
    COMMITTEE = "committee", pgettext_lazy("reporter", "The village or community committee")
    POLICE = "police", pgettext_lazy("reporter", "The police or civil affairs")


class MemberEnd(models.TextChoices):
    """Why a membership of a household ended, or went on under another relation."""

    LEFT = "left", pgettext_lazy("membership", "left")
    SPLIT = "split", pgettext_lazy("membership", "went to a household of their own")
    HEAD = "head", pgettext_lazy("membership", "the head of the household changed")
    DIED = "died", pgettext_lazy("membership", "died")
    DEPARTED = "departed", pgettext_lazy("membership", "left the city for good")


class HandoverAnswer(models.TextChoices):
    """What became of a file that went to another county."""

    ACCEPTED = "accepted", pgettext_lazy("file", "Accepted")
    RETURNED = "returned", pgettext_lazy("file", "Returned")
    OVERTAKEN = "overtaken", pgettext_lazy("file", "Overtaken: the person moved on")
