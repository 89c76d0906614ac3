"""What is typed at the door: how the visit ended, and the answers question by question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from openpes.access.models import Account
from openpes.engine.identifiers import parse_resident_id
from openpes.engine.questionnaires import HOUSEHOLD, MEMBER, WORK, Question
from openpes.engine.sheets import CellRefused, Column
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.people.choices import Relation
from openpes.surveys.actions import FoundHousehold, MemberTold, Visit
from openpes.surveys.choices import Outcome, Way
from openpes.surveys.queries import HouseholdSheet, KnownMember, answer_words, plain

NEW_MEMBERS = 3
UNKNOWN = ("", _("not known"))


class AnswerField(forms.CharField):
    """A text answer, read by the column of the ledger that keeps it."""

    def __init__(self, *, column: Column, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.column = column
        if column.key in ("income_fen", "farmland_mu", "phone"):
            self.widget.attrs["inputmode"] = "tel" if column.key == "phone" else "decimal"
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return plain(self.column.parse(text))
        except CellRefused as refused:
            raise forms.ValidationError(refused.message.translated(gettext)) from None


@dataclass(frozen=True)
class MemberFields:
    """The fields about one member, in the order in which they are asked."""

    name: str
    about: str
    fields: list[BoundField]
    extra: list[BoundField]
    is_new: bool = False
    is_open: bool = True


class _QuestionForm(HouseForm):
    """A form that asks a household: each question is a field, read by the column of the ledger."""

    columns: Mapping[str, Column]
    sheet: HouseholdSheet

    def _ask(self, prefix: str, questions: Iterable[Question], known: Mapping[str, Any]) -> None:
        for question in questions:
            name, column = f"{prefix}-{question.key}", self.columns[question.key]
            label = _label(question)
            if column.choices:
                self.fields[name] = _choice(column, label)
                self.initial[name] = known.get(question.key) or ""
            else:
                self.fields[name] = AnswerField(column=column, label=label)
                self.initial[name] = answer_words(column, known.get(question.key))

    def _told(self, prefix: str, questions: Iterable[Question]) -> dict[str, Any]:
        given = {one.key: self.cleaned_data.get(f"{prefix}-{one.key}") for one in questions}
        return {key: None if value == "" else value for key, value in given.items()}

    def _bound(self, prefix: str, questions: Iterable[Question]) -> list[BoundField]:
        return [self[f"{prefix}-{one.key}"] for one in questions]

    @property
    def household_fields(self) -> list[BoundField]:
        """The questions that are put once to the household."""
        return self._bound("household", self.sheet.asked.of(HOUSEHOLD))


class VisitForm(_QuestionForm):
    """One household at the door: the result of the visit, what is known, and what is different now."""

    outcome = forms.ChoiceField(
        label=_("Result of the visit"), choices=Outcome.choices, widget=forms.RadioSelect, initial=Outcome.MET
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)
    surveyed_on = LooseDateField(label=_("Day of the visit"))
    way = forms.ChoiceField(
        label=_("How it comes in"), choices=[choice for choice in Way.choices if choice[0] != Way.EXCEL],
    )  # fmt: skip
    surveyed_by = forms.ChoiceField(label=_("Who was at the door"), required=False)

    def __init__(
        self, *args: Any, sheet: HouseholdSheet, columns: Mapping[str, Column], officers: Iterable[Account], on: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        told = {"seen": sheet.row.answer_id or 0, "surveyed_on": on, "outcome": Outcome.MET, "way": Way.PHONE}
        super().__init__(*args, initial=told, **kwargs)
        self.sheet, self.columns = sheet, columns
        self.fields["surveyed_by"].choices = [("", _("I myself")), *((one.pk, one.name) for one in officers)]
        self._ask("household", sheet.asked.of(HOUSEHOLD), sheet.known)
        for member in sheet.members:
            self._ask(_prefix(member), _asked(sheet, member), member.known)
            self.fields[f"{_prefix(member)}-left"] = forms.BooleanField(
                label=_("Has left the household"), required=False
            )
        for number in range(1, NEW_MEMBERS + 1):
            self._ask(f"new{number}", sheet.asked.of(MEMBER, WORK), {})
            self.fields[f"new{number}-id_number"] = HalfWidthField(
                label=_("Identity number"), required=False, max_length=30
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for prefix in self._new_ones():
            try:
                number = parse_resident_id(found.get(f"{prefix}-id_number") or "", self.sheet.campaign.until_on).number
                found[f"{prefix}-id_number"] = number
            except ValueError as error:
                message = getattr(error, "message", None)
                self.add_error(f"{prefix}-id_number", message.translated(gettext) if message else str(error))
            if not found.get(f"{prefix}-relation"):
                self.add_error(f"{prefix}-relation", _("Say how the new member is related to the head."))
        return found

    def visit(self) -> Visit:
        """What is told of the visit."""
        told = self.cleaned_data
        return Visit(
            outcome=told["outcome"],
            way=told["way"],
            surveyed_on=told["surveyed_on"],
            seen=told["seen"] or 0,
            surveyed_by=int(told["surveyed_by"] or 0),
            household=self._told("household", self.sheet.asked.of(HOUSEHOLD)),
            members=(*self._known_members(), *self._new_members()),
            note=told["note"],
        )

    @property
    def members(self) -> list[MemberFields]:
        """The fields about each member, and empty ones for those who are new."""
        known = [
            MemberFields(
                one.person.name, one.person.id_mask,
                self._bound(_prefix(one), _asked(self.sheet, one)),
                [] if one.is_head else [self[f"{_prefix(one)}-left"]],
            )
            for one in self.sheet.members
        ]  # fmt: skip
        names = [f"new{number}" for number in range(1, NEW_MEMBERS + 1)]
        filled = set(self._new_ones()) if self.is_bound else set()
        new = [
            MemberFields(
                gettext("New member %(n)s") % {"n": place}, "", self._bound(name, self.sheet.asked.of(MEMBER, WORK)),
                [self[f"{name}-id_number"]], is_new=True, is_open=name in filled,
            )
            for place, name in enumerate(names, 1)
        ]  # fmt: skip
        return known + new

    def _known_members(self) -> Iterable[MemberTold]:
        for one in self.sheet.members:
            told = self._told(_prefix(one), _asked(self.sheet, one))
            told.setdefault("relation", one.member.relation)
            left = bool(self.cleaned_data.get(f"{_prefix(one)}-left")) and not one.is_head
            yield MemberTold(told=told, person=one.person.pk, left=left, field=_prefix(one))

    def _new_members(self) -> Iterable[MemberTold]:
        for name in self._new_ones():
            told = self._told(name, self.sheet.asked.of(MEMBER, WORK))
            yield MemberTold(told=told, id_number=self.cleaned_data[f"{name}-id_number"], field=name)

    def _new_ones(self) -> list[str]:
        """The rooms for new members into which something was typed."""
        names = [f"new{number}" for number in range(1, NEW_MEMBERS + 1)]
        return [name for name in names if any(self.data.get(f"{name}-{key}") for key in (*self.columns, "id_number"))]


class AskAgainForm(_QuestionForm):
    """The same household the second time: the checked questions alone, without the first answers."""

    is_met = forms.ChoiceField(
        label=_("Result of the visit"),
        choices=[("yes", _("Answered")), ("no", _("Nobody met, or refused"))],
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, sheet: HouseholdSheet, columns: Mapping[str, Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.columns = sheet, columns
        self._ask("household", self._checked(sheet.asked.of(HOUSEHOLD)), {})
        for member in sheet.members:
            self._ask(_prefix(member), self._checked(sheet.questions_of(member)), {"name": member.person.name})
            absent = forms.BooleanField(label=_("Is not a member of this household"), required=False)
            self.fields[f"{_prefix(member)}-left"] = absent

    def told(self) -> dict[int, dict[str, Any]]:
        """The second answers by person, under 0 those of the household itself."""
        found = {0: self._told("household", self._checked(self.sheet.asked.of(HOUSEHOLD)))}
        for one in self.sheet.members:
            if not self.cleaned_data.get(f"{_prefix(one)}-left"):
                found[one.person.pk] = self._told(_prefix(one), self._checked(self.sheet.questions_of(one)))
        return found

    def was_met(self) -> bool:
        """Whether somebody answered."""
        return bool(self.cleaned_data["is_met"] == "yes")

    @property
    def household_fields(self) -> list[BoundField]:
        return self._bound("household", self._checked(self.sheet.asked.of(HOUSEHOLD)))

    @property
    def members(self) -> list[MemberFields]:
        """The fields about each member."""
        return [
            MemberFields(
                one.person.name, one.person.id_mask,
                self._bound(_prefix(one), self._checked(self.sheet.questions_of(one))),
                [self[f"{_prefix(one)}-left"]],
            )
            for one in self.sheet.members
        ]  # fmt: skip

    def _checked(self, questions: Iterable[Question]) -> list[Question]:
        return [one for one in questions if one.checked]


class FoundForm(HouseForm):
    """A household that nobody knew: its head, its booklet, where it lives."""

    name = HalfWidthField(label=_("Name of the head"), max_length=80)
    id_number = HalfWidthField(label=_("Identity number of the head"), max_length=30)
    booklet_no = HalfWidthField(label=_("Household booklet no."), max_length=30)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = HalfWidthField(label=_("Telephone"), max_length=20, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_id_number(self) -> str:
        """The number in full, as the register keeps it."""
        try:
            return parse_resident_id(self.cleaned_data["id_number"], self.on).number
        except ValueError as error:
            message = getattr(error, "message", None)
            raise forms.ValidationError(message.translated(gettext) if message else str(error)) from None

    def found(self) -> FoundHousehold:
        """Who was found."""
        return FoundHousehold(**self.cleaned_data)


def _label(question: Question) -> str:
    """The question, with a word when it must be answered."""
    asks = question.asks(get_language() or "zh")
    return gettext("%(question)s (required)") % {"question": asks} if question.required else asks


def _choice(column: Column, label: str) -> forms.ChoiceField:
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    offered = [option for option in column.choices if (column.key, option.code) != ("relation", Relation.HEAD)]
    options = [(option.code, option.label(language)) for option in offered]
    return forms.ChoiceField(label=label, choices=[UNKNOWN, *options], required=False)


def _prefix(member: KnownMember) -> str:
    return f"m{member.person.pk}"


def _asked(sheet: HouseholdSheet, member: KnownMember) -> list[Question]:
    """What a known member is asked; the head is not asked about the relation to the head."""
    return [one for one in sheet.questions_of(member) if one.key != "relation" or not member.is_head]
