"""The coded reasons behind an answer and behind leaving a job (code set `placement_reasons`)."""

from openpes.codes.queries import choices_of, code_items, code_label
from openpes.referrals.choices import Answer

REASONS = "placement_reasons"
OF_EMPLOYER, OF_PERSON, OF_LEAVING = ("1",), ("2", "30"), ("3", "40")  # how the codes of each side begin
SIDES = {
    Answer.NOT_SUITABLE: OF_EMPLOYER, Answer.NO_SHOW: OF_EMPLOYER, Answer.PLACE_TAKEN: OF_EMPLOYER,
    Answer.DECLINED: OF_PERSON, Answer.WITHDRAWN: OF_PERSON, Answer.ELSEWHERE: OF_PERSON,
}  # fmt: skip


def feedback_codes(answer: str) -> frozenset[str]:
    """The reasons that may stand behind an answer; none for an answer that needs none."""
    side = SIDES.get(Answer(answer)) if answer in Answer.values else None
    return frozenset(_codes(side)) if side else frozenset()


def leaving_codes() -> frozenset[str]:
    """The reasons for which somebody may have left a job."""
    return frozenset(_codes(OF_LEAVING))


def reason_choices(side: tuple[str, ...]) -> list[tuple[str, str]]:
    """The reasons of a side for a drop-down."""
    wanted = _codes(side)
    return [choice for choice in choices_of(REASONS) if choice[0] in wanted]


def reason_label(code: str) -> str:
    """A reason in words; empty for none."""
    return code_label(REASONS, code) if code else ""


def _codes(side: tuple[str, ...]) -> tuple[str, ...]:
    codes = (item.code for item in code_items(REASONS))
    return tuple(code for code in codes if _side_of(code) == side)


def _side_of(code: str) -> tuple[str, ...]:
    if code == "30":
        return OF_PERSON
    return {"1": OF_EMPLOYER, "2": OF_PERSON}.get(code[0], OF_LEAVING)
