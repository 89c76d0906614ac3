"""Contacts, links and machine code inside the text of an advertisement.

Who applies does so through the office, so that a letter, an answer and a complaint can be followed; a contact hidden in
signs is what fraud looks like. Links, scripts and formulas have no place in a text that thousands read.
"""

import re
import unicodedata

from openpes.engine.adverts.plain import LONGEST, UNSEEN, Finding, Weight, plain

CONTACT, CODE = "contact", "code"
DIGITS = str.maketrans("零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789")
_CHAT = r"(?:微信|薇信|徽信|威信|微❤?信|v信|v❤|vx|wx|wechat|扣扣|qq|企鹅号?|telegram|飞机号|纸飞机|whatsapp|蝙蝠)"
_CHAT_ID = rf"{_CHAT}(?:号|号码|同号|id|联系|咨询|群|[:：+=]|是|为|加)*[:：]?[a-z0-9_\-]{{5,20}}"
_LINK = (
    r"(?:https?:?//|www\.)[^\s，。；]{3,}|[a-z0-9\-]{2,}\.(?:com|cn|net|top|xyz|vip|cc|shop|site|"
    r"club|info|link)(?:\.cn)?(?![a-z0-9@])(?:/[^\s，。；]*)?"
)
_MAIL = r"[a-z0-9_.+\-]+@[a-z0-9\-]+\.[a-z]{2,}"
_MOBILE = r"(?<!\d)1[3-9]\d{9}(?!\d)"
_LANDLINE = r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}(?!\d)"
_SPACED = re.compile(r"1[\s\-_.*·~、,/|]{0,3}[3-9](?:[\s\-_.*·~、,/|]{0,3}\d){9}(?!\d)")
_CODE = re.compile(
    r"<\s*/?\s*(?:script|iframe|img|svg|object|embed|form|input|style|link|meta|body|a)\b[^>]{0,200}>?"
    r"|javascript\s*:|vbscript\s*:|data\s*:\s*text/html|\bon(?:error|load|click|mouseover|focus)\s*="
    r"|\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|\$\{.{0,80}?\}"
    r"|(?:^|\n)\s*[=@]\s*(?:hyperlink|cmd|importxml|importdata|webservice|dde|sum|exec|call)\b[^\n]{0,60}"
    r"|(?:'|\")\s*;?\s*(?:drop|delete|union|insert)\s+(?:table|from|select|into)\b",
    re.IGNORECASE,
)


def contacts_in(text: str) -> list[Finding]:
    """A link stops, a hidden number or chat account wants a second look, a plain telephone or mail is pointed out."""
    read = plain(text)
    hits = (
        (re.search(_LINK, re.sub(_MAIL, " ", read)), Weight.STOPS),
        (re.search(_CHAT_ID, read), Weight.HOLDS),
        (_hidden(text, read), Weight.HOLDS),
        (re.search(_MOBILE, read) or re.search(_LANDLINE, read) or re.search(_MAIL, read), Weight.HINT),
    )
    return next(([Finding(CONTACT, hit.group(), weight)] for hit, weight in hits if hit), [])


def code_in(text: str) -> list[Finding]:
    """Markup, scripts, formulas and template signs, or signs that turn the writing round."""
    read = unicodedata.normalize("NFKC", text[:LONGEST])
    if hit := _CODE.search(read):
        return [Finding(CODE, " ".join(hit.group().split())[:60], Weight.STOPS)]
    turned = re.search("[\u202a-\u202e\u2066-\u2069]", text[:LONGEST])
    return [Finding(CODE, f"U+{ord(turned.group()):04X}", Weight.STOPS)] if turned else []


def _hidden(text: str, read: str) -> re.Match[str] | None:
    """A mobile number that is not written as one: Chinese figures, or signs between the figures."""
    if re.search(_MOBILE, read):
        return None
    shown = UNSEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).lower()).translate(DIGITS)
    return _SPACED.search(shown)
