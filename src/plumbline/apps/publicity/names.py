"""Names of people that no register of the matter knows: found by the word before or after them.

A name that is clearly cut off by what surrounds it is taken out. One that is not (「李明承认」 may be 李明 or 李明承) makes
the text doubtful, and a second person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .folding import SHELTERED, Folded, Span

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|百里|呼延|轩辕|阿不都|买买提"
# Words that begin with a surname's character and are no name.
_WORDS = re.compile(
    "高度|高空|高温|施工|安装|安全|安排|方便|方可|方法|单位|单独|管理|管道|管网|查看|查处|查明|查封|查扣|成立|成品|许可|曾经|曾于|曾因|曾在|全部|全程|全年|全体|向|应|于|和|时|"
    "同意|经营|经过|明知|明确|明显|连续|温度|程序|江边|江北|陈述|严重|严格|任何|任意|白天|马上|马路|金额|钱款|万元|强行|顾客|车次|车辆|车间|路段|路面|路边|水泥|石材|石料|包括|包装|"
    "文明|文件|文书|关于|关闭|关停|关系|农户|农业|农民|农产品|商户|商品|商贸|商店|房屋|房东|房产|解释|解除|简易|简单|项目|党员|边界|边坡|沙石|沙土|左右|左侧|尚未|华中|宁愿|"
    "康复|龙头|田间|田地|林地|林木|花费|费用|古镇|司机|司法|师傅|武汉|阳逻|邾城|汪集|仓埠|黄色|白色|蓝色|金属|毛坯|雷同|石灰|贺卡|汤汁|米粉|麦田|景区|游客|路过|池塘|季度|季节|"
    "易燃|易爆|易腐|时间|时常|段落|史料|祝愿|余下|余料|余款|余额|童装|欧式|毕业|盛装|盛放|古树|苗木|荣誉|卫生|席位|宗地|明火|简要"
)
_ROLES = (
    r"证人|目击者|负责人|法定代表人|经营者|投诉人|举报人|报案人|店主|老板|司机|驾驶员|驾驶人|车主|员工|工人|业主|户主|村民|居民|房东|房主|租客|承租人|出租人|监护人|"
    r"代理人|联系人|见证人|询问人|受害人|被害人|受伤人|经理|厂长|店长|厨师|工友|亲属|家属|妻子|丈夫|儿子|女儿|父亲|母亲|配偶|签收人|收件人|送货人|合伙人|股东|实际控制人|"
    r"行为人|违法行为人|患者|学生|消费者|顾客|购买人|管理员|保安|会计|出纳|安全员|施工员|操作工|焊工|电工|雇员|帮工|邻居|住户"
)
_HAN = r"㐀-鿿\U00020000-\U000323af"
_NAME = rf"(?:(?:{_COMPOUND})[{_HAN}]{{1,2}}|[{_SURNAMES}][{_HAN}]{{1,2}})"
_SPEAKS = (
    r"承认|自称|称|陈述|表示|证实|证明|交代|交待|供述|反映|签字|签名|签收|指认|拒绝|到场|在场|说明|说|告诉|描述|现场|本人|先生|女士|负责|操作|驾驶|实施|雇佣|聘请|购买|告知|配合|确认|"
    r"于|在|将|系|是|已|未|与|和|及|对|等|的|向|因|从|把|受|也|均|曾|又|为"
)
_ENDS = rf"(?=$|[^{_HAN}]|{_SPEAKS})"
_LINK = r"(?:姓名|名叫|名为|叫做|叫)?[:\s]{0,2}"
_AFTER_ROLE = re.compile(rf"(?:{_ROLES})(?:\([^)]{{0,6}}\))?{_LINK}({_NAME}){_ENDS}")
_LISTED = re.compile(
    rf"(?:在场(?:人员?)?|现场人员|证人|员工|参与人员?|姓名|当事人)[:]\s*({_NAME})(?=[、,，;；。.\s()|]|$)"
)
_NEXT_LISTED = re.compile(rf"[、]\s*({_NAME})(?=[、,，;；。.\s()|]|等|$)")
_BEFORE_PERSONAL = re.compile(
    rf"(?<![{_HAN}])({_NAME})(?=[(,，]\s*(?:男|女|身份证|公民身份|系|19\d\d|1[3-9]\d{{9}}))"
)
_BARE = re.compile(
    rf"(?<![{_HAN}])({_NAME})(?=(?:承认|自称|陈述|证实|交代|交待|供述|签字|签名|指认|先生|女士|告诉|描述|说|称|表示))"
)
_SUSPECT = re.compile(rf"(?:{_ROLES}|当事人){_LINK}({_NAME})")
_TWO_SPOKEN = re.compile(rf"({_NAME})(?:先生|女士|承认|自称|供述|交代|证实|指认)")
# What only a person can weigh: health, belief, family, and a label of something personal that stands alone.
_WEIGHED = re.compile(
    r"患有|确诊|病历|诊断|残疾|艾滋|精神病|精神障碍|怀孕|信教|教徒|宗教信仰|离异|未满|未成年|指纹|人脸|行踪|商业秘密|配方|国家秘密|机密|绝密|保密"
)

_LABEL_ALONE = re.compile(
    rf"(?:住所|电话|手机号?|身份证|住址|账号|帐号|微信|QQ)(?![号码账帐]{{0,3}}[:为是]?{SHELTERED})", re.I
)
_BESIDE_A_NAME = re.compile(rf"{SHELTERED}[,，]({_NAME})(?=[,，;；。.)|]|$)")


# Ways to speak of somebody that no register knows and no word before gives away: only a reader can tell 「小江」 the man from
# the stream. Single characters that begin everyday words (小时、小车、老石) are left out of these surnames.
_SPOKEN = "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余杜叶魏苏吕丁任沈姚卢姜崔钟谭陆汪范廖贾韦付邹孟熊秦邱江尹薛阎段雷侯陶黎贺顾毛郝龚邵钱严覃戴"
_DID = (
    r"最先|带头|动手|望风|指使|安排|联系|约定|商量|商定|介绍|雇|租|借|买|卖|送|付|收|转账|打电话|开车|驾车|带人|装车|卸|搬|倒|铲|拉|运|离开|逃|阻|骂|推|打|来到|赶到|住|家|"
    r"一起|共同|等人|二人|两人|夫妇|父子|兄弟|处|那里|所有|名下|经营|开办|出具|提供|承包"
)
_NICKNAME = re.compile(
    rf"(?<![大中多少缩最较])(?:[小老阿][{_SPOKEN}](?:头|子|哥|姐|叔|伯|婶|嫂|爹|妈)?)(?![区镇街路湖河山])"
)
_TITLED = re.compile(
    rf"[{_SPOKEN}](?:师傅|老板|老板娘|总|经理|厂长|队长|书记|主任|老师|大夫|医生|大爷|大妈|大哥|大姐|阿姨|姐|哥|叔|婶|嫂)"
)
_ALIAS = re.compile(
    rf"(?:绰号|外号|诨号|人称|昵称|网名|别名|又名|乳名|小名|化名)(?:叫|为|是)?[:“”\"'「『《]?([{_HAN}A-Za-z]{{2,6}}?)(?=[”\"'」』》,，。;；的、在之]|$)"
)
_SHOP = re.compile(
    rf"({_NAME})(?:的)?(?:副食|早点|早餐|小吃|烧烤|理发|美发|便利|水果|蔬菜|粮油|五金|卤味|面|牛肉面|豆腐|豆皮|包子|鱼|肉|百货|杂货|烟酒|农资|建材|废品|收购|修理|裁缝|诊)[{_HAN}]{{0,4}}?(?:店|铺|馆|摊|坊|行|部|所|站|档)"
)
_BARE_DEED = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=[与和由向找给跟同让请据经被把替帮其中是有叫]))({_NAME})(?={_DID})"
)


def names_in(folded: Folded) -> Iterator[Span]:
    """Names of nobody in the register that stand clearly by themselves."""
    view = folded.squeezed
    for pattern in (_AFTER_ROLE, _LISTED, _BEFORE_PERSONAL, _BARE):
        for found in pattern.finditer(view.text):
            start, end = found.span(1)
            if not _WORDS.match(view.text, start):
                yield view.span(start, _shortest(view.text, start, end), "name")
                yield from _rest_of_list(view, end)


def _shortest(text: str, start: int, end: int) -> int:
    """「李明在」 is 李明: the shorter reading where it, too, ends at a word that follows names."""
    shorter = end - 1
    single = not re.match(_COMPOUND, text[start:end])
    return shorter if single and shorter - start == 2 and re.match(_SPEAKS, text[shorter:]) else end


def _rest_of_list(view: Folded, at: int) -> Iterator[Span]:
    while found := _NEXT_LISTED.match(view.text, at):
        if _WORDS.match(view.text, found.start(1)):
            return
        yield view.span(found.start(1), found.end(1), "name")
        at = found.end(1)


def doubts_in(folded: Folded) -> Iterator[Span]:
    """What is left for a second person: words that may be names, and matters that no rule can weigh."""
    view = folded.squeezed
    for pattern in (_SUSPECT, _TWO_SPOKEN, _BESIDE_A_NAME):
        for found in pattern.finditer(view.text):
            if not _WORDS.match(view.text, found.start(1)):
                yield view.span(found.start(1), found.end(1), "name")
    for pattern in (_SHOP, _BARE_DEED, _ALIAS):
        for found in pattern.finditer(view.text):
            if not _WORDS.match(view.text, found.start(1)):
                yield view.span(found.start(1), found.end(1), "name")
    for pattern in (_NICKNAME, _TITLED, _WEIGHED, _LABEL_ALONE):
        for found in pattern.finditer(view.text):
            yield view.span(found.start(), found.end(), "weighed")
