"""Money or papers taken from applicants.

An employer may not keep identity cards or other papers of its people and may not ask for security or take money under
another name (劳动合同法 art. 9; 就业服务与就业管理规定 art. 14). What customers pay, and what an employer says that it
does not take, passes.
"""

import re

from openpes.engine.adverts.plain import Finding, Weight, squeezed

FEE, PAPERS, SECURITY = "fee", "papers", "security"

_CLAUSE = r"[^，。；,;!！?？\n]"
_FEES = (
    "押金|保证金|风险金|抵押金|定金|诚信金|服装费|工装费|工作服费|工服费|培训费|岗前培训费|学习费|体检费|报名费|建档费|档案费|资料费|"
    "介绍费|中介费|职介费|推荐费|办证费|健康证费|工牌费|胸卡费|入职费|入会费|会员费|岗位费|岗位预留费|保密费|手续费|服务费|咨询费|"
    "登记费|面试费|安置费|管理费|保险费|住宿押金|宿舍押金|物料费|设备费|开户费|激活费|教材费|材料费|床上用品费|被褥费|加盟费|代理费|"
    "伙食押金|餐卡押金|制服费|工具押金|车辆押金|占位费|跟单费|保底金|解冻金|保证押金"
)
# Fees that only an applicant pays; the others may be a customer's, so they need a word about joining.
_APPLICANTS = (
    "服装费|工装费|工作服费|工服费|制服费|岗前培训费|体检费|建档费|职介费|工牌费|胸卡费|入职费|岗位费|岗位预留费|面试费|被褥费|"
    "床上用品费|健康证费|住宿押金|宿舍押金|伙食押金|餐卡押金|工具押金|占位费|培训费|保底金|解冻金"
)
_TAKES = (
    r"(?:收取|收|需交|须交|要交|交纳|缴纳|交付|预交|先交|先付|预付|预缴|先缴|缴|交|支付|垫付|扣除|扣|"
    r"扣取|补交|自付|付)"
)
_JOINING = (
    "入职|上岗|面试|报到|应聘|录用|培训前|试工|试岗|试用|新人|新员工|员工|本人|个人|自己|工资中|工资里|首月工资|第一个月|离职|求职|"
    "签约|签合同|报名者|进厂|住宿|做满|开工|接单|领料|领货"
)
_NOT = (
    r"(?:不|无|免|未|零(?!基础|经验|门槛)|勿|没有?|拒绝|严禁|禁止|无需|不用|不需|不须|从不|绝不|非|"
    r"谨防|防止|警惕|凡是|凡|概不|请勿|不得)"
)
# Somebody else pays, or the work is to take what customers pay.
_OTHERS = (
    "客户|顾客|客人|住客|旅客|宾客|租客|租户|业主|学员|学生|家长|会员(?!费)|患者|病人|车主|商户|供应商|投标|投标人|加盟商|经销商|"
    "房屋|房租|租金|停车|物业|水电|游客|读者|用户|货主|司机运费|押金条|合同履约|工程|履约|农民工工资|考生|保险客户"
)
_PAID_BY_FIRM = (
    r"(?:公司|单位|我司|本店|酒店|厂方|企业|餐厅|门店|全部|由(?!个人|本人|"
     r"员工)\w{1,4})(?:统一)?(?:承担|负担|报销|支付|出资|出|买单|全包|补贴|提供)"
    r"|报销|补贴|全额返|免费|全免|免收|免交"
)

