"""Employers: invented firms with codes that cannot be real."""

from dataclasses import dataclass

import numpy as np

from openpes.demo.rules import names, numbers
from openpes.demo.rules.chance import Flags, Ints, Texts, picks, stream, texts
from openpes.demo.rules.days import to_working_day, working_days
from openpes.demo.rules.people import CLOSING, OPENING, REGISTER_DAYS
from openpes.demo.rules.places import Places, addresses

# Industry, the word in the name, share of the city's firms, usual number of staff.
TRADES: tuple[tuple[str, str, float, int], ...] = (
    ("A01", "农业", 4, 25), ("A03", "养殖", 2, 20), ("C13", "食品", 5, 60), ("C14", "食品", 3, 50),
    ("C18", "服饰", 3, 80), ("C20", "木业", 4, 70), ("C26", "化工", 2, 70), ("C30", "建材", 3, 60),
    ("C33", "金属制品", 2, 50), ("C36", "汽配", 2, 120), ("C38", "电气", 3, 120), ("C39", "电子", 5, 260),
    ("D44", "能源", 1, 80), ("E47", "建筑工程", 6, 90), ("E50", "装饰", 4, 25), ("F51", "商贸", 11, 15),
    ("F52", "超市", 6, 30), ("G54", "运输", 5, 40), ("G59", "仓储物流", 3, 45), ("H61", "酒店", 4, 55),
    ("H62", "餐饮管理", 8, 25), ("I64", "网络科技", 3, 40), ("I65", "软件", 4, 45), ("J66", "金融服务", 1, 60),
    ("K70", "物业服务", 5, 90), ("L72", "商务服务", 5, 30), ("M74", "技术咨询", 3, 30), ("N78", "环境服务", 2, 60),
    ("O79", "家政服务", 4, 40), ("O80", "汽车维修", 3, 18), ("P82", "教育咨询", 3, 35), ("Q83", "健康管理", 2, 60),
    ("R88", "体育文化", 2, 20),
)  # fmt: skip
ECONOMIC = texts(["110", "120", "150", "160", "170", "200", "300"])
ECONOMIC_SHARES = (4, 2, 41, 6, 41, 3, 3)
SOLE, SOLE_SHARE = ("60", "175"), 0.14


@dataclass(frozen=True)
class Firms:
    """Employers by number; `minute` is that of the registration, `pull` how much they hire."""

    code: Texts
    name: Texts
    place: Ints
    address: Texts
    unit_type: Texts
    economic_type: Texts
    trade: Ints
    staff: Ints
    contact: Texts
    phone: Texts
    minute: Ints

    @property
    def industry(self) -> Texts:
        return texts([trade[0] for trade in TRADES])[self.trade]


def invent_firms(n: int, seed: int, on: int, places: Places, first_phone: int) -> Firms:
    """n employers that were registered before the first person."""
    rng = stream(seed, "employers")
    trade = picks(rng, [row[2] for row in TRADES], n)
    place = places.sites(rng, n)
    sole = rng.random(n) < SOLE_SHARE
    size = rng.lognormal(0, 0.9, n) * np.array([row[3] for row in TRADES])[trade]
    days = working_days(on - REGISTER_DAYS - 120, on - REGISTER_DAYS)
    day = to_working_day(rng.integers(days[0], days[-1] + 1, n), days)
    return Firms(
        code=numbers.credit_codes(seed, n),
        name=_names(rng, trade, sole, places.counties[place], n),
        place=place,
        address=addresses(rng, np.zeros(n, dtype=bool)),
        unit_type=np.where(sole, SOLE[0], "10"),
        economic_type=np.where(sole, SOLE[1], ECONOMIC[picks(rng, ECONOMIC_SHARES, n)]),
        trade=trade,
        staff=np.where(sole, np.clip(size / 10, 1, 12), np.clip(size, 3, 6000)).astype(np.int64),
        contact=names.SURNAME_TEXTS[names.surname_picks(rng, n)] + np.where(rng.random(n) < 0.5, "女士", "先生"),
        phone=numbers.telephone_numbers(seed, first_phone, n),
        minute=np.sort(day * 1440 + rng.integers(OPENING, CLOSING, n)),
    )


def _names(rng: np.random.Generator, trade: Ints, sole: Flags, counties: Texts, n: int) -> Texts:
    word = texts([row[1] for row in TRADES])[trade]
    fancy = names.firm_words(rng, n)
    ending = np.where(sole, "经营部", np.where(rng.random(n) < 0.9, "有限公司", "股份有限公司"))
    first = np.where(rng.random(n) < 0.8, "南宁", "广西")
    full = first + fancy + word + ending
    seen: dict[str, int] = {}
    for place, name in enumerate(full):  # two firms of one name are told apart by a branch number
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            full[place] = f"{name}第{seen[name]}分公司"
    return full
