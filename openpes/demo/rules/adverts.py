"""From advertisements to plain job titles: no place, pay, firm, person or telephone stays in them."""

import re
from functools import lru_cache

from openpes.engine.files import rows

SHORTEST, LONGEST = 2, 12
CALL = re.compile(
    r"(?:高薪|直|诚|急|热|长期|现|正式|大量|公开|社会)*(?:招聘|诚聘|急聘|急招|诚招|直招|聘请|招募|招收|招(?![商标投生新])|聘)"
)
BRACKETS = re.compile(r"[(（\[【〔《「『{<][^()（）\[\]【】〔〕《》「」『』{}<>]*(?:[)）\]】〕》」』}>]|$)")
BREAKS = re.compile(
    r"[\s\-—–―_+＋|｜,，。;；:：!！~～?？·•*＊/／\\、&＆()（）\[\]【】<>《》「」『』{}'\"“”‘’…@#%^=→丨．.]+"
)
KNOWN_FIGURES = re.compile(r"3D|2D|4S|5G", re.IGNORECASE)
# Words that belong to an offer, a place of work or a firm, not to a kind of work.
NOT_OF_A_TITLE = re.compile(
    r"双休|单休|五险|六险|社保|包吃|包住|食宿|底薪|高薪|月薪|年薪|薪|提成|补助|补贴|奖金|分红|无责|日结|周结|月结|时薪|打卡|加班|急|长期|"
    r"不限|经验|应届|可培训|接受|小白|学历|以上|以内|优先|欢迎|福利|待遇|就近|附近|地铁|车站|高铁|机场|商圈|广场|万达|银泰|吾悦|大厦|校区|"
    r"园区|新区|开发区|经开|高新|公司|集团|有限|门诊部|[本总]部|直签|期待|申请|万元|千元|块|元|男(?![装鞋士])|女(?![装鞋包])|岁|族|先生|小姐|老乡|老板|诚|您|你|我|"
    r"兼职|全职|暑假|寒假|实习|名额|轻松|稳定|晋升|空间大|带薪|朝九|晚[五六]|白班|夜班|做[一二六]休|外企|国企|央企|上市"
)
FIRMS = re.compile(
    r"滴滴|美团|京东|顺丰|肯德基|麦当劳|阿里|腾讯|百度|平安|华为|小米|比亚迪|饿了么|海底捞|中通|圆通|韵达|申通|极兔|富士康|茶百道|蜜雪|"
    r"瑞幸|星巴克|必胜客|屈臣氏|沃尔玛|盒马|链家|贝壳|人寿|泰康|太平洋|多多|叮咚|马栏山|葛店|黄边|杨梅红|安踏|高德|金宝贝|高鑫|地下街|欢乐城|skp|中石化|国家电网|中国|联通|移动|电信"
)
REGIONS = re.compile(
    r"[皖鲁豫闽赣湘鄂粤琼川渝蜀黔滇藏陕陇冀晋辽沪浙苏桂][东西南北中]|华[东南北中]|[东西][南北]|大湾区|长三角|珠三角|"
    r"[\u4e00-\u9fff][县镇乡村](?![域长医委])|街道|路段"
)
# Words that end a title but say nothing alone.
EMPTY = re.compile(
    r"专员|助理|经理|主管|主任|总监|代表|顾问|师傅|员工|负责人|管理|服务|产品|统计|达人|接待|指导|操作|设计|开发|副理|干部|"
    r"培训|市场|业务|技工|小工|大厨|学徒|组长|班长|老师|督导|推广|质量|打包|包装|组装|安装|维修|配送|投资|副总|总助|店助|"
    r"工程师|操作工|工人"
)
# What a kind of work ends with in Chinese.
ENDS_WELL = re.compile(
    r"(?:"
    r"师|员|工|手|长|生|士|官|经理|主管|主任|总监|助理|专家|顾问|代表|负责人|秘书|会计|出纳|司机|客服|运营|销售|导购|"
    r"前台|文员|文案|编导|编辑|主播|店长|组长|班长|厂长|校长|院长|园长|站长|领班|学徒|普工|教练|教师|老师|讲师|医生|护士|"
    r"保安|保洁|保姆|月嫂|育儿嫂|阿姨|厨师|厨工|面点|切配|打荷|收银|仓管|库管|内勤|外勤|跟单|采购|品控|质检|质量|人事|行政|"
    r"财务|法务|审计|税务|策划|设计|开发|测试|运维|研发|招商|外贸|电商|美工|剪辑|摄影|摄像|后期|翻译|经纪人|合伙人|管家|"
    r"管培生|储备干部|投资|风控|安检|调度|统计|制图|绘图|预算|监理|律师|模特|演员|配音|督导|培训|推广|市场|业务|投标|合规|"
    r"工头|管理|师傅|达人|接待|装配|生管|主策|主程|助教|指导|操作|买手|副总|总助|主厨|大厨|店助|副理|干部|小工|中工|技工|"
    r"打包|包装|打磨|焊接|喷漆|抛光|数控|电焊|组装|缝纫|裁剪|质保|教务|宣传|导游|导诊|网管|带班|服务|后厨|洗碗|传菜|迎宾|"
    r"拣货|分拣|装卸|骑手|快递|配送|安装|维修|检修|售后|技术支持|产品|数据分析|算法|架构|前端|后端"
    r")$"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁韦马苗方袁柳鲍史唐费"
    "廉岑薛雷贺倪汤滕罗毕郝邬安常乐于傅齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮蓝"
    "闵席季贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁邓洪崔龚程邢裴陆荣翁惠曲封储段焦"
    "侯班仇宁甘武刘景龙叶黎白蒲邰赖卓蒙乔覃农闭零磨石廖谭曾"
)
NAMED = re.compile(rf"^[{SURNAMES}].{{0,2}}(?:先生|女士|小姐|总|老师|经理|主管|师傅|店长|校长|医生)$")
PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|朝鲜|土家|布依|景颇|哈尼|傈僳|拉祜|鄂温克|达斡尔|鄂伦春|仫佬|毛南|仡佬|纳西|普米|独龙|东乡|保安|"
    "撒拉|裕固|锡伯|布朗|藏|羌|彝|壮|苗|侗|瑶|水|土|回|傣|白|佤|怒|黎|畲|满|各"
)
UNIT = re.compile(
    rf"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|(?:(?:{PEOPLES})族?)*自治[州县旗]|地区|林区|矿区|新区|[省市区县盟旗])$"
)
# Short names of counties that are ordinary words of trades.
ORDINARY = frozenset({"资源", "合作", "路桥"})


