"""English questions restated in Chinese, English statements, and names by their sound."""

import re
import string
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.period import find_periods
from qa import glossary
from qa.english import (
    find_pinyin,
    is_english,
    latin_names,
    matches_pinyin,
    restate,
    sounded,
    state,
    synonyms,
)
from qa.pinyin import spells_pinyin

RESTATED = {
    # Values
    "What was the GDP of Hangzhou in 2021?": "杭州2021年生产总值是多少",
    "What is the registered capital of the subsidiary?": "子公司注册资本是多少",
    "What's Wuhan's permanent population?": "武汉常住人口是多少",
    "What was the number of listed companies in Chengdu at the end of 2022?": (
        "成都2022年底上市公司多少家"
    ),
    "In the first half of 2023, what were the total imports and exports of Ningbo?": (
        "宁波2023年上半年进出口总额是多少"
    ),
    "Could you please tell me what the net profit of the bank was in 2018?": (
        "2018年银行净利润是多少"
    ),
    "I'd like to know the forest coverage rate of Guizhou": "贵州森林覆盖率是多少",
    "How much did the company spend on research and development?": "公司研发投入多少",
    "How much was the average wage in Suzhou in 2020?": "苏州2020年平均工资是多少",
    # Changes, shares, comparisons
    "By how much did retail sales of consumer goods rise year on year in August 2023?": (
        "2023年8月社会消费品零售额同比上升多少"
    ),
    "What was the year-on-year increase in electricity consumption?": "用电量同比增长多少",
    "How much higher was the output value in 2022 than in 2018?": "2022年产值比2018年高多少",
    "Was Xiamen's unemployment rate lower in 2021 than in 2020?": ("厦门2021年失业率比2020年低吗"),
    "What is the difference in grain output between 2015 and 2020?": (
        "2015年和2020年粮食产量相差多少"
    ),
    "Which had more patents in 2019, Nanjing or Hefei?": "南京和合肥2019年哪个专利更多",
    # Counts, with the classifier of what is counted
    "How many schools were built in Lhasa in 2016?": "拉萨2016年建设学校多少所",
    "How many invention patents were granted in Xi'an in 2022?": "西安2022年发明专利授权量多少件",
    "How many doctors and nurses did the hospital send to Wuhan?": "医院派出到武汉医生和护士多少个",
    "How many high-tech enterprises are there in Zhuhai High-tech Zone?": (
        "珠海高新区高新技术企业有多少家"
    ),
    "How many tonnes of rice does the cooperative produce a year?": "合作社每年生产水稻多少吨",
    "How many people died in the flood?": "洪水死亡多少人",
    "How many new hospitals did Kunming add in 2018?": "昆明2018年新增医院多少家",
    "How many sets of furniture does the factory make per day?": "工厂每天制造家具多少套",
    "How many days did the exhibition last?": "展览持续多少天",
    "How many of the companies have resumed production?": "复产公司多少家",
    "Please tell me how many jobs the factory will create.": "工厂创建就业多少人",
    "How many passengers were on the plane?": "飞机旅客多少个",
    "How long is the tunnel?": "隧道多长",
    "How long does the trial take?": "审判需要多长时间",
    # Persons and offices
    "Who is the deputy secretary of the Party Working Committee of Suzhou Industrial Park?": (
        "苏州工业园区党工委副书记是谁"
    ),
    "Who is the section chief of the enterprise service bureau?": "企业服务局科长是谁",
    "Who founded Xiaomi?": "谁成立小米",
    "By whom was the bridge built?": "大桥由谁建设",
    "What is her job title?": "她是什么职务",
    "What position does Wang Xiaoming hold at the hospital?": "医院 Wang Xiaoming 担任什么职务",
    "Who is Li Hua?": "Li Hua 是谁",
    "Who is the chairman of Haoyuan Chemical Co., Ltd.?": "Haoyuan 化工有限公司董事长是谁",
    "Who is the chairman and general manager of the group?": "集团董事长、总经理是谁",
    "Which institute in Wuxi set up a research centre?": "无锡哪个研究院设立研究中心",
    # Times and places
    "When was the metro line put into operation?": "地铁线路什么时候投入运营",
    "In which year did the company go public on the Shanghai Stock Exchange?": (
        "公司哪一年在上海证券交易所上市"
    ),
    "On what date was the notice issued?": "通知哪天发布",
    "Where was the forum held?": "论坛在哪里举行",
    "Where is the headquarters of the bank located?": "银行总部在哪里",
    "What was the vaccination rate as of 14 May?": "截至5月14日接种率是多少",
    "How many cases were reported on March 3rd?": "3月3日报道病例多少个",
    # Reasons and manners
    "Why did the enterprise decide to increase investment in Dalian?": "企业为什么决定在大连增资",
    "How did the bureau shorten the approval time?": "局如何缩短审批时间",
    "For what reason was the competition postponed?": "大赛为什么推迟",
    # Choices and lists
    "Which company is Haoyuan a holding subsidiary of?": "Haoyuan 是哪家公司的控股子公司",
    "Which bank issued the bonds?": "哪家银行发行债券",
    "Which universities does the laboratory cooperate with?": "实验室合作哪些大学",
    "What are the pillar industries of Ordos?": "鄂尔多斯支柱产业有哪些",
    "List the three leading industries of Changsha High-tech Zone.": (
        "长沙高新区三大主导产业有哪些"
    ),
    "What kind of robots does the factory produce?": "工厂生产什么机器人",
    "Which city has the highest per capita disposable income?": "哪座城市人均可支配收入最高",
    "What percentage of the enterprises have resumed work?": "复工企业占比多少",
    "Which place does Yantai take among the 100 ports?": "烟台100个港口排名第几",
    "When did the city issue measures for encouraging outstanding talent?": (
        "城市什么时候发布鼓励优秀人才措施"
    ),
    # To confirm
    "Is the firm a wholly-owned subsidiary?": "公司是全资子公司吗",
    "Did Harbin host the Asian Winter Games in 2025?": "哈尔滨2025年举办亚冬会吗",
    "Has the tunnel been completed?": "隧道建成吗",
    # What was said before
    "What about 2017?": "2017年呢",
    "And in the first quarter of 2019?": "2019年一季度呢",
    "How about Hefei?": "合肥呢",
    "And the total area?": "总面积呢",
    "And by how much did it fall?": "下降多少",
    "Why?": "为什么",
    # More than one
    "How many companies took part and how large is the total investment?": (
        "参加公司多少家，总投资多大"
    ),
    "What was the tax revenue of Foshan and Zhongshan in 2014?": "佛山和中山2014年税收是多少",
    "How many projects did Jinan and Qingdao High-tech Zones introduce in 2021?": (
        "济南高新区和青岛高新区2021年引进项目多少个"
    ),
    # No question at all
    "tourism revenue Guilin 2019": "桂林2019年旅游收入",
}


