from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zhconv import zhconv

from index.clean import simplified
from index.names import aliases, find_names, zone_key
from index.places import english_places


def named(text: str, kind: str) -> list[str]:
    return [name.text for name in find_names(text) if name.kind == kind]


def offices(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.role) for name in find_names(text) if name.kind == "person"]


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        (
            "梅州高新区党工委副书记、管委会主任陆明远表示，园区将加大投入。",
            "陆明远",
            "梅州高新区党工委副书记、管委会主任",
        ),
        ("云帆新材料有限公司总经理邓国强介绍说，", "邓国强", "云帆新材料有限公司总经理"),
        (
            "扬州市委常委、副市长,扬州经开区党工委书记沈立新指出，",
            "沈立新",
            "扬州市委常委、副市长,扬州经开区党工委书记",
        ),
        ("本报讯(记者 顾晓) 3月2日，", "顾晓", "记者"),
        ("该集团市场部副经理韩雪带着一家人返回。", "韩雪", "集团市场部副经理"),
        ("远航(湛江)船舶有限公司董事长谭家乐说，", "谭家乐", "远航(湛江)船舶有限公司董事长"),
        ("企业服务局科长孙志远是联系人之一。", "孙志远", "企业服务局科长"),
        ("某社首席执行官艾伦·桑德斯在会上说", "艾伦·桑德斯", "首席执行官"),
        ("云梦县自然资源和规划局局长柯文以案说法。", "柯文", "云梦县自然资源和规划局局长"),
        ("王小雨/摄", "王小雨", "摄影"),
        ("邓国强院士的团队落户园区。", "邓国强", "院士"),
        ("中心由心内科主任医师陆澜兼任主任。", "陆澜", "心内科主任医师"),
        ("考察由海洋所研究员慕容洁担任领队。", "慕容洁", "海洋所研究员"),
        ("副市长李武发表示，", "李武发", "副市长"),
        ("省林业厅副厅长宁方和介绍，", "宁方和", "省林业厅副厅长"),
        ("北岭农商银行董事长曲志坚说，", "曲志坚", "北岭农商银行董事长"),
        ("江澜银行首席风险官贾云舒透露，", "贾云舒", "江澜银行首席风险官"),
        ("于聪是柳岸社区党委书记。", "于聪", "柳岸社区党委书记"),
        ("王某任安源县县长。", "王某", "安源县县长"),
        ("陆明远，云川市教育局局长，从教三十年。", "陆明远", "云川市教育局局长"),
        ("东港海关关员 张强强：我们加快验放。", "张强强", "东港海关关员"),
        ("果农吴冬生家种了桃子。", "吴冬生", "果农"),
    ],
)
def test_a_person_with_the_office_as_written(text, person, role):
    assert (person, role) in offices(text)


def test_several_reporters_and_an_intern():
    text = "（记者 程刚、宋雅文 实习生 钱多）"
    assert offices(text) == [("程刚", "记者"), ("宋雅文", "记者"), ("钱多", "实习生")]


def test_a_person_who_speaks_needs_no_office():
    assert offices("“路很好走。”吴家豪表示，") == [("吴家豪", "")]


def test_a_name_once_known_is_known_wherever_it_stands():
    text = "镇长何立峰介绍了规划。随后，大家同何立峰一道看了现场。"
    assert [name for name, _ in offices(text)] == ["何立峰", "何立峰"]


