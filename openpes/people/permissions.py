"""Rights over the files of persons."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_PERSONS = Permission("people.view", _("See the persons of the area, with masked identifiers"))
REGISTER_PERSONS = Permission("people.register", _("Register persons"))
CHANGE_PERSONS = Permission("people.change", _("Change the file, the household and the home of a person"))
REVEAL_IDENTIFIERS = Permission("people.reveal", _("See an identity or telephone number in full, with a purpose"))
RECORD_PAPERS = Permission("people.record", _("Record education, skill grades, licences and the evidence of groups"))
RECOGNISE_GROUPS = Permission("people.recognise", _("Recognise that a person belongs to a group"))
ANSWER_CORRECTIONS = Permission("people.correct", _("Answer requests for correction and rule appeals against refusals"))
MERGE_PERSONS = Permission(
    "people.merge", _("Settle likely duplicates: tell files apart, propose, confirm and undo merges")
)
CONFIRM_NUMBERS = Permission("people.confirm", _("Confirm another identity number that a colleague wrote in"))
