"""Questions put more plainly."""

from __future__ import annotations

import pytest

from qa.rewrite import plain


@pytest.mark.parametrize(
    ("asked", "put"),
    [
        ("请问2023上半年云岭高新区的税收是多少", "2023年上半年云岭高新区的税收是多少"),
        ("截至2021年年中，云岭高新区企业有多少家", "2021年上半年，云岭高新区企业有多少家"),
        ("云岭高新区税收比去年同期增长多少", "云岭高新区税收同比增长多少"),
        ("云岭高新区税收较上月增加多少", "云岭高新区税收环比增加多少"),
        ("云岭和望海两个高新区的税收是多少", "云岭高新区和望海高新区的税收是多少"),
        ("新工厂一共占了多大面积", "新工厂占地面积是多少"),
        ("就增速而言，2019年和2024年哪一年更快", "2019年和2024年的增速哪一年更快"),
        ("云岭高新区有几个工作站，不算流动站？", "云岭高新区有几个工作站？"),
        ("云岭高新区头一届科技节是哪年", "云岭高新区首届科技节是哪年"),
        ("2020年“五大”产业以外的产值是多少", "2020年产值，除去“五大”产业还剩多少"),
        ("云岭高新区的专利是申请的多，还是授权的多？", "云岭高新区的专利申请和专利授权哪个更多？"),
    ],
)
def test_forms_are_brought_to_one(asked: str, put: str) -> None:
    assert plain(asked) == put


@pytest.mark.parametrize(
    "asked",
    ["云岭高新区2024年的税收是多少？", "是谁提出的建议？", "2022年的产值比2019年多多少", ""],
)
def test_what_is_plain_already_stays(asked: str) -> None:
    assert plain(asked) == asked
