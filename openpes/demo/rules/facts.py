"""Words and codes that both ways of building the city write alike."""

from openpes.demo.rules.people import CHILD, HEAD, PARENT, SIBLING, SPOUSE
from openpes.people.choices import Relation

# Relation to the head of the household, for women and for men.
RELATIONS = {
    HEAD: (Relation.HEAD.value, Relation.HEAD.value),
    SPOUSE: (Relation.SPOUSE.value, Relation.SPOUSE.value),
    CHILD: (Relation.DAUGHTER.value, Relation.SON.value),
    PARENT: (Relation.PARENT.value, Relation.PARENT.value),
    SIBLING: (Relation.SIBLING.value, Relation.SIBLING.value),
}
NOTES = {
    "not_suitable": "面试后认为与岗位要求不符",
    "declined": "本人考虑后放弃",
    "no_show": "约定时间未到场",
    "place_taken": "岗位已招满",
}


def notes_of(answer: str) -> str:
    """The note that goes with an answer to a referral."""
    return NOTES.get(answer, "")