@pytest.mark.parametrize(("question", "chinese"), RESTATED.items())
def test_restated(question, chinese):
    assert restate(question) == chinese


@pytest.mark.parametrize(
    "question",
    ["清远高新区2024年工业增加值是多少？", "SMC把总部落在哪里", "GDP是多少", "2024年？", "", "GDP"],
)
def test_chinese_stays_as_it_is(question):
    assert not is_english(question)
    assert restate(question) == question


def test_chinese_name_in_an_english_question():
    assert restate("What is the market value of 新安股份?") == "新安股份市值是多少"
    assert restate("Who is the general manager of 金禄电子?") == "金禄电子总经理是谁"


def test_what_nobody_knows_stays_visible():
    assert "blorptastic" in restate("What is the blorptastic rate of Shenyang?")


def test_quoted_figures_stay_quoted():
    assert "“3+1”" in restate('What are the "3+1" leading industries?')


WORDS = """
    what how many much who when where why which is the of in at by did was and than more grow
    rank take place less cost hold "four" sets 14 May
    signed companies total investment Foshan Shenyang percent billion yuan about Zhou's high-tech
    zone, first half year ? ! . “四个” (new) & per to from last it
"""
questions = st.lists(
    st.one_of(
        st.sampled_from(WORDS.split()),
        st.integers(0, 10**7).map(str),
        st.from_regex(r"[0-9]{1,4}\.[0-9]{1,2}%?", fullmatch=True),
        st.text(string.ascii_letters + string.punctuation + "é年　", max_size=8),
    ),
    max_size=12,
).map(" ".join)