@pytest.mark.parametrize(
    "text",
    [
        "总经理高度重视这项工作。",
        "记者从会上获悉，",
        "书记和主任都来了。",
        "园区主任平台已上线。",
        "公司表示，经理应该说明。",
        "需要施工许可证。",
        "项目是书记项目。",
        "今年，全市干部，市长，都来了。",
        "主任周末加班。",
        "市委常委、宣传部部长到场。",
    ],
)
def test_words_that_follow_an_office_are_no_names(text):
    assert offices(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目由湖州蓝天测控科技股份有限公司、云石科技集团有限责任公司和台州高新产业建设开发有限公司共同建设",
            [
                "湖州蓝天测控科技股份有限公司",
                "云石科技集团有限责任公司",
                "台州高新产业建设开发有限公司",
            ],
        ),
        ("园区联合浙江产权交易中心股份有限公司共同推出", ["浙江产权交易中心股份有限公司"]),
        ("走进佳禾(阳江)纺织有限公司车间", ["佳禾(阳江)纺织有限公司"]),
        ("梅州高新区远山电子科技股份有限公司投产", ["远山电子科技股份有限公司"]),
        ("与华东理工大学、中国科学院合作", ["华东理工大学", "中国科学院"]),
        ("扬州市人力资源和社会保障局发布公告", ["扬州市人力资源和社会保障局"]),
        ("杭州市公安局刑侦总队会同交通运输部", ["杭州市公安局刑侦总队", "交通运输部"]),
        ("已有7家苏州上市公司公告", []),
        ("多家公司在该集团总部签约，一家子公司上市", []),
        ("优化产业布局，打破僵局", []),
    ],
)
def test_organisations_end_where_they_end_and_begin_where_they_begin(text, expected):
    assert named(text, "org") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("梅州高新区与扬州经济技术开发区", ["梅州高新区", "扬州经济技术开发区"]),
        ("武汉东湖高新区、浦东新区和苏州工业园区", ["武汉东湖高新区", "浦东新区", "苏州工业园区"]),
        ("扬州市广陵区文峰街道", ["扬州市广陵区文峰街道"]),
        ("广东省梅州市的企业", ["广东省梅州市"]),
        ("前往日本和法国", ["日本", "法国"]),
        ("融入粤港澳大湾区", ["粤港澳大湾区"]),
        ("全区园区社区各高新区", []),
        ("来宾入场，日照充足", []),
        ("2023年沅溪县完成投资3亿元", ["沅溪县"]),
        ("从沅溪县农村出发", ["沅溪县"]),
        ("the Yangzhou High-tech Zone and Xi'an", ["Yangzhou High-tech Zone", "Xi'an"]),
    ],
)
def test_places(text, expected):
    assert named(text, "place") == expected


def test_a_zone_is_seen_inside_the_name_of_its_office():
    text = "梅州高新区管委会发布通知"
    assert named(text, "org") == ["梅州高新区管委会"]
    assert named(text, "place") == ["梅州高新区"]


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (
            [
                *("梅州高新区", "梅州国家高新区", "梅州高新技术产业开发区", "广东梅州高新区"),
                *("梅州国家高新技术产业开发区", "Meizhou High-tech Zone"),
                "Meizhou National Hi-Tech Industrial Development Zone",
            ],
            ("梅州", "高新区"),
        ),
        (
            [
                *("扬州经开区", "扬州经济技术开发区", "扬州经济开发区"),
                "Yangzhou Economic-Technological Development Area",
                "Yangzhou Economic and Technological Development Zone",
            ],
            ("扬州", "经开区"),
        ),
        (["梅州", "梅州市", "广东省梅州市", "Meizhou"], ("梅州", "")),
        (["苏州工业园区", "Suzhou Industrial Park"], ("苏州", "工业园")),
        (["浦东新区", "上海浦东新区"], ("浦东", "新区")),
        (["东湖高新区", "武汉东湖高新区"], ("东湖", "高新区")),
        (["广陵区", "扬州市广陵区"], ("广陵", "")),
        (["高新区", "高新技术产业开发区"], ("", "高新区")),
        (["中关村", "北京中关村"], ("中关村", "")),
    ],
)
def test_spellings_of_one_place_share_a_key(names, key):
    assert {zone_key(name) for name in names} == {key}


def test_spellings_in_latin_letters():
    assert [name for _, _, name in english_places("Xi'an, Xian; Inner Mongolia")] == [
        "西安",
        "西安",
        "内蒙古",
    ]
    assert english_places("Atlantis, a turkey in rome") == []
    text = "From Hong Kong to Ma'anshan, not Shanghaied."
    assert [(text[s:e], name) for s, e, name in english_places(text)] == [
        ("Hong Kong", "香港"),
        ("Ma'anshan", "马鞍山"),
    ]


def test_titles_and_quoted_terms():
    text = "印发《人才试行办法》，推出“惠企快贷”服务。“我们很高兴。大家都来了！”"
    assert named(text, "title") == ["《人才试行办法》"]
    assert named(text, "quoted") == ["“惠企快贷”"]


