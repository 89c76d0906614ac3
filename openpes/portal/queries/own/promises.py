"""What the service promises to a registered unemployed person: what was given, what is due, and by when."""

from dataclasses import dataclass
from datetime import date, timedelta

from openpes.engine.parameters import parameters
from openpes.kernel.deadlines import Clock, clock_of
from openpes.portal.choices import Promised
from openpes.referrals.queries import ReferralRow
from openpes.registration.choices import Status
from openpes.registration.models import JobWish, StatusPeriod


@dataclass(frozen=True)
class Promise:
    """One promised service: how often, by when, and the rows that show what was given.

    `is_recorded` is false for services of which the platform keeps no rows yet; then nothing is counted.
    """

    kind: Promised
    wanted: int
    is_recorded: bool
    rows: tuple[ReferralRow, ...]
    clock: Clock

    @property
    def given(self) -> int:
        """How many were given."""
        return len(self.rows)

    @property
    def is_kept(self) -> bool:
        """Whether all that was promised was given."""
        return self.is_recorded and self.given >= self.wanted


def promises_to(
    *, status: StatusPeriod | None, wish: JobWish | None, referrals: tuple[ReferralRow, ...], on: date
) -> tuple[Promise, ...]:
    """What was promised with the registration in force, and what of it was given; nothing to who is not unemployed.

    A job counts as named when the service introduced the person to it since the registration, once for each vacancy.
    """
    if status is None or status.status != Status.UNEMPLOYED:
        return ()
    known = parameters()
    clock = clock_of(status.from_on + timedelta(days=int(known.value("promise_days", status.from_on))), on)
    kinds = [kind for kind in Promised if kind != Promised.TRAINING or (wish and wish.wants_training)]
    named = {
        row.referral.vacancy_id: row
        for row in referrals
        if not row.referral.is_application and row.referral.made_on >= status.from_on
    }
    return tuple(
        Promise(
            kind=kind,
            wanted=int(known.value(f"promised_{kind.value}", status.from_on)),
            is_recorded=kind == Promised.JOB_INFORMATIONS,
            rows=tuple(named.values()) if kind == Promised.JOB_INFORMATIONS else (),
            clock=clock,
        )
        for kind in kinds
    )
