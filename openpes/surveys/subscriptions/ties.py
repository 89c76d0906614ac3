"""What surveys tell of their rows: answers about a member go along when two files become one."""

from django.utils.translation import gettext_lazy as _

from openpes.people.choices import Clash
from openpes.people.models import Tie, hold_ties
from openpes.surveys.models import MemberAnswer

hold_ties(
    Tie(
        model=MemberAnswer,
        title=_("Answers to labour surveys"),
        apart="a.answer_id = b.answer_id",
        clash=Clash.CHOOSE,
    )
)