def test_declared_and_evident_short_forms():
    text = (
        "远山电子科技股份有限公司（以下简称“远山电子”）投产。佳禾(阳江)纺织有限公司扩产，"
        "佳禾公司负责人说。云帆天河有机硅有限公司建厂，云帆天河增资。"
    )
    assert aliases(text) == {
        "远山电子": "远山电子科技股份有限公司",
        "佳禾公司": "佳禾(阳江)纺织有限公司",
        "佳禾": "佳禾(阳江)纺织有限公司",
        "云帆天河": "云帆天河有机硅有限公司",
    }


def test_the_company_itself_is_no_short_form():
    text = "远山电子科技股份有限公司（以下简称“公司”）投产，公司增资。"
    assert "公司" not in aliases(text)


def test_a_short_form_of_two_companies_is_none():
    text = "云帆天河置业有限公司与云帆天河物流有限公司都来了，云帆天河没有回应。"
    assert "云帆天河" not in aliases(text)


SENTENCES = [
    "近日，扬州市广陵区举行签约仪式，云帆新材料有限公司总经理邓国强介绍说，项目总投资3亿元。",
    "北岭农商银行董事长曲志坚说，上半年实现营业收入5亿元，比去年同期增长4%。",
    "本报讯（记者 顾晓） 3月2日，梅州高新区管委会发布通知。",
    "省体育局局长汤怀远在闭幕式上宣布，2028年比赛将在临江市举行。",
    "截至9月底，全县拥有收割机1246台，黄沙镇农机专业合作社理事长石桂兰表示满意。",
    "由泉湾海洋考古研究所所长尚伯言团队于2016年打捞出水，展期至9月30日。",
    "于聪是柳岸社区党委书记。他当时在广东省清远市工作，后来转任江澜银行行长。",
    "“十四五”期间，园区新增企业300家；两年间，来自12个省区的专家开展合作。",
    "上周五，华东理工大学教授叶兰英获得《丰收》杂志的奖项，次日返回苏州工业园区。",
    "2023年1至11月，公交日均客运量75.9万人次，较上月增长2%。",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_traditional_script_has_the_names_of_its_simplified_copy(sentences):
    text = "\n".join(sentences)
    written = zhconv.convert(text, "zh-hant")
    assert len(written) == len(text)
    assert written != text

    def spans(script: str) -> list[tuple[int, int, str, int]]:
        return [(n.start, n.end, n.kind, len(n.role)) for n in find_names(script)]

    assert spans(written) == spans(simplified(written)) == spans(text)
    for name in find_names(written):
        assert name.text == written[name.start : name.end]
        assert name.role in written
    assert {zone_key(n.text) for n in find_names(written)} == {
        zone_key(n.text) for n in find_names(text)
    }
    assert {simplified(k): simplified(v) for k, v in aliases(written).items()} == aliases(text)


PIECES = [
    *(
        "梅州",
        "高新区",
        "市",
        "党工委",
        "书记",
        "陆明远",
        "表示",
        "有限公司",
        "(",
        ")",
        "（",
        "）",
        "的",
    ),
    *(
        "科技",
        "和",
        "、",
        "，",
        "。",
        "记者",
        "《",
        "》",
        "“",
        "”",
        "大学",
        "王",
        "·",
        "Meizhou ",
        "局",
    ),
    *(
        "High-tech Zone",
        "广陵区",
        "管委会",
        "摄",
        "/",
        "2024年",
        " ",
        "\n",
        "7家",
        "欧阳",
        "集团",
        "公司",
    ),
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=16).map("".join), st.text(max_size=40)))
def test_names_lie_in_the_text_and_apart(text):
    names = find_names(text)
    assert names == sorted(names, key=lambda name: (name.start, -name.end, name.kind))
    for name in names:
        assert text[name.start : name.end] == name.text != ""
        assert name.role == "" or name.kind == "person"
        assert name.role in text or name.role in {"摄影"}
    apart = [n for n in names if n.kind in {"org", "person"}]
    for left, right in pairwise(apart):
        assert left.end <= right.start
    for short, full in aliases(text).items():
        assert short in text
        assert full in text
    for name in names:
        zone_key(name.text)