@given(st.one_of(questions, st.text(max_size=40)))
@settings(max_examples=200, deadline=None)
def test_never_raises_and_keeps_every_number_outside_a_period(question):
    restated = restate(question)
    outside = question
    for span in reversed(find_periods(question)):
        outside = outside[: span.start] + " " + outside[span.end :]
    wanted = Counter(re.findall(r"[0-9]", outside))
    assert not wanted - Counter(re.findall(r"[0-9]", restated)), (question, restated)


@given(
    st.one_of(questions, st.text(max_size=40)), st.sampled_from(["129个", "2022年8月", "是", ""])
)
@settings(max_examples=150, deadline=None)
def test_statement_adds_no_figure_and_keeps_the_answer(question, answer):
    said = state(question, answer)
    assert answer in said
    given_digits = Counter(re.findall(r"\d", question + answer))
    assert not Counter(re.findall(r"\d", said)) - given_digits


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (
            "What was the GDP of Hangzhou in 2021?",
            "18109亿元",
            "The GDP of Hangzhou in 2021 was 18109亿元.",
        ),
        ("Who is the mayor of Wuhu?", "张三", "The mayor of Wuhu is 张三."),
        ("Who founded the company?", "张三", "张三 founded the company."),
        (
            "How many projects were signed at the ceremony?",
            "12个",
            "The number of projects signed at the ceremony was 12个.",
        ),
        (
            "How many projects did Wuhu attract in 2020?",
            "12个",
            "The number of projects that Wuhu attracted in 2020: 12个.",
        ),
        ("By how much did exports grow in 2021?", "7.5%", "Exports grew in 2021 by 7.5%."),
        ("When did Haoyuan go public?", "2022年8月", "Haoyuan went public in 2022年8月."),
        ("When was the notice issued?", "4月30日", "The notice was issued on 4月30日."),
        ("Where was the forum held?", "博鳌", "The forum was held in 博鳌."),
        ("Which bank issued the bonds?", "工商银行", "工商银行 issued the bonds."),
        ("What about 2019?", "70.4亿元", "2019: 70.4亿元"),
        (
            "Why did the firm move to Dalian?",
            "那里营商环境好",
            "Why the firm moved to Dalian: 那里营商环境好",
        ),
        ("Did exports fall in 2020?", "是", "Exports fell in 2020: 是"),
    ],
)
def test_statement(question, answer, said):
    assert state(question, answer) == said


def test_names_in_latin_letters():
    assert latin_names("Who is Zhou Qixian?") == ["Zhou Qixian"]
    assert latin_names("Is Xin'an Tianyu part of Haoyuan Chemical in Foshan?") == [
        "Xin'an Tianyu",
        "Haoyuan",
    ]
    assert latin_names("What was the GDP of Foshan in 2020?") == []


@pytest.mark.parametrize(
    ("latin", "chinese"),
    [
        ("Zhou Qixian", "周岐贤"),
        ("Qixian Zhou", "周岐贤"),
        ("ZHOU Qi-xian", "周岐贤"),
        ("Zeng Weiqing", "曾维清"),
        ("Ouyang Xiu", "欧阳修"),
        ("Xin'an", "新安"),
        ("Lv Bu", "吕布"),
        ("Lu Bu", "吕布"),
        ("Lyu Bu", "吕布"),
        ("Lü Bu", "吕布"),
        ("SMC Zhongguo", "SMC中国"),
    ],
)
def test_name_matches_its_characters(latin, chinese):
    assert matches_pinyin(latin, chinese)


@pytest.mark.parametrize(
    ("latin", "chinese"),
    [
        ("Zhou Qi", "周岐贤"),
        ("Zhou Qixian", "周岐"),
        ("Zhao Qixian", "周岐贤"),
        ("", "周岐贤"),
        ("Zhou", ""),
        ("Apple", "苹果"),
        ("SMC", "SMC"),
    ],
)
def test_name_does_not_match(latin, chinese):
    assert not matches_pinyin(latin, chinese)


