"""Forms of the counter: the queue, acts on a selection, saved views."""

from openpes.counter.forms.bulk import AssignForm, BulkForm, ConfirmForm, NothingForm, Officers, form_of
from openpes.counter.forms.queue import CallForm, MoveForm, TakeForm
from openpes.counter.forms.reader import ReaderForm
from openpes.counter.forms.views import ViewForm

__all__ = [
    "AssignForm",
    "BulkForm",
    "CallForm",
    "ConfirmForm",
    "MoveForm",
    "NothingForm",
    "Officers",
    "ReaderForm",
    "TakeForm",
    "ViewForm",
    "form_of",
]
