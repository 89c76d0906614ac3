"""Names of persons and firms: family names as common in Nanning, given names put together by chance."""

import numpy as np

from openpes.demo.rules.chance import Flags, Ints, Texts, picks, texts

# Family name, rough share in Nanning, share of Zhuang among its bearers.
SURNAMES: tuple[tuple[str, float, float], ...] = (
    ("黄", 12.0, 0.60), ("韦", 7.5, 0.88), ("李", 6.2, 0.42), ("陈", 5.4, 0.33), ("梁", 5.2, 0.52), ("覃", 5.0, 0.86),
    ("陆", 4.6, 0.74), ("莫", 3.1, 0.62), ("农", 2.9, 0.95), ("蒙", 2.2, 0.82), ("潘", 2.4, 0.60), ("卢", 1.9, 0.55),
    ("蓝", 1.6, 0.72), ("罗", 1.9, 0.58), ("周", 1.8, 0.48), ("谭", 1.6, 0.50), ("廖", 1.5, 0.45), ("邓", 1.6, 0.48),
    ("苏", 1.5, 0.62), ("林", 1.8, 0.30), ("何", 1.9, 0.50), ("吴", 1.9, 0.42), ("杨", 1.6, 0.40), ("刘", 2.1, 0.25),
    ("张", 1.9, 0.25), ("王", 1.5, 0.20), ("石", 0.8, 0.60), ("闭", 0.5, 0.85), ("甘", 0.9, 0.50), ("玉", 0.4, 0.85),
    ("零", 0.3, 0.92), ("岑", 0.3, 0.80), ("马", 0.9, 0.50), ("滕", 0.5, 0.70), ("雷", 1.1, 0.45), ("谢", 1.3, 0.40),
    ("宁", 0.8, 0.25), ("施", 0.6, 0.50), ("颜", 0.6, 0.45), ("磨", 0.2, 0.70), ("班", 0.5, 0.80), ("樊", 0.4, 0.70),
    ("方", 0.7, 0.55), ("赵", 0.9, 0.55), ("曾", 1.3, 0.35), ("钟", 0.9, 0.35), ("欧阳", 0.1, 0.30), ("邕", 0.0, 0.5),
)  # fmt: skip
MALE = "建国志强伟军勇华明德文俊杰宏斌海涛永福荣贵林生峰武振家祥光耀世昌继业景天宇浩然子轩博睿承启泽"
FEMALE = "秀英丽芳桂兰美玲凤娟燕红艳萍梅莲琼慧敏小妹彩珍春花月雪晓婷静怡欣雨诗涵梦琪佳颖思语若锦瑶"
RARE_GIVEN = ("䶮", "㛃", "堃", "祎䶮", "㛃然", "䶮宇", "龑", "翀", "喆")
MINORITY_NAMES = (
    "阿依努尔·买买提",
    "古丽扎尔·艾山",
    "玛依拉·吐尔逊",
    "巴图·额尔德尼",
    "扎西·顿珠",
    "卓玛·央金",
    "艾力·阿不都",
)
MINORITY_GROUPS = ("05", "05", "05", "02", "04", "04", "05")
MINORITY_SEXES = ("2", "2", "2", "1", "1", "2", "1")
RARE_SHARE, MINORITY_SHARE = 0.004, 0.003
OTHER_GROUPS = (("13", 1.2), ("06", 0.5), ("12", 0.4), ("32", 0.5), ("03", 0.3), ("36", 0.2), ("15", 0.2), ("11", 0.2))

FIRM_FIRST = "桂邕南瀚绿锦恒瑞鑫嘉百兴盛泰宏润汇联荣华凤朱槿青江"
FIRM_SECOND = "源丰达隆昌和盈德信诚宁越海康美森畅捷云禾木舟岭桥"
SURNAME_TEXTS = texts([row[0] for row in SURNAMES])
SURNAME_WEIGHTS = np.array([row[1] for row in SURNAMES])
ZHUANG_SHARES = np.array([row[2] for row in SURNAMES])


def surname_picks(rng: np.random.Generator, n: int) -> Ints:
    """n family names as numbers."""
    return picks(rng, SURNAME_WEIGHTS, n)


def given_names(rng: np.random.Generator, male: Flags) -> Texts:
    """Given names of one or two characters, one of a thousand with a character that old systems lack."""
    n = len(male)
    pools = texts(list(FEMALE)), texts(list(MALE))
    first = np.where(male, pools[1][rng.integers(0, len(MALE), n)], pools[0][rng.integers(0, len(FEMALE), n)])
    second = np.where(male, pools[1][rng.integers(0, len(MALE), n)], pools[0][rng.integers(0, len(FEMALE), n)])
    second = np.where(rng.random(n) < 0.22, "", second)
    rare = texts(RARE_GIVEN)[rng.integers(0, len(RARE_GIVEN), n)]
    chosen: Texts = np.where(rng.random(n) < RARE_SHARE, rare, first + second)
    return chosen


def ethnic_groups(rng: np.random.Generator, surnames: Ints, rural: Flags) -> Texts:
    """Codes of ethnic groups: about half Zhuang, more in the countryside and by family name."""
    n = len(surnames)
    zhuang = rng.random(n) < np.clip(ZHUANG_SHARES[surnames] - 0.08 + 0.12 * rural, 0, 0.97)
    others = texts([code for code, _ in OTHER_GROUPS])[picks(rng, [share for _, share in OTHER_GROUPS], n)]
    rest = np.where(rng.random(n) < 0.07, others, "01")
    groups: Texts = np.where(zhuang, "08", rest)
    return groups


def firm_words(rng: np.random.Generator, n: int) -> Texts:
    """The fanciful part of n firms' names."""
    firsts, seconds = texts(list(FIRM_FIRST)), texts(list(FIRM_SECOND))
    words = firsts[rng.integers(0, len(FIRM_FIRST), n)] + seconds[rng.integers(0, len(FIRM_SECOND), n)]
    third = np.where(rng.random(n) < 0.5, seconds[rng.integers(0, len(FIRM_SECOND), n)], "")
    chosen: Texts = words + third
    return chosen
