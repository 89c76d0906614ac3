"""The one state of a referral, which state may follow which, and by whose act."""

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason
from openpes.referrals.choices import Answer, Origin, Side, Stage, State

ENDS = {
    Answer.HIRED: State.HIRED,
    Answer.NOT_SUITABLE: State.REJECTED,
    Answer.NO_SHOW: State.REJECTED,
    Answer.PLACE_TAKEN: State.REJECTED,
    Answer.DECLINED: State.WITHDRAWN,
    Answer.WITHDRAWN: State.WITHDRAWN,
    Answer.ELSEWHERE: State.ELSEWHERE,
    Answer.NO_ANSWER: State.NO_ANSWER,
}
ON_THE_WAY = {
    Stage.SEEN: State.SEEN, Stage.INVITED: State.INVITED, Stage.HELD: State.HELD, Stage.OFFERED: State.OFFERED,
}  # fmt: skip
BEGINNINGS = {State.INTRODUCED, State.APPLIED}
OPEN = frozenset({*BEGINNINGS, *ON_THE_WAY.values()})
FIRM, OFFICE = frozenset({Side.EMPLOYER, Side.OFFICE}), frozenset({Side.OFFICE})
CLOSING = frozenset({Side.EMPLOYER, Side.OFFICE, Side.PLATFORM})
# Which state may follow an open one, and by whose act; what is not here does not happen.
STEPS: dict[State, dict[State, frozenset[Side]]] = {
    State.SEEN: {State.INVITED: FIRM, State.OFFERED: FIRM},
    State.INVITED: {
        State.INVITED: FIRM, State.SEEN: frozenset({Side.PERSON, Side.EMPLOYER, Side.OFFICE, Side.PLATFORM}),
        State.HELD: FIRM, State.OFFERED: FIRM,
    },
    State.HELD: {State.INVITED: FIRM, State.OFFERED: FIRM},
    State.OFFERED: {State.INVITED: FIRM},
    **{begun: {State.SEEN: FIRM, State.INVITED: FIRM, State.OFFERED: FIRM} for begun in BEGINNINGS},
}  # fmt: skip
# How an open referral ends; after silence the employer or the office may still tell what came of it.
ENDINGS: dict[State, frozenset[Side]] = {
    State.HIRED: OFFICE,
    State.REJECTED: CLOSING,
    State.WITHDRAWN: frozenset({Side.PERSON, Side.OFFICE}),
    State.ELSEWHERE: frozenset({Side.OFFICE, Side.PLATFORM}),
    State.NO_ANSWER: frozenset({Side.OFFICE, Side.PLATFORM}),
}
LATE: dict[State, frozenset[Side]] = {State.REJECTED: CLOSING, State.HIRED: OFFICE}


def state_of(*, origin: str, stage: str, answer: str) -> State:
    """The one state that follows from where a referral came from, how far it came, and how it ended."""
    if answer:
        return ENDS[Answer(answer)]
    begun = State.APPLIED if origin == Origin.APPLICATION else State.INTRODUCED
    return ON_THE_WAY.get(Stage(stage), begun)


def who_may(was: State, now: State) -> frozenset[Side]:
    """Whose act takes a referral from one state to another; nobody's when the one does not follow the other."""
    if was == State.NO_ANSWER:
        return LATE.get(now, frozenset())
    if was not in OPEN:
        return frozenset()
    return STEPS.get(was, {}).get(now, frozenset()) | ENDINGS.get(now, frozenset())


def why_not_step(*, was: State, now: State, side: Side) -> list[Reason]:
    """Why a referral does not go from one state to another by this side's act."""
    if side in (may := who_may(was, now)):
        return []
    told = {"was": was.label, "now": now.label}
    if may:
        return [
            Reason(
                _("“%(now)s” after “%(was)s” is not said by you.") % told,
                next_step=_("Ask the office to record it."),
            )
        ]
    return [
        Reason(
            _("It stands at “%(was)s”; “%(now)s” does not follow that.") % told,
            next_step=_("Load the page again and read what happened meanwhile."),
        )
    ]


def side_of(*, person: int | None, employer: int | None, account: int) -> Side:
    """The side on which an actor stands."""
    if person:
        return Side.PERSON
    if employer:
        return Side.EMPLOYER
    return Side.OFFICE if account else Side.PLATFORM