def test_name_found_in_a_text():
    text = "走进金禄电子科技股份有限公司,金禄电子的人员"
    assert [text[start:end] for start, end in find_pinyin("Jinlu", text)] == ["金禄", "金禄"]
    assert find_pinyin("Jinlu", "今天陆地") == []
    assert find_pinyin("", text) == []


def test_names_are_written_as_the_texts_write_them():
    texts = [
        "走进金禄电子科技股份有限公司,金禄电子的人员",
        "进路不通",
        "负责人周岐贤表示",
        "江阴高新区",
    ]
    for question, named in [
        ("Jinlu 电子总经理是谁", "金禄电子总经理是谁"),
        ("Zhou Qixian 是什么职务", "周岐贤是什么职务"),
        ("Qixian Zhou 是谁", "周岐贤是谁"),
        ("企业落户 Jiangyin 高新区吗", "企业落户江阴高新区吗"),
        ("Haoyuan 公司总经理是谁", "Haoyuan 公司总经理是谁"),
        ("江阴有多少人", "江阴有多少人"),
        ("Zhou Weiming 是谁", "Zhou Weiming 是谁"),
    ]:
        assert sounded(question, texts) == named


def test_a_name_that_the_texts_have_in_latin_letters_stays():
    assert sounded("Mate 手机销量是多少", ["Mate 手机 Mate", "马特"]) == "Mate 手机销量是多少"


@given(st.text(max_size=30), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_finding_a_name_never_raises_and_finds_what_matches(latin, text):
    for start, end in find_pinyin(latin, text):
        assert matches_pinyin(latin, text[start:end]) or len(latin.split()) == 2


def test_which_words_are_pinyin():
    assert all(spells_pinyin(word) for word in ("Jinlu", "Zhou", "Xi'an", "Qingyuan"))
    assert not any(spells_pinyin(word) for word in ("Tencent", "Apple", "the", ""))


def test_glossary_is_sound():
    found = list(glossary.entries())
    keys = Counter(
        " ".join(word for word in english.split() if word not in glossary.ARTICLES)
        for english, _ in found
    )
    assert len(found) > 1500
    assert [key for key, times in keys.items() if times > 1] == []
    for english, term in found:
        assert english == english.strip().lower() == " ".join(english.split()) != ""
        assert "-" not in english, english
        assert term.kind in ("", "v", "a", "t"), english
        for chinese in term.chinese:
            assert chinese == chinese.strip() != "", english
        assert len(set(term.chinese)) == len(term.chinese), english


def test_every_entry_is_found_by_its_own_words():
    for english, term in glossary.entries():
        words = [word for word in english.split() if word not in glossary.ARTICLES]
        assert glossary.match(words, 0) == (len(words), term)


def test_inflected_words_are_found():
    for words, chinese in [
        ("listed companies", "上市公司"),
        ("high tech industries", "高新技术"),
        ("invested", "投资"),
        ("grew", "增长"),
        ("centers", "中心"),
        ("organized", "组织"),
        ("held", "举行"),
        ("planned", "计划"),
        ("planes", "飞机"),
        ("cities", "城市"),
        ("start ups", "初创企业"),
        ("mcdonald's", "麦当劳"),
    ]:
        found = glossary.match(words.split(), 0)
        assert found is not None
        assert found[1].chinese[0] == chinese


def test_building_is_not_to_build():
    assert glossary.match(["building"], 0) != glossary.match(["build"], 0)
    assert glossary.match(["built"], 0) == glossary.match(["build"], 0)


def test_synonyms():
    assert set(synonyms("生产总值")) >= {"GDP", "地区生产总值"}
    assert "生产总值" not in synonyms("生产总值")
    assert synonyms("没有这个词") == ()


def test_with_a_relative_clause_the_label_is_the_question():
    question = "Which academician is behind the research center that has just settled in Zhuhai?"
    assert state(question, "刘良院士") == f"{question[:-1]}: 刘良院士"


def test_what_a_thing_has():
    stated = state("How many pages does the handbook have?", "34页")
    assert stated == "The number of pages that the handbook has: 34页."
