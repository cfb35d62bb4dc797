"""Cities that files name in Chinese or in pinyin: one place under its English name, shown in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language

_PAIRS: Final = """
Beijing:北京 Shanghai:上海 Guangzhou:广州 Shenzhen:深圳 Hangzhou:杭州 Ningbo:宁波 Yiwu:义乌 Wenzhou:温州 Jiaxing:嘉兴
Shaoxing:绍兴 Jinhua:金华 Taizhou:台州 Suzhou:苏州 Nanjing:南京 Wuxi:无锡 Changzhou:常州 Nantong:南通 Xuzhou:徐州
Hefei:合肥 Wuhu:芜湖 Fuzhou:福州 Xiamen:厦门 Quanzhou:泉州 Nanchang:南昌 Jinan:济南 Qingdao:青岛 Yantai:烟台
Weifang:潍坊 Linyi:临沂 Zhengzhou:郑州 Luoyang:洛阳 Wuhan:武汉 Yichang:宜昌 Changsha:长沙 Dongguan:东莞 Foshan:佛山
Zhuhai:珠海 Zhongshan:中山 Huizhou:惠州 Shantou:汕头 Nanning:南宁 Guilin:桂林 Haikou:海口 Sanya:三亚 Chengdu:成都
Chongqing:重庆 Guiyang:贵阳 Kunming:昆明 Lhasa:拉萨 Xi'an:西安 Lanzhou:兰州 Xining:西宁 Yinchuan:银川 Urumqi:乌鲁木齐
Tianjin:天津 Shijiazhuang:石家庄 Tangshan:唐山 Taiyuan:太原 Hohhot:呼和浩特 Shenyang:沈阳 Dalian:大连 Changchun:长春
Harbin:哈尔滨
"""
CITIES: Final[Mapping[str, str]] = dict(pair.split(":") for pair in _PAIRS.split())
_BY_CHINESE: Final = {chinese: english for english, chinese in CITIES.items()}
_BY_KEY: Final = {english.lower().replace("'", ""): english for english in CITIES}
_APART: Final = re.compile(r"[,/|;·(]|\s[-–—]\s")


@lru_cache(maxsize=16_384)
def place_of(region: str) -> str:
    """ "杭州", "Hangzhou" and "Hangzhou, Zhejiang, China" are all "Hangzhou"; what is no known city is itself."""
    if region in _BY_CHINESE:
        return _BY_CHINESE[region]
    first = _APART.split(region, maxsplit=1)[0].strip().lower().replace("'", "").replace("’", "")
    key = first.removesuffix(" city").removesuffix(" shi")
    return _BY_KEY.get(key, region)


def place_title(place: str) -> str:
    """As the reader writes it."""
    return CITIES.get(place, place) if (get_language() or "").startswith("zh") else place
