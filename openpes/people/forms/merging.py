"""What officers say about files that may be of one person: which stays, fact by fact, and on what it rests."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.people.choices import Whose


class WhyForm(HouseForm):
    """An answer with its reason."""

    why = forms.CharField(label=_("On what this rests"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ApartForm(HouseForm):
    """Two files are of two persons."""

    why = forms.CharField(
        label=_("It is another person, because"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class DeclineForm(HouseForm):
    """Why something proposed is not done."""

    reason = forms.CharField(label=pgettext_lazy("merge", "Declined because"), max_length=300)


class CompareForm(HouseForm):
    """Another file of the area, by its identity number."""

    id_number = HalfWidthField(
        label=_("Identity number of the other file"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MergeForm(WhyForm):
    """Which of two values is kept, for every fact that differs, and whose rows where both cannot stand."""

    def __init__(self, *args: Any, facts: Iterable[tuple[str, Any, str, str]], **kwargs: Any) -> None:
        """`facts` are the name, the label, and what each of the two files says."""
        super().__init__(*args, **kwargs)
        self.names: list[str] = []
        for name, label, mine, theirs in facts:
            self.names.append(name)
            self.fields[f"kept_{name}"] = forms.ChoiceField(
                label=label,
                choices=[(Whose.STAYS, mine), (Whose.GOES, theirs)],
                widget=forms.RadioSelect,
                required=False,
            )
        self.order_fields([*(f"kept_{name}" for name in self.names), "why"])

    def kept(self) -> dict[str, str]:
        """Whose value is kept, by fact."""
        return {name: told for name in self.names if (told := self.cleaned_data.get(f"kept_{name}"))}

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields of the facts, in their order."""
        return [self[f"kept_{name}"] for name in self.names]


class UnmergeForm(WhyForm):
    """To whom each row goes that was added since the merge."""

    def __init__(self, *args: Any, rows: Iterable[tuple[str, str, str, str]], **kwargs: Any) -> None:
        """`rows` are the mark and the words of a row, and the names of the two persons."""
        super().__init__(*args, **kwargs)
        self.marks: dict[str, str] = {}
        for number, (mark, words, stays, goes) in enumerate(rows):
            self.marks[f"row_{number}"] = mark
            self.fields[f"row_{number}"] = forms.ChoiceField(
                label=words,
                choices=[(Whose.STAYS, stays), (Whose.GOES, goes)],
                initial=Whose.STAYS,
                widget=forms.RadioSelect,
            )
        self.order_fields([*self.marks, "why"])

    def to_go(self) -> list[str]:
        """The marks of the rows that go to the merged person."""
        return [mark for name, mark in self.marks.items() if self.cleaned_data.get(name) == Whose.GOES]

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields of the rows, in their order."""
        return [self[name] for name in self.marks]
