"""Places by name, Chinese and English: a table, no rules.

For each province its cities of prefecture rank, then countries and well-known foreign cities. An
English question names places by these; of cities that share a spelling (Suzhou, Taizhou) the
larger one is meant.
"""

from __future__ import annotations

import re

_PROVINCES = """
Beijing 北京
Tianjin 天津
Shanghai 上海
Chongqing 重庆
Hebei 河北: Shijiazhuang 石家庄, Tangshan 唐山, Qinhuangdao 秦皇岛, Handan 邯郸, Xingtai 邢台, \
Baoding 保定, Zhangjiakou 张家口, Chengde 承德, Cangzhou 沧州, Langfang 廊坊, Hengshui 衡水, \
Xiong'an 雄安
Shanxi 山西: Taiyuan 太原, Datong 大同, Yangquan 阳泉, Changzhi 长治, Jincheng 晋城, \
Shuozhou 朔州, Jinzhong 晋中, Yuncheng 运城, Xinzhou 忻州, Linfen 临汾, Lüliang 吕梁
Inner-Mongolia 内蒙古: Hohhot 呼和浩特, Baotou 包头, Wuhai 乌海, Chifeng 赤峰, Tongliao 通辽, \
Ordos 鄂尔多斯, Hulunbuir 呼伦贝尔, Bayannur 巴彦淖尔, Ulanqab 乌兰察布, Hinggan 兴安盟, \
Xilingol 锡林郭勒, Alxa 阿拉善
Liaoning 辽宁: Shenyang 沈阳, Dalian 大连, Anshan 鞍山, Fushun 抚顺, Benxi 本溪, Dandong 丹东, \
Jinzhou 锦州, Yingkou 营口, Fuxin 阜新, Liaoyang 辽阳, Panjin 盘锦, Tieling 铁岭, Chaoyang 朝阳, \
Huludao 葫芦岛
Jilin 吉林: Changchun 长春, Siping 四平, Liaoyuan 辽源, Tonghua 通化, Baishan 白山, \
Songyuan 松原, Baicheng 白城, Yanbian 延边
Heilongjiang 黑龙江: Harbin 哈尔滨, Qiqihar 齐齐哈尔, Jixi 鸡西, Hegang 鹤岗, \
Shuangyashan 双鸭山, Daqing 大庆, Yichun 伊春, Jiamusi 佳木斯, Qitaihe 七台河, \
Mudanjiang 牡丹江, Heihe 黑河, Suihua 绥化
Jiangsu 江苏: Nanjing 南京, Wuxi 无锡, Xuzhou 徐州, Changzhou 常州, Suzhou 苏州, Nantong 南通, \
Lianyungang 连云港, Huai'an 淮安, Yancheng 盐城, Yangzhou 扬州, Zhenjiang 镇江, Taizhou 泰州, \
Suqian 宿迁, Kunshan 昆山
Zhejiang 浙江: Hangzhou 杭州, Ningbo 宁波, Wenzhou 温州, Jiaxing 嘉兴, Huzhou 湖州, \
Shaoxing 绍兴, Jinhua 金华, Quzhou 衢州, Zhoushan 舟山, Taizhou 台州, Lishui 丽水, Yiwu 义乌
Anhui 安徽: Hefei 合肥, Wuhu 芜湖, Bengbu 蚌埠, Huainan 淮南, Ma'anshan 马鞍山, Huaibei 淮北, \
Tongling 铜陵, Anqing 安庆, Huangshan 黄山, Chuzhou 滁州, Fuyang 阜阳, Suzhou 宿州, Lu'an 六安, \
Bozhou 亳州, Chizhou 池州, Xuancheng 宣城
Fujian 福建: Fuzhou 福州, Xiamen 厦门, Putian 莆田, Sanming 三明, Quanzhou 泉州, Zhangzhou 漳州, \
Nanping 南平, Longyan 龙岩, Ningde 宁德
Jiangxi 江西: Nanchang 南昌, Jingdezhen 景德镇, Pingxiang 萍乡, Jiujiang 九江, Xinyu 新余, \
Yingtan 鹰潭, Ganzhou 赣州, Ji'an 吉安, Yichun 宜春, Fuzhou 抚州, Shangrao 上饶
Shandong 山东: Jinan 济南, Qingdao 青岛, Zibo 淄博, Zaozhuang 枣庄, Dongying 东营, Yantai 烟台, \
Weifang 潍坊, Jining 济宁, Tai'an 泰安, Weihai 威海, Rizhao 日照, Linyi 临沂, Dezhou 德州, \
Liaocheng 聊城, Binzhou 滨州, Heze 菏泽
Henan 河南: Zhengzhou 郑州, Kaifeng 开封, Luoyang 洛阳, Pingdingshan 平顶山, Anyang 安阳, \
Hebi 鹤壁, Xinxiang 新乡, Jiaozuo 焦作, Puyang 濮阳, Xuchang 许昌, Luohe 漯河, Sanmenxia 三门峡, \
Nanyang 南阳, Shangqiu 商丘, Xinyang 信阳, Zhoukou 周口, Zhumadian 驻马店, Jiyuan 济源
Hubei 湖北: Wuhan 武汉, Huangshi 黄石, Shiyan 十堰, Yichang 宜昌, Xiangyang 襄阳, Ezhou 鄂州, \
Jingmen 荆门, Xiaogan 孝感, Jingzhou 荆州, Huanggang 黄冈, Xianning 咸宁, Suizhou 随州, \
Enshi 恩施, Xiantao 仙桃, Qianjiang 潜江, Tianmen 天门
Hunan 湖南: Changsha 长沙, Zhuzhou 株洲, Xiangtan 湘潭, Hengyang 衡阳, Shaoyang 邵阳, \
Yueyang 岳阳, Changde 常德, Zhangjiajie 张家界, Yiyang 益阳, Chenzhou 郴州, Yongzhou 永州, \
Huaihua 怀化, Loudi 娄底, Xiangxi 湘西
Guangdong 广东: Guangzhou 广州, Shenzhen 深圳, Zhuhai 珠海, Shantou 汕头, Foshan 佛山, \
Shaoguan 韶关, Zhanjiang 湛江, Zhaoqing 肇庆, Jiangmen 江门, Maoming 茂名, Huizhou 惠州, \
Meizhou 梅州, Shanwei 汕尾, Heyuan 河源, Yangjiang 阳江, Qingyuan 清远, Dongguan 东莞, \
Zhongshan 中山, Chaozhou 潮州, Jieyang 揭阳, Yunfu 云浮
Guangxi 广西: Nanning 南宁, Liuzhou 柳州, Guilin 桂林, Wuzhou 梧州, Beihai 北海, \
Fangchenggang 防城港, Qinzhou 钦州, Guigang 贵港, Yulin 玉林, Baise 百色, Hezhou 贺州, \
Hechi 河池, Laibin 来宾, Chongzuo 崇左
Hainan 海南: Haikou 海口, Sanya 三亚, Sansha 三沙, Danzhou 儋州
Sichuan 四川: Chengdu 成都, Zigong 自贡, Panzhihua 攀枝花, Luzhou 泸州, Deyang 德阳, \
Mianyang 绵阳, Guangyuan 广元, Suining 遂宁, Neijiang 内江, Leshan 乐山, Nanchong 南充, \
Meishan 眉山, Yibin 宜宾, Guang'an 广安, Dazhou 达州, Ya'an 雅安, Bazhong 巴中, Ziyang 资阳, \
Aba 阿坝, Garzê 甘孜, Liangshan 凉山
Guizhou 贵州: Guiyang 贵阳, Liupanshui 六盘水, Zunyi 遵义, Anshun 安顺, Bijie 毕节, \
Tongren 铜仁, Qianxinan 黔西南, Qiandongnan 黔东南, Qiannan 黔南
Yunnan 云南: Kunming 昆明, Qujing 曲靖, Yuxi 玉溪, Baoshan 保山, Zhaotong 昭通, Lijiang 丽江, \
Pu'er 普洱, Lincang 临沧, Chuxiong 楚雄, Honghe 红河, Wenshan 文山, Xishuangbanna 西双版纳, \
Dali 大理, Dehong 德宏, Nujiang 怒江, Dêqên 迪庆
Tibet 西藏: Lhasa 拉萨, Shigatse 日喀则, Chamdo 昌都, Nyingchi 林芝, Shannan 山南, Nagqu 那曲, \
Ngari 阿里
Shaanxi 陕西: Xi'an 西安, Tongchuan 铜川, Baoji 宝鸡, Xianyang 咸阳, Weinan 渭南, Yan'an 延安, \
Hanzhong 汉中, Yulin 榆林, Ankang 安康, Shangluo 商洛
Gansu 甘肃: Lanzhou 兰州, Jiayuguan 嘉峪关, Jinchang 金昌, Baiyin 白银, Tianshui 天水, \
Wuwei 武威, Zhangye 张掖, Pingliang 平凉, Jiuquan 酒泉, Qingyang 庆阳, Dingxi 定西, \
Longnan 陇南, Linxia 临夏, Gannan 甘南
Qinghai 青海: Xining 西宁, Haidong 海东, Haibei 海北, Huangnan 黄南, Golog 果洛, Yushu 玉树, \
Haixi 海西
Ningxia 宁夏: Yinchuan 银川, Shizuishan 石嘴山, Wuzhong 吴忠, Guyuan 固原, Zhongwei 中卫
Xinjiang 新疆: Urumqi 乌鲁木齐, Karamay 克拉玛依, Turpan 吐鲁番, Hami 哈密, Changji 昌吉, \
Bortala 博尔塔拉, Bayingolin 巴音郭楞, Aksu 阿克苏, Kizilsu 克孜勒苏, Kashgar 喀什, Hotan 和田, \
Ili 伊犁, Tacheng 塔城, Altay 阿勒泰, Shihezi 石河子
Hong-Kong 香港
Macao 澳门
Taiwan 台湾: Taipei 台北, Kaohsiung 高雄, Taichung 台中, Tainan 台南, Hsinchu 新竹
"""
_ABROAD = """
China 中国, United-States 美国, Japan 日本, South-Korea 韩国, North-Korea 朝鲜, Russia 俄罗斯, \
Ukraine 乌克兰, United-Kingdom 英国, France 法国, Germany 德国, Italy 意大利, Spain 西班牙, \
Portugal 葡萄牙, Netherlands 荷兰, Belgium 比利时, Switzerland 瑞士, Austria 奥地利, \
Sweden 瑞典, Norway 挪威, Denmark 丹麦, Finland 芬兰, Iceland 冰岛, Ireland 爱尔兰, Poland 波兰, \
Hungary 匈牙利, Czech-Republic 捷克, Slovakia 斯洛伐克, Romania 罗马尼亚, Bulgaria 保加利亚, \
Serbia 塞尔维亚, Croatia 克罗地亚, Greece 希腊, Turkey 土耳其, Belarus 白俄罗斯, \
Lithuania 立陶宛, Latvia 拉脱维亚, Estonia 爱沙尼亚, Israel 以色列, Palestine 巴勒斯坦, \
Iran 伊朗, Iraq 伊拉克, Syria 叙利亚, Saudi-Arabia 沙特, Qatar 卡塔尔, Kuwait 科威特, \
Jordan 约旦, Lebanon 黎巴嫩, Egypt 埃及, Libya 利比亚, Algeria 阿尔及利亚, Morocco 摩洛哥, \
Sudan 苏丹, Ethiopia 埃塞俄比亚, Kenya 肯尼亚, Nigeria 尼日利亚, South-Africa 南非, India 印度, \
Pakistan 巴基斯坦, Bangladesh 孟加拉国, Sri-Lanka 斯里兰卡, Nepal 尼泊尔, Myanmar 缅甸, \
Thailand 泰国, Vietnam 越南, Laos 老挝, Cambodia 柬埔寨, Malaysia 马来西亚, Singapore 新加坡, \
Indonesia 印度尼西亚, Philippines 菲律宾, Brunei 文莱, Mongolia 蒙古国, Kazakhstan 哈萨克斯坦, \
Uzbekistan 乌兹别克斯坦, Kyrgyzstan 吉尔吉斯斯坦, Tajikistan 塔吉克斯坦, Afghanistan 阿富汗, \
Australia 澳大利亚, New-Zealand 新西兰, Canada 加拿大, Mexico 墨西哥, Cuba 古巴, Brazil 巴西, \
Argentina 阿根廷, Chile 智利, Peru 秘鲁, Colombia 哥伦比亚, Venezuela 委内瑞拉, Niger 尼日尔, \
Tokyo 东京, Osaka 大阪, Seoul 首尔, Moscow 莫斯科, London 伦敦, Paris 巴黎, Berlin 柏林, \
Munich 慕尼黑, Rome 罗马, Madrid 马德里, Brussels 布鲁塞尔, Geneva 日内瓦, Vienna 维也纳, \
New-York 纽约, Washington 华盛顿, San-Francisco 旧金山, Los-Angeles 洛杉矶, Chicago 芝加哥, \
Toronto 多伦多, Vancouver 温哥华, Sydney 悉尼, Melbourne 墨尔本, Dubai 迪拜, Bangkok 曼谷, \
Jakarta 雅加达, Hanoi 河内, Kyiv 基辅, Cairo 开罗
"""
_OTHER_SPELLINGS = {
    "the us": "美国",
    "usa": "美国",
    "america": "美国",
    "britain": "英国",
    "uk": "英国",
    "korea": "韩国",
    "peking": "北京",
    "macau": "澳门",
    "zhongguancun": "中关村",
    "pudong": "浦东",
    "yizhuang": "亦庄",
    "liangjiang": "两江",
    "binhai": "滨海",
    "beijing-tianjin-hebei": "京津冀",
    "yangtze river delta": "长三角",
    "greater bay area": "大湾区",
    "moskau": "莫斯科",
}
_PLAIN = str.maketrans("üêë", "uee", "'’-")