@lru_cache(maxsize=1)
def place_names() -> re.Pattern[str]:
    """Every province, city and county, in full and short (of two characters at least), the longest first."""
    names = {row["name"] for table in ("provinces_and_cities.csv", "counties.csv") for row in rows(table)}
    names |= {UNIT.sub("", name) for name in names}
    fit = {name for name in names if len(name) >= 2 and not name.startswith("（")} - ORDINARY
    return re.compile("|".join(sorted(map(re.escape, fit), key=lambda name: (-len(name), name))))


def plain_title(advert: str, occupation_name: str) -> str:
    """The kind of work that an advertisement names, else the name of its occupation.

    What follows the last 招聘 or 诚聘 counts; brackets, places, pay, telephones and promises are left out. A title
    that is plain already stays as it is.
    """
    if advert == occupation_name:
        return occupation_name
    wanted = [part for part in CALL.split(BRACKETS.sub(" ", advert)) if part.strip()][-1:]
    pieces = (_without_place(piece) for part in wanted for piece in BREAKS.split(part))
    return next((piece for piece in pieces if is_plain(piece)), occupation_name)


def is_plain(title: str) -> bool:
    """Whether a title names a kind of work and nothing else."""
    return (
        SHORTEST <= len(title) <= LONGEST
        and not re.search(r"\d", KNOWN_FIGURES.sub("", title))
        and re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9]+", title) is not None
        and ENDS_WELL.search(title) is not None
        and not any(words.search(title) for words in (NOT_OF_A_TITLE, FIRMS, REGIONS, CALL, place_names()))
        and not EMPTY.fullmatch(title)
        and not NAMED.match(title)
    )


def _without_place(piece: str) -> str:
    match = place_names().match(piece)
    while match:
        piece = re.sub(r"^(?:市区|城区|地区|[省市区县镇])", "", piece[match.end() :])
        match = place_names().match(piece)
    return piece
