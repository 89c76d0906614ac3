"""Work that is none: fake orders, pyramid schemes, gambling, and promises that lure (人力资源市场暂行条例 art. 24)."""

import re

from openpes.engine.adverts.plain import Finding, Weight, squeezed

LURE = "lure"
_CERTAIN = (
    r"刷单|刷信誉|刷好评|刷流水|刷钻|垫付本金|做单返佣|点赞(?:员)?(?:就)?(?:赚|返|领)|抢单(?:返|赚)|"
     r"跑分|代收货款转账|出租银行卡|收购银行卡|银行卡出租",
    r"发展下线|拉下线|拉人头|人头费|静态收益|动态收益|传销|资金盘|原始股|团队计酬",
    r"(?:博彩|网赌|赌场|彩票推广|菠菜)(?:客服|推广|荷官|代理)?",
    r"(?:缅甸|缅北|柬埔寨|菲律宾|老挝|迪拜|妙瓦底)[^。；\n]{0,16}(?:高薪|包机票|包路费|包办护照|打字|客服|推广|月入)",
    r"(?:高薪|急招)[^。；\n]{0,10}(?:公关|陪侍|陪酒|伴游|佳丽|公主(?!裙|岭)|少爷|男模|女模|夜场模特)",
    r"代孕|卖卵|捐卵|有偿捐精|试药员日结|裸聊",
)
# What lures a little; three of them together somebody should look at.
_HINTS = (
    r"日结|当天结|天天结|现结|秒结|日薪现金",
    r"高薪|高收入|高回报|暴利|收入无上限|月入[过上]?[两三四五六七八九十]?万|轻松(?:月|日)入|日(?:入|"
     r"赚|进)(?:过)?\d{3,}|(?:日|时)薪\d{4,}|躺赚|财富自由",
    r"轻松|简单(?:易学|易做|操作)|零门槛|无门槛|门槛低|不限(?:学历|年龄|经验)[^。\n]{0,6}均可做|"
     r"人人可做|会打字就行|有手机就(?:行|能|可)",
    r"足不出户|在家(?:就能|可|即可|兼职|办公|赚)|手机(?:操作|兼职|即可)|动动手指|碎片时间|随时随地",
    r"(?:加|扫)(?:我|下方|下面|客服|管理|主管|老师)?(?:个)?(?:微信|薇信|威信|v信|vx|wx|qq|扣扣|企鹅|群)",
    r"先到先得|名额有限|仅限今天|错过再等|机会难得|马上上岗|当天上岗",
    r"不面试|免面试|无需面试|不用面试|不看学历不看经验",
)
ENOUGH = 3
_DENIED = r"(?:不|非|勿|严禁|禁止|拒绝|谨防|警惕|防范|远离|打击|反|识别|禁|不得)[^，。；,;\n]{0,8}$"
# Who fights it, or whose product it is.
_OTHERS = (
    r"反诈|宣传|防诈|风控|识别|举报|打击|治理|合规|稽查|体育彩票|福利彩票|中国体彩|中国福彩|彩票店|"
    r"彩票销售|投注站|公安|法治"
)


def lures_in(text: str) -> list[Finding]:
    """The gravest words that lure, once: certain ones stop, three small ones together want a second look."""
    read = squeezed(text)
    for pattern in _CERTAIN:
        for hit in re.finditer(pattern, read):
            sentence = _sentence_of(read, hit)
            if not re.search(_DENIED, read[: hit.start()]) and not re.search(_OTHERS, sentence):
                return [Finding(LURE, hit.group(), Weight.STOPS)]
    hits = [small.group() for pattern in _HINTS if (small := re.search(pattern, read))]
    return [Finding(LURE, "、".join(hits), Weight.HOLDS)] if len(hits) >= ENOUGH else []


def _sentence_of(read: str, hit: re.Match[str]) -> str:
    start = max(read.rfind(sign, 0, hit.start()) for sign in "。；;!！\n") + 1
    ends = [at for sign in "。；;!！\n" if (at := read.find(sign, hit.end())) >= 0]
    return read[start : min(ends, default=len(read))]
