"""Published vacancies of any number, drawn from a seed: titles of the catalogue as advertisements write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np

from bench.city import ON
from openpes.engine.areas import areas
from openpes.engine.files import rows
from openpes.engine.search import Document
from openpes.engine.words import title_terms, words

BANDS = ((0, 3000), (3000, 5000), (5000, 8000), (8000, 12000), (12000, 10**10))
EDUCATION = ("", "10", "20", "30", "40", "60", "70")
TERMS = ("open_ended", "fixed", "short", "part_time")
BENEFITS = ("board", "lodging", "insurance", "housing_fund", "weekends", "day_shift", "training", "shuttle")
BEFORE = ("急聘", "诚聘", "高薪", "资深", "初级", "高级", "兼职", "夜班", "学徒", "储备")
BEHIND = (
    "（包吃住）",
    "（双休）",
    "（五险一金）",
    "A岗",
    "2名",
    "（可接受应届生）",
    "—万象城店",
    "（长白班）",
    "+提成",
    "（急）",
)
TRADES = (
    "餐饮",
    "物业",
    "建筑",
    "电子",
    "物流",
    "教育",
    "医药",
    "食品",
    "服装",
    "汽车",
    "软件",
    "保洁",
    "农业",
    "商贸",
)
LETTERS = "华鑫宏盛瑞达康宁顺发福源泰和嘉美新远东方智联创天海云金桂邕江凤凰"


@dataclass(frozen=True)
class SearchCity:
    """So many vacancies of a seed; number n is always the same one."""

    size: int
    seed: int

    @cached_property
    def firms(self) -> list[str]:
        """Names of employers, about seventeen vacancies each."""
        rng = Random(self.seed + 1)
        names = {
            "南宁" + "".join(rng.choices(LETTERS, k=2)) + rng.choice(TRADES) + "有限公司"
            for _ in range(self.size // 17 + 5)
        }
        return sorted(names)

    def documents(self) -> Iterator[Document]:
        """The vacancies one by one, with their terms cut."""
        return (document for document, _firm in self.adverts())

    def adverts(self) -> Iterator[tuple[Document, str]]:
        """The same, each with the name of its employer."""
        rng, np_rng = Random(self.seed), np.random.default_rng([self.seed, 3])
        known = rows("job_titles.csv")
        often = 1 / np.arange(1, len(known) + 1) ** 0.7
        jobs = np_rng.choice(np.random.default_rng(9).permutation(len(known)), self.size, p=often / often.sum())
        homes = [(area.path, 9 if area.path < "450110" else 1) for area in areas().all("village")]
        places = rng.choices([path for path, _ in homes], [heavy for _, heavy in homes], k=self.size)
        pays = np.round(np_rng.lognormal(8.55, 0.35, self.size) / 100).astype(int) * 10_000
        terms, cut = {}, {}
        for number in range(self.size):
            job = known[jobs[number]]
            title, firm = self._title(rng, job["title"]), rng.choice(self.firms)
            if title not in terms:
                terms[title] = title_terms(title)
            if firm not in cut:
                cut[firm] = words(firm)
            top = int(pays[number])
            document = Document(
                id=number + 1, published=ON.toordinal() - int(rng.random() ** 2 * 90),
                closes=ON.toordinal() + rng.randrange(60), place=places[number], occupation=job["occupation"],
                pay=_band(top), education=rng.choice(EDUCATION),
                term=rng.choices(TERMS, (6, 5, 2, 1))[0], benefits=_offered(rng), pay_min=top * 3 // 4, pay_max=top,
                left=int(rng.paretovariate(1.2)) % 500 + 1, title=title, terms=tuple({*terms[title], *cut[firm]}),
            )  # fmt: skip
            yield document, firm

    @staticmethod
    def _title(rng: Random, title: str) -> str:
        before = rng.choice(BEFORE) if rng.random() < 0.25 else ""
        return before + title + (rng.choice(BEHIND) if rng.random() < 0.35 else "")


def _band(top: int) -> str:
    low, high = next(band for band in BANDS if top < band[1] * 100)
    return f"{low}-{high}" if high < 10**9 else f"{low}-"


def _offered(rng: Random) -> tuple[str, ...]:
    return tuple(code for code in BENEFITS if rng.random() < 0.3)
