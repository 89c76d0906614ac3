"""What people of the demo city have asked for, and who answers: some late, some handed over, some told the outcome."""

from datetime import datetime

from openpes.demo.actions.staff import Desk, count_done, desk_of, residents, tried
from openpes.demo.rules.accounts import COUNTY, TOWN, VILLAGE
from openpes.kernel import Actor, action
from openpes.matters.actions import Receiver, answer_hand_over, close_matter, note_matter, propose_hand_over
from openpes.matters.models import Matter
from openpes.network.models import ServicePoint
from openpes.people.models import Person

IN_COUNTY, IN_TOWN, IN_VILLAGE, OF_CITY = 24, 12, 5, 6
ASKED = (
    ("registration", "失业登记证明何时可以补办？"), ("placement", "想找附近超市收银或理货的岗位。"),
    ("guidance", "小额担保贷款需要哪些材料？"), ("training", "想报名家政服务培训班，何时开班？"),
    ("insurance", "失业保险金本月没有到账，请查询。"), ("complaint", "用人单位拖欠试用期工资，请协调。"),
    ("registration", "就业失业登记证上姓名有误，请更正。"), ("placement", "企业要招 5 名缝纫工，请推荐。"),
    ("guidance", "大学毕业半年未就业，想了解见习岗位。"), ("other", "户口迁来后登记信息如何转入？"),
)  # fmt: skip
OUTCOMES = ("settled", "explained", "refused", "elsewhere")
ANSWER = "已答复本人，见办理记录。"
REASON = "属贵处业务范围，请接办并答复本人。"


@action
def play_matters(*, by: Actor, at: datetime) -> int:
    """Let people ask the offices for something, over the last weeks; how many matters there are.

    Nothing happens without the demo accounts, or where somebody has asked already.
    """
    desk = desk_of(by, at)
    if desk is None or Matter.objects.visible_to(by.scope).exists():
        return 0
    asked = (
        (desk.county, residents(COUNTY, IN_COUNTY, desk.today, skip=160)),
        (desk.town, residents(TOWN, IN_TOWN, desk.today)),
        (desk.officer, residents(VILLAGE, IN_VILLAGE, desk.today)),
        (desk.city, residents(COUNTY, OF_CITY, desk.today, skip=190)),
    )
    return count_done(_asked(person, n, by, desk) for by, persons in asked for n, person in enumerate(persons))


def _asked(person: Person, number: int, by: Actor, desk: Desk) -> object:
    """A matter of some day of the last two weeks; of eight two are ended, three are on their way to somebody else."""
    subject, words = ASKED[number % len(ASKED)]
    days = number * 5 % 13
    made = tried(note_matter, person=person.pk, subject=subject, asked=words, by=by, at=desk.ago(days))
    if not made:
        return False
    if number % 4 == 3:
        told = {"matter": made.pk, "outcome": OUTCOMES[number // 4 % len(OUTCOMES)], "answer": ANSWER}
        tried(close_matter, **told, told=("phone", "counter")[number % 2], by=by, at=desk.ago(max(days - 2, 0)))
    elif number % 8 in (1, 4, 6):
        _offered(made, number, by, desk)
    return made


def _offered(matter: Matter, number: int, by: Actor, desk: Desk) -> None:
    """To the county's clerk, or from there to the city's or to the town's office; one in three is accepted."""
    taker = desk.city if by == desk.county else desk.county
    to = Receiver(officer=taker.id)
    if by == desk.county and number % 8 == 6:
        with by.standing():
            point = ServicePoint.objects.visible_to(COUNTY).filter(area=matter.area[:9]).order_by("pk").first()
        to = Receiver(point=point.pk) if point else to
    offered = tried(propose_hand_over, matter=matter.pk, to=to, reason=REASON, by=by, at=desk.at)
    if offered and to.officer and number % 8 == 4:
        accepts = number % 16 == 4
        note = "" if accepts else "该事项应由首问单位办理。"
        tried(answer_hand_over, hand_over=offered.pk, accepts=accepts, note=note, by=taker, at=desk.at)