def _entries(table: str) -> list[tuple[str, str]]:
    pairs = [entry.split() for entry in re.split(r"[,:\n]", table) if entry.strip()]
    return [(spelling.replace("-", " "), chinese) for spelling, chinese in pairs]


def _key(spelling: str) -> str:
    return spelling.lower().translate(_PLAIN).replace(" ", "")


PROVINCES: frozenset[str] = frozenset(
    line.split(":")[0].split()[1] for line in _PROVINCES.strip().splitlines()
)
CITIES: frozenset[str] = frozenset(name for _, name in _entries(_PROVINCES)) - PROVINCES
ABROAD: frozenset[str] = frozenset(name for _, name in _entries(_ABROAD))

REGIONS: tuple[str, ...] = (
    *(
        "粤港澳大湾区",
        "长江三角洲",
        "珠江三角洲",
        "长江经济带",
        "黄河流域",
        "长三角",
        "珠三角",
        "京津冀",
    ),
    *(
        "成渝",
        "粤东",
        "粤西",
        "粤北",
        "苏南",
        "苏北",
        "鲁南",
        "闽南",
        "湘南",
        "赣南",
        "皖北",
        "陕北",
    ),
    *("华东", "华南", "华北", "华中", "东北三省", "欧盟", "东盟", "中关村"),
)

# Reversed, so that of two places with one spelling the first named keeps it.
_BY_SPELLING: dict[str, str] = {
    _key(spelling): name
    for spelling, name in reversed(
        _entries(_PROVINCES) + _entries(_ABROAD) + list(_OTHER_SPELLINGS.items())
    )
}
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]{2,})?")
_WORDS_AT_MOST = 3


def english_places(text: str) -> list[tuple[int, int, str]]:
    """Places spelled in Latin letters: `(start, end, Chinese name)`, in order."""
    words = list(_WORD.finditer(text))
    found: list[tuple[int, int, str]] = []
    for index, word in enumerate(words):
        if found and word.start() < found[-1][1]:
            continue
        for count in range(min(_WORDS_AT_MOST, len(words) - index), 0, -1):
            start, end = word.start(), words[index + count - 1].end()
            name = _BY_SPELLING.get(_key(text[start:end].replace("-", " ")))
            if name is not None and (count > 1 or word[0][0].isupper() or name in CITIES):
                found.append((start, end, name))
                break
    return found
