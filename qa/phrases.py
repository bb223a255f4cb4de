"""The few fixed phrases of an answer, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """What an answer says in its own words. `{}` is filled by the composer."""

    language: str
    refusal: str
    nearest: str
    quote: str
    differs: str
    unknown: str
    too_long: str
    undated: str
    signed: str
    yes: str
    no: str
    stop: str
    comma: str
    colon: str
    semicolon: str


_CHINESE = Phrases(
    language="zh",
    refusal="文章里没有答案。查找的是：{}。",
    nearest="最接近的内容：{}。",
    quote="原文：“{}” [{}]",
    differs="另一篇文章的说法不同：{} [{}]。",
    unknown="文章里没有说",
    too_long="这个问题有{}个字，太长了：请缩短到{}个字以内。文章请放进文件夹，或拖到页面里。",
    undated="文中没有写明这一数字属于哪一时间。",
    signed="署名：“{}” [{}]",
    yes="是",
    no="否",
    stop="。",
    comma="。",
    colon="：",
    semicolon="；",
)
_ENGLISH = Phrases(
    language="en",
    refusal="The articles do not say. Looked for: {}.",
    nearest="Nearest: {}.",
    quote="Source: “{}” [{}]",
    differs="Another article differs: {} [{}].",
    unknown="the articles do not say",
    too_long="This question has {} characters: shorten it to {}. Articles belong in the folder.",
    undated="The article does not say of when this figure is.",
    signed="Byline: “{}” [{}]",
    yes="Yes",
    no="No",
    stop=".",
    comma=". ",
    colon=": ",
    semicolon="; ",
)


def phrases(language: str) -> Phrases:
    """The phrases of a language: "zh" or anything else for English."""
    return _CHINESE if language == "zh" else _ENGLISH
