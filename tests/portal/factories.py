"""Open vacancies of many kinds, made as the counter makes them."""

from datetime import timedelta

from openpes.kernel import Actor
from openpes.kernel.clock import day_of
from tests.employers.factories import make_employer
from tests.vacancies.factories import make_open

CLERK = Actor(id=1, scope="4501")
PLACES = ("450103001", "450103002", "450105001", "450103", "450110100")
PAY = ((200_000, 250_000), (300_000, 450_000), (500_000, 799_900), (800_000, 800_000), (1_200_000, 2_000_000))
KINDS = (
    ("食品包装工", "6-31-05-00"),
    ("仓库管理员", "4-02-06-01"),
    ("软件测试员", "2-02-10-03"),
)
TERMS = ("open_ended", "fixed", "short", "part_time")
EDUCATION = ("", "71", "30")
BENEFITS = (("board", "lodging"), ("board",), (), ("insurance", "weekends", "board"))


def market(at, size: int = 24) -> list[int]:
    """Vacancies that run through every place, pay band, kind, term, education and set of benefits."""
    firms = [make_employer(CLERK, at, name=f"南宁试验{n}有限公司", industry=n) for n in ("C", "G", "I")]
    return [_open(n, firms, at) for n in range(size)]


def _open(n: int, firms: list, at) -> int:
    title, occupation = KINDS[n % 3]
    low, high = PAY[n % 5]
    return make_open(
        CLERK,
        at,
        closes_on=day_of(at) + timedelta(days=n + 1),
        employer=firms[n % 3].pk,
        title=title,
        occupation=occupation,
        area=PLACES[(n // 2) % 5],
        openings=n % 7 + 1,
        pay_min_fen=low,
        pay_max_fen=high,
        term=TERMS[n % 4],
        education_min=EDUCATION[(n // 3) % 3],
        benefits=BENEFITS[(n // 5) % 4],
    ).pk