_FEE = (
    # 入职需交押金300, 上岗前收取服装费
    (rf"(?:{_JOINING}){_CLAUSE}{{0,12}}?{_TAKES}{_CLAUSE}{{0,8}}?(?:{_FEES})", Weight.STOPS),
    # 收取服装费, 预付体检费100元
    (rf"{_TAKES}{_CLAUSE}{{0,6}}?(?:{_APPLICANTS})", Weight.STOPS),
    # 需交押金, 须缴保证金, 先交报名费
    (
        rf"(?:需要?|须|要|必须|先|预|提前|另|一次性){_CLAUSE}{{0,4}}?(?:收取|交纳|缴纳|支付|预付|交|缴|付|"
         rf"收){_CLAUSE}{{0,6}}?(?:{_FEES})",
        Weight.STOPS,
    ),
    # 押金500元, 服装费200元离职退, 服装押金
    (r"(?:服装|工装|工服|工作服|宿舍|住宿|入职|上岗|钥匙|餐卡|工牌|设备|电动车|手机|制服)押金", Weight.STOPS),
    (rf"(?:{_FEES})(?:为|是|:|共|只需|仅需|仅|约)?(?:\d{{2,5}}(?!天|人|名|小时|%)元?|\d+(?:\.\d+)?万)", Weight.STOPS),
    # 交保证金领货, 交中介费保证上户
    (rf"{_TAKES}{_CLAUSE}{{0,4}}?(?:{_FEES}){_CLAUSE}{{0,6}}?(?:领货|领料|接单|上岗|入职|开工|上户|"
     rf"安排)", Weight.STOPS),
    (rf"(?:{_FEES}){_CLAUSE}{{0,6}}?(?:离职|满\w{{1,4}}|干满|做满|期满){_CLAUSE}{{0,4}}?(?:退还|返还|"
     rf"退回|退|返)", Weight.STOPS),
    (r"(?:押|压|扣押|扣)(?:一个?月|半个?月|首月|\d{1,2}天|\d个月)(?:的)?(?:工资|薪水|薪资)", Weight.STOPS),
    (r"(?:培训贷|贷款培训|先学后付|分期(?:付|交|缴|支付)?(?:学费|培训费)|学费(?:可)?(?:分期|贷款))", Weight.STOPS),
    (r"(?:自备|自购|购买|先买|认购)(?:产品|货品|套餐|会员|礼包|样品)(?:后)?(?:上岗|入职|成为|加入)?", Weight.HOLDS),
    # 体检费自理, 培训费自理
    (rf"(?:{_APPLICANTS}|体检|服装|工装|办证)(?:费用?)?(?:自理|自费|自付|自己出|自行承担|个人承担|"
     rf"由个人承担|员工承担|本人承担)", Weight.HOLDS),
)  # fmt: skip
_PAPER = (
    "身份证|居民身份证|毕业证|学位证|学历证|证件|资格证|从业证|从业资格证|驾驶证|驾照|行驶证|户口本|职称证|证书|银行卡|护照|退伍证|"
    "焊工证|电工证|操作证|健康证|保安员证|上岗证|工作证"
)
_PAPERS = (
    (rf"(?:扣押|扣留|扣下|质押|抵押|押下|押|扣|收走|收缴|留存|留置|上交|"
     rf"暂存){_CLAUSE}{{0,6}}?(?:{_PAPER})(?:原件|正本)?", Weight.STOPS),
    (rf"(?:{_PAPER})(?:原件|正本)?{_CLAUSE}{{0,6}}?(?:扣押|扣留|质押|抵押|统一保管|代为保管|由公司保管|"
     rf"公司保管|交公司|交由公司|收走|押在|压在|留公司|暂扣)", Weight.STOPS),
)  # fmt: skip
_PAPERS_PASS = (
    r"复印件|复印|登记|号|信息|照片|扫描件|审核|查验|核对|客户|车辆|业主|住客|旅客|租车|贷款|典当|"
    r"按揭|房产|抵押物"
)
_SECURITY = (
    (r"(?:需|须|要|要求|必须|应)(?:有|提供|找|交)?(?:\w{0,8})?(?:担保人|保证人|担保书|财产担保|人保|"
     r"铺保|房产担保)", Weight.STOPS),
    (r"(?:提供|找|有)(?:本地|本市|南宁|有稳定工作的|公务员)?\w{0,4}(?:担保人|保证人|人担保|作担保|"
     r"做担保|财产担保)", Weight.STOPS),
    (r"(?:交|缴|交纳|缴纳|收取)\w{0,4}(?:担保金|担保费)", Weight.STOPS),
)  # fmt: skip
_SECURITY_PASS = r"客户|贷款|借款|担保公司|担保业务|融资|反担保|授信|信贷"

_BEFORE, _AFTER = 7, 10


def fees_in(text: str) -> list[Finding]:
    """Fees, deposits, kept papers and securities that applicants would give, each ground once, the gravest first."""
    read = squeezed(text)
    return [
        found
        for ground, patterns, passes in (
            (FEE, _FEE, _OTHERS),
            (PAPERS, _PAPERS, _PAPERS_PASS),
            (SECURITY, _SECURITY, _SECURITY_PASS),
        )
        if (found := _first(read, ground, patterns, passes))
    ]


def _first(read: str, ground: str, patterns: tuple[tuple[str, Weight], ...], passes: str) -> Finding | None:
    for pattern, weight in patterns:
        for hit in re.finditer(pattern, read):
            if not _passes(read, hit, passes, ground):
                return Finding(ground, hit.group(), weight)
    return None


def _passes(read: str, hit: re.Match[str], others: str, ground: str) -> bool:
    """Whether the clause around the hit denies it, or speaks of customers and not of applicants."""
    start, end = _clause_of(read, hit)
    before, around = read[start : hit.start()], read[start:end]
    if re.search(rf"{_NOT}[^，。；,;]{{0,{_BEFORE}}}$", before) or re.match(_NOT, hit.group()):
        return True
    if re.search(rf"{_NOT}(?:收取?|交|缴|扣|押|要|需)", hit.group()):
        return True
    if re.search(others, around):
        return True
    return ground == FEE and re.search(_PAID_BY_FIRM, read[hit.start() : min(end, hit.end() + _AFTER)]) is not None


def _clause_of(read: str, hit: re.Match[str]) -> tuple[int, int]:
    """From the end of the clause before to the end of the clause of the hit; an enumeration (、) is one clause."""
    start = max(read.rfind(sign, 0, hit.start()) for sign in "。；;!！?？\n，,") + 1
    ends = [at for sign in "。；;!！?？\n，," if (at := read.find(sign, hit.end())) >= 0]
    return start, min(ends, default=len(read))
