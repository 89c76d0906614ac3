"""Forms of referrals: an answer, the contract of a hire, words to an employer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel import Refused
from openpes.kernel.forms import HouseForm, LooseDateField, YuanField
from openpes.kernel.refusal import Reason
from openpes.referrals.actions import HireFacts
from openpes.referrals.choices import EMPLOYERS_ANSWERS, STAFF_ANSWERS


class AnswerForm(HouseForm):
    """What came of an introduction, other than a hire."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, by_employer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = EMPLOYERS_ANSWERS if by_employer else STAFF_ANSWERS
        self.fields["answer"].choices = [(answer.value, answer.label) for answer in answers]


class HireForm(HouseForm):
    """The contract of a hire."""

    begins_on = LooseDateField(label=_("Work begins on"))
    pay_fen = YuanField(label=_("Monthly pay (yuan)"), min_value=1)
    contract_until_on = LooseDateField(
        label=_("Contract until"), required=False, help_text=_("Empty for a permanent contract.")
    )

    def facts(self) -> HireFacts:
        """The facts that were written."""
        return HireFacts(**self.cleaned_data)

    def refuse(self, refused: Refused) -> None:
        """The registration of employment calls the first day of work `from_on`; here it is `begins_on`."""
        reasons = [
            Reason(r.text, r.clause, "begins_on" if r.field == "from_on" else r.field, r.next_step)
            for r in refused.reasons
        ]
        super().refuse(Refused(*reasons))


class WordsForm(HouseForm):
    """What the employer has to mend."""

    note = forms.CharField(label=_("In words"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
