"""Cuts personal data at the door: no telephone number, address, id or contact's name stays in a text that is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import ahocorasick

PHONE, EMAIL, MESSENGER, IDENTITY, NAME = "[phone]", "[e-mail]", "[messenger]", "[id number]", "[name]"

# Full-width signs and long dashes are read as their plain forms, one for one, so that places stay.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_PLAIN |= dict.fromkeys(map(ord, "‐‑‒–—−"), ord("-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NOT_PLAIN = re.compile("[\uff01-\uff5e\u3000\xa0‐‑‒–—−]")

_AT = r"(?:@|\s?[\[({#]\s?at\s?[\])}#]\s?)"
_DOT = r"(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)"
_EMAIL = re.compile(
    rf"""(?<![A-Za-z0-9._%+-])[A-Za-z0-9À-ɏ._%+-]{{1,64}}{_AT}
         (?: [A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{2,63}}){{1,5}}
           | [\u4e00-\u9fff]{{1,20}}\.[\u4e00-\u9fff]{{2,4}} )
       | (?<![A-Za-z0-9._%+-])[a-z0-9._%+-]{{1,64}}[ ]?@[ ]?(?:[a-z0-9-]{{1,63}}\.){{1,4}}[a-z]{{2,24}}\b""",
    re.VERBOSE | re.ASCII,
)
_BOXES = (
    *("admin", "apply", "career", "careers", "contact", "cv", "hiring", "hr", "info", "job", "jobs", "mail", "office"),
    *("recruit", "recruiting", "recruitment", "resume", "talent"),
)
_SPOKEN_EMAIL = re.compile(
    rf"""\b(?:{"|".join(_BOXES)})[ ](?:at|艾特)[ ][a-z0-9-]{{1,63}}(?:(?:\.|[ ]dot[ ])[a-z0-9-]{{2,63}}){{1,4}}\b
       | (?<![\w.+-])[\w.+-]{{1,64}}[ ]at[ ][a-z0-9-]{{1,63}}(?:[ ]dot[ ][a-z0-9-]{{2,63}}){{1,4}}\b""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_EXTENSION = r"(?:[ \t]?(?:转|-|ext\.?|x)[ \t]?\d{1,6}(?!\d))?"
