"""Forms of referrals: applications, answers, interviews, the contract of a hire, what became of it."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel import Refused
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.forms import HouseForm, LooseDateField, YuanField, half_width
from openpes.kernel.refusal import Reason
from openpes.referrals.actions import CheckFacts, HireFacts, InterviewFacts
from openpes.referrals.choices import EMPLOYERS_ANSWERS, STAFF_ANSWERS, CheckOutcome, InterviewWay
from openpes.referrals.queries import reason_choices
from openpes.referrals.queries.reasons import OF_EMPLOYER, OF_LEAVING, OF_PERSON

CLOCK = re.compile(r"(\d{1,2}):?(\d{2})", re.ASCII)
NONE_CHOSEN = ("", _("Please choose"))


class AnswerForm(HouseForm):
    """What came of an introduction, other than a hire."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("The other side reads these words.")
    )

    def __init__(self, *args: Any, by_employer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = EMPLOYERS_ANSWERS if by_employer else STAFF_ANSWERS
        sets = (OF_EMPLOYER,) if by_employer else (OF_EMPLOYER, OF_PERSON)
        self.fields["answer"].choices = [(answer.value, answer.label) for answer in answers]
        self.fields["reason"].choices = [NONE_CHOSEN, *(one for name in sets for one in reason_choices(name))]
        self.fields["reason"].required = by_employer


class WithdrawForm(HouseForm):
    """Why somebody takes part no more."""

    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("The other side reads these words.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [NONE_CHOSEN, *reason_choices(OF_PERSON)]


class ApplyForm(HouseForm):
    """Own words to the employer."""

    own_words = forms.CharField(
        label=_("Own words to the employer"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What suits you to this work; when you could begin. At most 1,000 characters."),
    )  # fmt: skip


class MomentField(forms.CharField):
    """A day and a time as people type them: 2026-11-01 9:30, 20261130 0930."""

    default_error_messages = {"invalid": _("“%(value)s” is not a day with a time; write it like 2026-11-01 9:30.")}

    def to_python(self, value: Any) -> Any:
        """The moment in the business zone; nothing when nothing was typed."""
        text = half_width(super().to_python(value) or "").replace("：", ":").replace("T", " ")
        if not text:
            return None
        day, _blank, clock_time = text.rpartition(" ")
        try:
            on = LooseDateField().clean(day.strip())
            hour, minute = CLOCK.fullmatch(clock_time).groups()  # type: ignore[union-attr]
            return datetime.combine(on, time(int(hour), int(minute)), BUSINESS_ZONE)
        except (forms.ValidationError, AttributeError, ValueError, TypeError):
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(BUSINESS_ZONE).strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value


class InterviewForm(HouseForm):
    """Times for an interview, and where."""

    slot_1 = MomentField(
        label=_("First time"), help_text=_("Day and hour, like 2026-11-01 9:30. The person chooses one of the times.")
    )
    slot_2 = MomentField(label=_("Second time"), required=False)
    slot_3 = MomentField(label=_("Third time"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), initial=30)
    way = forms.ChoiceField(label=_("How you meet"), choices=InterviewWay.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place, or number that will call"), max_length=200)
    note = forms.CharField(label=_("What to bring"), max_length=300, required=False)

    def facts(self) -> InterviewFacts:
        """What was proposed."""
        told = self.cleaned_data
        slots = tuple(told[name] for name in ("slot_1", "slot_2", "slot_3") if told.get(name))
        return InterviewFacts(slots=slots, **{name: told[name] for name in ("minutes", "way", "place", "note")})


class SlotForm(HouseForm):
    """Which of the proposed times."""

    slot = forms.CharField(label=_("Time"))

    def clean_slot(self) -> datetime:
        """The time as the buttons send it."""
        try:
            found = datetime.fromisoformat(self.cleaned_data["slot"])
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise forms.ValidationError(_("Choose one of the times shown."), code="invalid")
        return found


class CheckForm(HouseForm):
    """Whether a hired person is still there."""

    outcome = forms.ChoiceField(label=_("Still at work there?"), widget=forms.RadioSelect)
    left_on = LooseDateField(label=_("Last day of work"), required=False, help_text=_("Only for somebody who left."))
    reason = forms.ChoiceField(label=_("Why"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, by_staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = list(CheckOutcome) if by_staff else [CheckOutcome.THERE, CheckOutcome.LEFT]
        self.fields["outcome"].choices = [(one.value, one.label) for one in outcomes]
        self.fields["reason"].choices = [NONE_CHOSEN, *reason_choices(OF_LEAVING)]

    def facts(self) -> CheckFacts:
        """What was found."""
        return CheckFacts(**self.cleaned_data)


class ReachForm(HouseForm):
    """By which ways, beside the own page."""

    by_sms = forms.BooleanField(label=_("By SMS to the registered telephone number"), required=False)
    mail = forms.EmailField(
        label=_("By mail to this address"), required=False, help_text=_("Empty for no mail.")
    )


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
