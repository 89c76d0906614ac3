"""Discriminating words in an advertisement: what restricts persons is found, what names goods or customers passes.

The law lists ethnicity, race, sex and religion (人力资源市场暂行条例 art. 24, 就业促进法 art. 3, 27, 28). Age, marriage
and household registration are not among the listed grounds and are only pointed out.
"""

import re
from functools import lru_cache

from openpes.engine.adverts.plain import Finding, Weight, plain
from openpes.engine.files import document

SEX, ETHNICITY, RACE, RELIGION = "sex", "ethnicity", "race", "religion"
AGE, MARRIAGE, REGISTRATION = "age", "marriage", "registration"


# After 男 or 女 these make goods, rooms, customers or a speciality of it, not a demand on the applicant.
_GOODS = (
    "装|鞋|包(?!装)|裤|裙|袜|帽|服(?!务)|衣|表(?!演)|款|式|内衣|用品|产品|饰|护理(?!员|师)|健康|亚健康|养生|保健(?!员|师)|"
    "美容(?!师|员)|美发(?!师)|香水|化妆(?!师)|科(?!研|技)|病|浴|宾|友|客(?!服)|会员|顾客|消费|健身[房馆]|篮|足(?!疗|浴|球教)|排球|"
    "单|双|宿舍|寝室|公寓|卫生间|厕所|更衣|声|童|校|孩教育"
)
_SOMEBODY = rf"[男女](?:性|士|生|子|孩|青年)?+(?!{_GOODS}|[男女]|不限|均可|皆可|都可|都行|职工)"
_ONLY = (
    r"(?<!不)(?<!无)(?:仅限|只限|限招|限|仅招收?|只招收?|只要|只收|必须是|必须为|须为|须是|要求是|要求为|要求|招收?|"
    r"聘|找|急招|诚聘|招聘)"
)
_ROLES = (
    "员工|职工|工人|普工|小工|学徒|导购|店员|店长|营业员|服务员|收银|文员|前台|助理|秘书|保安|操作工|操作员|司机|客服|"
    "销售|业务员|主播|技师|厨师|保洁|会计|主管|经理|搬运|质检|领班|接待|护工|教师|老师|工"
)
_SEX = (
    rf"{_ONLY}[:：]?{_SOMEBODY}",
    r"性别(?:要求)?(?:[:：]|为|限)?[男女](?!女|男|不限|均可|皆可|都可)",
    r"(?<![男女])[男女](?:性|士|生|青年)?(?:优先|者优先|为佳|为主|勿扰|除外|不要|不招)",
    rf"(?:不招|不要|不收|谢绝|拒绝){_SOMEBODY}",
    rf"(?<![男女子儿])[男女](?:性|士)?(?:{_ROLES})(?!委员会|权益|特殊|禁忌|专柜|区)",
    r"[男女]:?\d+[名人位]",
    r"(?:fe)?males?only|(?:wo)?menonly|only(?:fe)?males?|only(?:wo)?men|(?:fe)?males?preferred|(?:wo)?menpreferred",
)
_RACE = (
    r"(?:仅限|只限|限|只招|仅招|只要|不招|不要|谢绝|拒绝|必须是)[^，。；,;\n]{0,4}(?:白人|黑人|白种人|黑种人|黄种人|有色人种)",
    r"(?:白人|黑人|白种人|黑种人|黄种人|有色人种)(?:优先|为佳|勿扰|除外|外教|教师|老师)",
)
_BELIEVER = r"(?:宗教信仰|信教|教徒|基督徒|佛教徒|信徒|穆斯林|信仰[^，。；,;\n]{1,3}教)"
_RELIGION = (
    rf"(?:不招|不要|谢绝|拒绝|仅限|只限|限|只招|不得有|不能有|无|没有){_BELIEVER}",
    rf"{_BELIEVER}(?:者|人士|人员)?(?:优先|为佳|勿扰|除外|不要|不招|免谈)",
)
# Whom the work serves is no limit on who does it.
_FOR = r"(?<!服务)(?<!照顾)(?<!照看)(?<!看护)(?<!护理)(?<!面向)(?<!陪护)"
_OLD = r"(?!老人|长者|老年|儿童|宝宝|婴|孩子|学生|患者|参保|会员|居民)"
_LIMITS = {
    AGE: (
        rf"{_FOR}\d{{2}}(?:周?岁)?(?:[-~—–至到]|以上)\d{{2}}周?岁{_OLD}",
        rf"{_FOR}\d{{2}}周?岁(?:以下|以内|以上|之内){_OLD}",
        r"(?:年龄|限)[^，。；,;\n]{0,4}\d{2}(?:周?岁|以下|以内)",
        r"(?<!\d)[7890]0后(?!主题|餐厅|音乐|怀旧|歌曲|文化)",
    ),
    MARRIAGE: (r"未婚|已婚|已育|未育|婚否|单身(?:优先|者)",),
    REGISTRATION: (
        r"(?:限|只招|仅招|要求)[^，。；,;\n]{0,3}(?:本地|本市|外地|城镇|农村|南宁)(?:户口|户籍)",
        r"(?:外地|农村)(?:人|户口|户籍)?勿扰",
    ),
}  # fmt: skip


def discrimination_in(text: str) -> list[Finding]:
    """Words that refuse or prefer people by sex, ethnicity, race or religion, each ground once."""
    grounds = {SEX: _SEX, ETHNICITY: _ethnic_patterns(), RACE: _RACE, RELIGION: _RELIGION}
    return _first_of_each(plain(text), grounds, Weight.STOPS)


def limits_in(text: str) -> list[Finding]:
    """Words about age, marriage or household registration: lawful reasons may exist, so they are only shown."""
    return _first_of_each(plain(text), _LIMITS, Weight.HINT)


def _first_of_each(text: str, grounds: dict[str, tuple[str, ...]], weight: Weight) -> list[Finding]:
    found = []
    for ground, patterns in grounds.items():
        hit = next((hit for pattern in patterns if (hit := _compiled(pattern).search(text))), None)
        if hit:
            found.append(Finding(ground, hit.group(), weight))
    return found


@lru_cache(maxsize=100)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=1)
def _ethnic_patterns() -> tuple[str, ...]:
    """Restrictions to or against the ethnic groups of GB/T 3304; due care for minorities is the law (art. 28)."""
    names = [name for _code, name, _english in document("code_sets.toml")["ethnic"]["items"]]
    group = f"(?:{'|'.join(names)}|回民|藏民|少数民族)"
    named = f"(?:{'|'.join(names)}|回民|藏民)"
    return (
        rf"(?:仅限|只限|限|只招|仅招|只要|必须是|须为)[^，。；,;\n]{{0,2}}{group}",
        rf"(?:不招|不要|不收|谢绝|拒绝)[^，。；,;\n]{{0,2}}{group}",
        rf"{named}(?:者|人)?(?:优先|为佳)",
        rf"{group}(?:者|人)?(?:勿扰|除外|不要|不招|免谈)",
    )