_DAY = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)"
_MONTH = r"\d{1,2}[./-](?:19|20)\d\d(?!\d)"
_CODE = r"0\d{8,9}(?!\d)"  # of a course or profession: no Chinese landline is as short
_HOURS = r"\d\d\.\d\d[ \t]?-[ \t]?\d\d\.\d\d"
_GAP = r"[- \t._/·]{0,3}"
_PHONE = re.compile(
    rf"""(?<![\d+])(?!{_DAY}|{_MONTH}|{_HOURS}|{_CODE})(?:
        # a Chinese mobile, a Chinese landline, a service number
        (?:\(?(?:\+|00)?86\)?[- \t]?)?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)
      | 1([- \t._/·])[3-9](?:\1\d){{9}}(?!\d)
      | 1[3-9]\d\d([- ])\d{{3}}\2\d{{4}}(?!\d)
      | 1[3-9]\d[ ]\d{{3}}[ ]\d{{5}}(?!\d)
      | (?<!\d\.)\(?0\d{{2,3}}\)?[- \t]{{0,3}}\d{{3,4}}[- \t]?\d{{4}}(?!\d){_EXTENSION}
      | [48]00[- \t]?(?:\d{{3}}[- \t]?\d{{4}}|\d{{4}}[- \t]?\d{{3}})(?!\d)
        # with a country's code, North American, with a zero before
      | (?:\+|00)[1-9]\d{{0,3}}(?:[ \t().\-/]{{0,3}}\d){{7,13}}(?!\d){_EXTENSION}
      | (?:1[-. \t])?(?:\(\d{{3}}\)[ \t]?|\d{{3}}[-.])\d{{3}}[-. \t]\d{{4}}(?!\d){_EXTENSION}
      | (?<!\d\.)\(?0\d(?:[ \t().\-/]{{0,3}}\d){{7,11}}(?!\d)
    )""",
    re.VERBOSE | re.ASCII,
)
_AFTER_PHONE_WORD = re.compile(
    r"(?:(?:\b(?:tel|phone|telephone|mobile|cell|fax|hotline|call|whatsapp)\b|电话|手机|热线|座机|传真|致电)"
    r"(?:号码|号|\.|[ ]number|[ ]no\.?)?(?:[ ](?:me|us))?(?:[ ]at)?[ \t]{0,2}[:(]?[ \t]{0,2}"
    r"|(?:联系方式|联系电话|咨询电话|联系人)[^\d\n]{0,10})"
    r"(?!(?:19|20)\d\d[ \t]?-|\d+[ \t]?-[ \t]?\d*00(?!\d))"  # years, amounts
    r"(\+?\(?\d(?:[ \t().\-/]{0,3}\d){6,14})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_S = r"[- \t]{0,2}"
_IDENTITY = re.compile(
    rf"""(?<![\dA-Za-z])[1-9](?:{_S}\d){{5}}{_S}(?:1{_S}9|2{_S}0)(?:{_S}\d){{2}}  # region, year of birth
        {_S}(?:0{_S}[1-9]|1{_S}[0-2]){_S}(?:0{_S}[1-9]|[12]{_S}\d|3{_S}[01])(?:{_S}\d){{3}}{_S}[\dX](?![\dA-Za-z])
      | (?<=身份证|证件号)(?:号码|号)?[:( ]{{0,3}}(?:\d{{17}}[\dX]|\d{{15}})(?!\d)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_AROUND = 80  # characters; no number with its extension or the word before it is longer
_SEVEN_DIGITS = re.compile(r"\d(?:[^A-Za-z0-9\n]{0,4}\d){6}")
_WIDE_DIGIT = re.compile("[０-９]")
_WIDE_START = "！".encode()[:2]  # the bytes with which every full-width sign begins

_ID = r"(?:live:)?[A-Za-z0-9_@][A-Za-z0-9_.\-]{3,31}[A-Za-z0-9_]"
_WORD_WITH_DIGIT = r"(?=[A-Za-z_.\-]{1,30}[0-9])[A-Za-z_][A-Za-z0-9_.\-]{3,31}[A-Za-z0-9_]"
_TELLING_ID = rf"(?:@[A-Za-z0-9_]{{4,32}}|{_WORD_WITH_DIGIT}|\d(?:[ -]?\d){{5,11}}(?!\d))"
_MESSENGER = re.compile(
    rf"""(?: (?: 微[ ]?信(?:公众号|群)? | [薇威]信 | \bwei[ ]?xin\b | \bwe[ ]?chat\b | \bvx\b | \bv信 | \bwx\b | 扣扣
              | \bq[ ]?q群?
              | (?<![A-Za-z0-9])v(?=[:]\s?[A-Za-z_][A-Za-z0-9_.\-]{{0,30}}[0-9])
              | \bq号 | 企鹅号 | \bwhats[ ]?app\b | \btelegram\b | 电报 | \bskype\b | \bline(?=[ ]id\b) | \bviber\b
              | \bkakaotalk\b | 钉钉 | 飞书 )
          \s{{0,2}}
          (?: (?:帐号|账号|号码|号|\bid\b|\baccount\b|\bnumber\b)\s{{0,2}}(?:[:=]|是|为|\bis\b)?\s{{0,2}}({_ID})
            | (?:[:=]|是|为)\s{{0,2}}({_ID})
            | (?:\(|联系|咨询|加|\bat\b)?\s{{0,2}}({_TELLING_ID}) )
       | (?:\bwa\.me|\bt\.me|\btelegram\.me|\blinkedin\.com/in|\bjoin\.skype\.com)/([A-Za-z0-9_\-+%/]{{3,64}})
       | (?<![\w+])[+][ ]?(?:v|微|q|wx)\s{{0,2}}:?\s{{0,2}}({_TELLING_ID})
       | 加[ ]?(?:v|微|q){{1,2}}(?:信|x)?\s{{0,2}}[:]?\s{{0,2}}({_ID}) )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# Words that follow "WeChat:" in a list of duties, where they are nobody's name.
_NO_ID = re.compile(
    r"(?:accounts?|ads?|advertising|android|apps?|channels?|commerce|content|development|ecosystem|experience|facebook"
    r"|groups?|html5?|instagram|java|javascript|linkedin|managers?|management|marketing|mini|miniprogram|official"
    r"|operations?|pay|payments?|php|platforms?|programs?|python|required|sdk|shops?|skills?|skype|slack|social|stores?"
    r"|teams?|telegram|tiktok|twitter|video|wechat|weibo|whatsapp|work|zoom)(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范"
    "汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤"
)
_TITLE = "女士|先生|小姐|老师|经理|主任|总监|主管|总"
_GIVEN = r"[A-Z][a-z]{1,20}(?:[ ][A-Z][a-z]{1,20}){0,2}"
_MASKS = r"\[(?:phone|e-mail|messenger|id[ ]number)\]"
_NAME = re.compile(
    rf"""(?:联系人|联络人|对接人|招聘人|招聘负责人)(?:姓名)?(?:[ ]?[:(][ ]?|[ ])
            ([{_SURNAMES}][\u4e00-\u9fff]{{0,3}})(?![\u4e00-\u9fff])
      | (?<![\u4e00-\u9fff])([{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:{_TITLE}|(?<=..)))
            (?=[ :(]{{0,3}}(?:(?:电话|手机|微信|QQ|qq|邮箱|Tel|tel)[: ]{{0,2}})?{_MASKS})
      | {_MASKS}[ ,(、]{{0,2}}([{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:{_TITLE}))
      | (?:联系人|联系|致电|咨询)
            ([{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:女士|先生|小姐)|[{_SURNAMES}](?:老师|经理|主任))
      | \b(?i:contact(?:[ ]person)?)[ ]?[:(][ ]?((?:M(?:r|s|rs)\.?[ ])?{_GIVEN})
      | \b((?:M(?:r|s|rs)\.?[ ]){_GIVEN})(?=[ ,:()]{{0,3}}{_MASKS})""",
    re.VERBOSE,
)
# What an address or an id cannot do without, in small letters; one pass finds which of them a text holds. Few first
# letters make that pass quick, and most texts have no sign of the second kind.
_AT_SIGNS = "@|(at|[at|{at|#at|( at|[ at|{ at|# at| dot "
_MESSENGERS = (
    "wechat|we chat|weixin|wei xin|v:|v：|q q|+v|wx|vx|qq|whats|telegram|skype|line id|viber|kakaot|.me/|.com/in/"
)
_SIGNS = {
    EMAIL: (*_AT_SIGNS.split("|"), *(f"{box} at " for box in _BOXES)),
    MESSENGER: tuple(_MESSENGERS.split("|")),
    NAME: ("contact", "mr.", "ms.", "mrs.", "mr ", "ms ", "mrs "),
}
_WIDE_SIGNS = {
    EMAIL: ("＠", "（at", "【at"),
    NAME: ("联络人", "对接人", "招聘人", "招聘负责人", "女士", "先生", "小姐", "联系", "致电", "咨询"),
    MESSENGER: ("微信", "微 信", "+微", "q号", "薇信", "威信", "v信", "扣扣", "企鹅", "电报", "钉钉", "飞书", "加"),
}
# Every digit as "0", and nothing left of what may stand between the digits of a number.
_ZEROS = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_BETWEEN_DIGITS = bytes(byte for byte in range(256) if not (byte < 128 and (chr(byte).isalnum() or chr(byte) == "\n")))
_NO_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_SEVEN_ZEROS = b"0" * 7

Found = tuple[int, int, str]  # start, end, what goes in its place


def _automaton(*signs: dict[str, tuple[str, ...]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for kind, of_kind in chain.from_iterable(each.items() for each in signs):
        for sign in of_kind:
            automaton.add_word(sign, kind)
    automaton.make_automaton()
    return automaton


_SUSPICIOUS, _SUSPICIOUS_WIDE = _automaton(_SIGNS), _automaton(_SIGNS, _WIDE_SIGNS)


def mask_personal_data(text: str) -> str:
    """The text with "[phone]", "[e-mail]", "[messenger]", "[id number]" and "[name]" where it names a person to reach.

    Signs that nobody sees split no number; they go only where something is masked.
    """
    if not text:
        return text
    visible = text if text.isascii() else _INVISIBLE.sub("", text)
    suspicions = _suspicions(visible)
    masked = _without_names(_without_addresses(visible, suspicions), suspicions)
    return text if masked == visible else masked


def _suspicions(text: str) -> set[str]:
    automaton = _SUSPICIOUS if text.isascii() else _SUSPICIOUS_WIDE
    return {kind for _end, kind in automaton.iter(text.lower())}


def _plainly(text: str) -> str:
    return text if text.isascii() else _NOT_PLAIN.sub(_plain_sign, text)


def _without_addresses(text: str, suspicions: set[str]) -> str:
    digits = _may_hold_a_number(text)
    if not (suspicions or digits):
        return text
    plain = _plainly(text)
    found: list[Found] = []
    if EMAIL in suspicions:
        found += ((*match.span(), EMAIL) for each in (_EMAIL, _SPOKEN_EMAIL) for match in each.finditer(plain))
    if MESSENGER in suspicions:
        found += _messenger_ids(plain)
    if digits:
        found += _numbers(plain)
    return _replaced(text, found) if found else text


def _without_names(text: str, suspicions: set[str]) -> str:
    """Names stand beside what is masked already, or after a word that says whose they are."""
    if "[" not in text and NAME not in suspicions:
        return text
    names = ((*match.span(match.lastindex or 0), NAME) for match in _NAME.finditer(_plainly(text)))
    return _replaced(text, list(names))


def _plain_sign(match: re.Match[str]) -> str:
    return chr(_PLAIN[ord(match[0])])


def _may_hold_a_number(text: str) -> bool:
    """Whether seven digits follow one another, whatever stands between: a quick no for most texts."""
    encoded = text.encode("utf-8", "replace")
    enough = len(encoded.translate(None, _NO_DIGITS)) >= len(_SEVEN_ZEROS)
    if enough and _SEVEN_ZEROS in encoded.translate(_ZEROS, _BETWEEN_DIGITS):
        return True
    return _WIDE_START in encoded and _WIDE_DIGIT.search(text) is not None


def _messenger_ids(plain: str) -> Iterator[Found]:
    for match in _MESSENGER.finditer(plain):
        group = match.lastindex or 0
        if not _NO_ID.match(plain, match.start(group)):
            yield match.start(group), match.end(group), MESSENGER


def _numbers(plain: str) -> Iterator[Found]:
    """Looked for only around what has seven digits, because the patterns are slow and most texts are long."""
    numbers = [match.span() for match in _SEVEN_DIGITS.finditer(plain)]
    if not numbers:
        return
    around = max(0, numbers[0][0] - _AROUND), numbers[-1][1] + _AROUND
    for match in _PHONE.finditer(plain, *around):
        yield *match.span(), PHONE
    for match in _IDENTITY.finditer(plain, *around):
        yield *match.span(), IDENTITY
    for match in _AFTER_PHONE_WORD.finditer(plain, *around):
        yield *match.span(1), PHONE


def _replaced(text: str, found: list[Found]) -> str:
    """Overlapping finds become one: an e-mail address of digits is not also a phone number."""
    parts, free = [], 0
    for start, end, mask in sorted(found, key=lambda find: (find[0], -find[1])):
        if start >= free:
            parts += [text[free:start], mask]
        free = max(free, end)
    return "".join((*parts, text[free:]))
