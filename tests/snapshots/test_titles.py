"""Which titles mean the same dataset, and which must not be taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from versions import Row, compared, records


def verdict(old: Row, *new: Row, folder: Path) -> tuple[str, str]:
    """Return what became of one dataset among others, and the title of where it is."""
    found = compared(records([old]), records(list(new)), folder)
    (one,) = (*found.same, *found.changed, *found.gone)
    return one.verdict, one.new.title if one.new is not None else ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(("失業勞工子女就學補助", "勞動部"), ("失業勞工子女就學補助名單", "勞動部"), id="a word more"),
        pytest.param(
            ("台北市勞動檢查場次", "臺北市政府勞動局"), ("臺北市 勞動檢查場次", "臺北市政府勞動局"), id="the same"
        ),
        pytest.param(
            ("行政院農業委員會農藥殘留抽驗", "行政院農業委員會"), ("農業部農藥殘留抽驗", "農業部"), id="reorganised"
        ),
        pytest.param(
            ("桃園縣公有停車場費率", "桃園縣政府交通局"), ("桃園市公有停車場費率", "桃園市政府交通局"), id="a city now"
        ),
        pytest.param(("外籍勞工申訴案件辦理", "勞動部"), ("移工申訴案件辦理", "勞動部"), id="another word for it"),
        pytest.param(
            ("工地安全稽查成果", "臺中市政府"), ("臺中市工地安全稽查成果", "臺中市政府勞工局"), id="its bureau"
        ),
        pytest.param(("堆高機訓練機構100-106年", "勞動部"), ("堆高機訓練機構100-112年", "勞動部"), id="a longer span"),
        pytest.param(("水質檢測一○六年度結果", "水利署"), ("水質檢測106年度結果", "水利署"), id="numbers"),
        pytest.param(
            ("矯正署訓練監獄分決算(按年)", "法務部矯正署"),
            ("矯正署訓練監獄分決算(按年)(更新)", "法務部矯正署訓練監獄"),
            id="its own office",
        ),
        pytest.param(
            ("勞動部南區辦公室_外勞違規裁處法令", "勞動部"),
            ("外勞違規裁處法令", "勞動部勞動力發展署"),
            id="an office's head",
        ),
        pytest.param(("遊艇停泊船席 (104.01.01~107.04.30)", "航港局"), ("遊艇停泊船席", "航港局"), id="days in full"),
        pytest.param(("遊艇停泊船席-2018/07/09更新", "航港局"), ("遊艇停泊船席", "航港局"), id="the day of an update"),
        pytest.param(("遊艇停泊規費", "航港局"), ("遊艇停泊規費(自104年度起)", "航港局"), id="from a year on"),
        pytest.param(("臺閩地區田賦徵收筆數", "賦稅署"), ("田賦徵收筆數", "賦稅署"), id="all of the country"),
        pytest.param(
            ("田賦統計表-縣市別：桃園縣", "賦稅署"), ("田賦統計表-桃園市", "賦稅署"), id="a part that is a city now"
        ),
        pytest.param(("鐵路基金決算數", "鐵道局"), ("鐵路基金附屬單位決算", "鐵道局"), id="a fund's account"),
        pytest.param(("遊艇使用調查", "航港局"), ("遊艇使用調查(Yacht Usage Survey)", "航港局"), id="two languages"),
        pytest.param(("公告航港局遊艇證照", "航港局"), ("航港局遊艇證照", "航港局"), id="made known"),
        pytest.param(
            ("海洋巡防總局艦艇值勤紀錄", "海巡署"),
            ("海洋巡防總局(現海巡署)艦艇值勤紀錄", "海巡署"),
            id="the name of today",
        ),
        pytest.param(
            ("096年度1428條土石流影響範圍示意圖(TWD97)", "農村署"),
            ("096年度1420條土石流影響範圍示意圖(TWD97)", "農村署"),
            id="a number, not TWD97",
        ),
        pytest.param(
            ("未來2天海象預報圖示說明", "航港局"), ("未來3天海象預報圖示說明", "航港局"), id="a number, alone"
        ),
        pytest.param(
            ("文資局古蹟巡查紀錄", "文化部文化資產局"), ("古蹟巡查紀錄", "文化部文化資產局"), id="a short name"
        ),
        pytest.param(
            ("退輔會安養基金決算", "輔導會"), ("退輔會附屬單位決算（安養基金）", "輔導會"), id="a fund in brackets"
        ),
        pytest.param(("單位預算(法定預算)航港局", "航港局"), ("航港局單位預算表", "航港局"), id="said twice"),
        pytest.param(
            ("車種旅次平均長度(TDCS_M07A)", "高公局"), ("車種旅次平均長度(M07A)", "高公局"), id="a code, and more"
        ),
        pytest.param(
            ("公廁清潔評鑑資訊(新增區別)", "環保局"), ("公廁清潔評鑑資訊", "環保局"), id="a remark in brackets"
        ),
        pytest.param(
            ("VD 靜態資訊(vd_info.xml.gz)", "高公局"), ("VD 靜態資訊(v2.0)", "高公局"), id="names of files in brackets"
        ),
        pytest.param(
            ("區域發展統計彙編 ─ 2-9. 野生動物保護區設置", "國發會"),
            ("5-2 野生動物保護區設置", "國發會"),
            id="the name of a collection",
        ),
        pytest.param(
            ("國道新建工程處最高橋梁與隧道位置", "高公局"), ("最高橋梁與隧道位置", "高公局"), id="an office that was"
        ),
        pytest.param(("104年土地公告現值查詢", "地政局"), ("104年公告土地現值查詢", "地政局"), id="words turned round"),
        pytest.param(
            ("漁船用油補貼發放查核結果", "高雄市政府海洋局"),
            ("各區漁船用油補貼發放查核結果", "高雄市政府農業局"),
            id="a sister bureau",
        ),
        pytest.param(
            ("大型運動場館使用規費", "運動局"), ("運動場館使用規費", "運動局"), id="a word less, and no rival"
        ),
        pytest.param(
            ("臺東風箏放飛地點", "臺東縣政府"), ("風箏放飛地點", "臺東縣政府文化處"), id="a county's short name"
        ),
        pytest.param(
            ("新竹市綠美化店家", "環境部"),
            ("新竹市綠美化店家資訊", "新竹市環境保護局"),
            id="a ministry's, of one county",
        ),
        pytest.param(
            ("中港園區員工托育名單", "經濟部加工出口區管理處"),
            ("園管局臺中港科技園區員工托育名單", "經濟部產業園區管理局"),
            id="a park by its name of today",
        ),
        pytest.param(
            ("新竹縣政府稅捐稽徵局窗口名冊", "新竹縣政府"),
            ("新竹縣政府稅務局窗口名冊", "新竹縣政府稅務局"),
            id="a tax office",
        ),
        pytest.param(("褔利社名冊", "輔導會"), ("福利社名冊", "輔導會"), id="a character that looks alike"),
        pytest.param(("空汙費率表", "環保局"), ("空污費率表", "環保局"), id="a character's variant"),
        pytest.param(("獸醫所簡報", "農業部"), ("家畜衛生試驗所簡報", "農業部"), id="an institute's former name"),
        pytest.param(("遊艇靠泊件數-截至1070331", "航港局"), ("遊艇靠泊件數", "航港局"), id="as of a day"),
        pytest.param(
            ("遊艇靠泊景點", "航港局"), ("遊艇靠泊景點(最後更新為110年5月，已關站)", "航港局"), id="the last update"
        ),
        pytest.param(("碼頭等級表", "航港局"), ("碼頭等級表(111.07.01適用)", "航港局"), id="in force from a day on"),
        pytest.param(
            ("遊艇獎助季報", "航港局"), ("遊艇獎助季報(107年7月至109年3月)", "航港局"), id="from month to month"
        ),
    ],
)
def test_the_same_dataset(old: Row, new: Row, tmp_path: Path) -> None:
    found, title = verdict(old, new, ("不相干的資料集名稱", new[1]), folder=tmp_path)
    assert found in ("renamed", "changed", "unchanged")
    assert title == new[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("公園綠地面積大安區", "公園綠地面積信義區", id="another district"),
        pytest.param("公園綠地面積-大安區", "公園綠地面積-信義區", id="another district, apart"),
        pytest.param("各縣市職災人數第1季", "各縣市職災人數第2季", id="another quarter"),
        pytest.param("新北市公車站牌位置", "基隆市公車站牌位置", id="another county"),
        pytest.param("高雄市大社區里活動中心資訊", "高雄市仁武區里活動中心資訊", id="another district, first"),
        pytest.param("受僱勞工平均工時女性", "受僱勞工平均工時男性", id="women and men"),
        pytest.param("農產品進口數量與金額", "農產品出口數量與金額", id="import and export"),
        pytest.param("公立幼兒園核定名額", "私立幼兒園核定名額", id="public and private"),
        pytest.param("國小學生裸視視力檢查", "國中學生裸視視力檢查", id="schools"),
        pytest.param("石門水庫水位量測資料", "石門水庫水質量測月報", id="level and quality of water"),
        pytest.param("基金單位預算", "基金單位決算", id="budget and account"),
        pytest.param("所得稅5分位申報統計", "所得稅10分位申報統計", id="a number of no date"),
    ],
)
def test_another_dataset(old: str, new: str, tmp_path: Path) -> None:
    assert verdict((old, "某某機關"), (new, "某某機關"), folder=tmp_path)[0] == "vanished"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("107年職業災害統計", "108年職業災害統計", id="another year"),
        pytest.param("101年起火建築物燃燒面積", "102年起火建築物燃燒面積", id="起 of another word"),
        pytest.param("第3屆里長通訊名冊", "第4屆里長通訊名冊", id="another term"),
        pytest.param("106年度地方稅務局歲出預算", "111年度財政稅務局歲出預算", id="an office under another name"),
    ],
)
def test_a_later_edition_stands_instead(old: str, new: str, tmp_path: Path) -> None:
    """It is not the same dataset: what it said of its own time is not listed any more."""
    assert verdict((old, "某某機關"), (new, "某某機關"), folder=tmp_path) == ("superseded", new)


def found(old: list[Row], new: list[Row], folder: Path) -> dict[str, tuple[str, str]]:
    """Return the title of each old dataset → what became of it, and the title of where it is."""
    told = compared(records(old), records(new), folder)
    outcomes = (*told.same, *told.changed, *told.gone)
    return {one.old.title: (one.verdict, one.new.title if one.new else "") for one in outcomes if one.old}


def test_an_edition_that_is_missing_between_others_vanished(tmp_path: Path) -> None:
    years = [(f"{year}年職業災害統計", "職安署") for year in (103, 104, 105)]
    told = found(years, [years[0], years[2], ("106年職業災害統計", "職安署")], tmp_path)
    assert told["104年職業災害統計"] == ("vanished", "106年職業災害統計")


def test_an_edition_whose_successors_were_there_already_vanished(tmp_path: Path) -> None:
    """Nothing took its place: what stood beside it stands there still."""
    years = [(f"{year}年職業災害統計", "職安署") for year in (103, 104)]
    assert found(years, years[1:], tmp_path)["103年職業災害統計"] == ("vanished", "104年職業災害統計")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("106年12月勞動檢查處分案件", "勞動檢查處分案件", id="a month"),
        pytest.param("103年度勞動檢查處分案件", "勞動檢查處分案件(106年度以前)", id="within a span"),
        pytest.param("104年度勞動檢查處分案件", "歷年勞動檢查處分案件", id="all years"),
        pytest.param("104年3月勞動檢查處分案件", "104年度勞動檢查處分案件", id="its year"),
    ],
)
def test_a_series_that_became_one(old: str, new: str, tmp_path: Path) -> None:
    other = old.replace("12月", "11月").replace("103", "102").replace("104", "105" if "3月" not in old else "104")
    other = other.replace("104年3月", "104年4月")
    found = compared(
        records((title, "勞動部") for title in [old, other]), records((title, "勞動部") for title in [new]), tmp_path
    )
    assert {one.verdict for one in found.gone} | {one.verdict for one in found.changed} <= {"merged", "renamed"}
    assert not found.added or len(found.gone) == 2


def test_what_was_listed_twice_is_listed_once(tmp_path: Path) -> None:
    told = found(
        [("遊艇碼頭位置統計", "航港局"), ("遊艇碼頭位置資料", "航港局")], [("遊艇碼頭位置統計", "航港局")], tmp_path
    )
    assert told["遊艇碼頭位置資料"] == ("merged", "遊艇碼頭位置統計")


def test_a_family_went_into_one_dataset(tmp_path: Path) -> None:
    """Of counties, of offices, of districts: each family has one dataset that is called like it."""
    counties = [
        (f"高速鐵路{name}路段毗鄰地區限建範圍圖", "鐵道局")
        for name in ("臺北市", "桃園市", "苗栗縣", "彰化縣", "雲林縣")
    ]
    homes = [(f"{name}榮家公務電話一覽表", "輔導會") for name in ("佳里", "八德", "馬蘭", "岡山", "白河")]
    parts = [(f"{name}分局歷年歲出預算表", "警察局") for name in ("八德", "龍潭", "大溪", "中壢", "楊梅")]
    lines = "高速鐵路沿線路段毗鄰地區限建範圍圖"
    wholes = [(lines, "鐵道局"), ("所屬榮家公務電話一覽表", "輔導會"), ("本部及所屬各機關歲出預算表", "警察局")]
    told = found([*counties, *homes, *parts], [*wholes, ("古蹟", "文化局")], tmp_path)
    for family, (whole, _) in zip((counties, homes, parts), wholes, strict=True):
        assert {told[title] for title, _ in family} == {("merged", whole)}


def test_a_part_of_a_later_edition_is_not_held_by_it(tmp_path: Path) -> None:
    parts = [(f"107學年度國中學區-{name}區", "教育局") for name in ("永和", "板橋", "三重", "土城", "樹林")]
    told = found(parts, [("114學年度國中學區", "教育局")], tmp_path)
    assert {told[title] for title, _ in parts} == {("superseded", "114學年度國中學區")}


def test_a_series_that_is_called_otherwise_now(tmp_path: Path) -> None:
    months = [(f"106年{month}月消防安全檢查不合格場所清冊", "消防局") for month in (1, 2, 3)]
    told = found(months, [("消防安全檢查重大不合格場所清冊", "消防局"), ("古蹟", "消防局")], tmp_path)
    assert {told[title] for title, _ in months} == {("merged", "消防安全檢查重大不合格場所清冊")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("桃園市碼頭事故資料表", "桃園市碼頭事故點位每年統計(101至106年)", id="of its years"),
        pytest.param("來臺旅客碼頭調查", "歷年來臺旅客碼頭調查", id="歷年, and 來 of another word"),
    ],
)
def test_a_series_went_into_what_is_of_its_years(old: str, new: str, tmp_path: Path) -> None:
    years = [(f"{year}年{old}", "某某機關") for year in (103, 104)]
    told = found(years, [(new, "某某機關"), ("古蹟", "某某機關")], tmp_path)
    assert set(told.values()) == {("merged", new)}


def test_a_series_did_not_go_into_what_is_of_later_years(tmp_path: Path) -> None:
    years = [(f"桃園市{year}年碼頭事故資料表", "某某機關") for year in (100, 101)]
    told = found(years, [("桃園市最近6年(108年至113年)碼頭事故點位統計", "某某機關")], tmp_path)
    assert not {verdict_ for verdict_, _ in told.values()} & {"merged", "renamed"}


def test_a_sister_bureau_is_not_taken_where_its_own_goes_on(tmp_path: Path) -> None:
    old = [("102年度歲入來源別決算表", "苗栗縣政府稅務局")]
    new = [("112年度歲入來源別決算表", "苗栗縣政府稅務局"), ("歲入來源別決算表", "苗栗縣政府主計處")]
    assert found(old, new, tmp_path)["102年度歲入來源別決算表"] == ("superseded", "112年度歲入來源別決算表")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("長者日間照顧費用補助辦理", "長者生活輔具費用補助辦理", id="another allowance"),
        pytest.param("106年消防安全檢查不合格場所清冊", "消防安全檢查重大不合格場所清冊", id="a series"),
    ],
)
def test_where_identifiers_tell_datasets_titles_must_say_more(old: str, new: str, tmp_path: Path) -> None:
    """A dataset that was deleted did not become whatever new one is called a little like it."""
    kept = [
        {"資料集識別碼": f"9000{at}", "資料集名稱": f"{name}名冊", "提供機關": "運動局"}
        for at, name in enumerate("甲乙丙丁")
    ]
    gone = {"資料集識別碼": "90011", "資料集名稱": old, "提供機關": "運動局"}
    come = {"資料集識別碼": "90012", "資料集名稱": new, "提供機關": "運動局"}
    told = compared([*kept, gone], [*kept, come], tmp_path)
    assert [one.verdict for one in told.gone] == ["vanished"]


def test_strangers_budgets_are_no_successors(tmp_path: Path) -> None:
    old = [("農業委員會公務預算補捐助資料", "農業委員會")]
    new = [("福利部主管公務預算補捐助情形表", "福利部會計處")]
    assert found(old, new, tmp_path)[old[0][0]][0] == "vanished"


def test_agencies_teach_each_other(tmp_path: Path) -> None:
    """Five datasets went one way: the sixth, whose title two agencies have, went with them."""
    titles = [f"試驗林第{name}林班測繪圖" for name in ("甲", "乙", "丙", "丁", "戊")]
    old = [(title, "林務試驗所") for title in titles] + [("苗木清單", "林務試驗所")]
    new = [(title, "森林研究中心") for title in titles] + [("苗木清單", "森林研究中心"), ("苗木清單", "水產改良場")]
    found = compared(records(old), records(new), tmp_path)
    assert [one.verdict for one in found.gone] == []
    assert [(one.shown.title, one.shown.agency) for one in found.added] == [("苗木清單", "水產改良場")]


def test_a_number_is_not_let_go_where_others_differ_in_it(tmp_path: Path) -> None:
    new = [("未來3天海象預報圖示說明", "航港局"), ("未來7天海象預報圖示說明", "航港局")]
    assert verdict(("未來2天海象預報圖示說明", "航港局"), *new, folder=tmp_path)[0] == "vanished"


def test_what_was_split_went_into_the_part_that_is_most_like_it(tmp_path: Path) -> None:
    tails = [
        "依個案研判日期別逐週統計之確定病例人數與比率(以週為單位)",
        "依發病日期別逐月統計之確定病例人數(以月為單位)",
    ]
    parts = [f"地區年齡性別統計表-霍亂弧菌-{tail}" for tail in tails]
    new = [(title, "疾病管制署") for title in parts]
    assert verdict(("地區年齡性別統計表-霍亂弧菌", "疾病管制署"), *new, folder=tmp_path) == ("superseded", parts[1])


def test_what_is_listed_by_dates_now_is_surer_than_a_part(tmp_path: Path) -> None:
    dated = "臺中市105年航空照片圖(GIS)_TWD97"
    new = [("臺中市航空照片圖(GIS)__初版", "地政局"), ("臺中市航空照片圖(GIS)甲版", "地政局"), (dated, "地政局")]
    assert verdict(("臺中市航空照片圖(GIS)_TWD97", "地政局"), *new, folder=tmp_path) == ("superseded", dated)


@pytest.mark.parametrize(("host", "expected"), [("ws.klcg.gov.tw", "renamed"), ("webws.miaoli.gov.tw", "vanished")])
def test_an_office_without_a_county_is_where_its_files_stand(host: str, expected: str, tmp_path: Path) -> None:
    """Many counties have a 社會處; the domain of its files tells whose it is."""
    old = [{"資料集名稱": "基隆市老人文康休閒巡迴車班表", "提供機關": "基隆市政府社會處"}]
    record = {"資料集名稱": "老人文康休閒巡迴車班表", "提供機關": "社會處", "資料下載網址": f"https://{host}/bus.csv"}
    new = [{"資料集識別碼": "900001", **record}]
    found = compared(old, new, tmp_path)
    assert [one.verdict for one in (*found.same, *found.changed, *found.gone)] == [expected]


def test_what_was_absorbed_is_called_by_its_name_still(tmp_path: Path) -> None:
    """Its accounts are listed by the agency that it went into; those of another that went there too are not these."""
    old = [(f"臺灣省政府105年{month}月會計報告", "臺灣省政府") for month in (3, 4)]
    other = [("福建省政府105年3月會計報告", "福建省政府"), ("4月份會計報告", "福建省政府")]
    new = [("國家發展委員會會計月報", "國家發展委員會"), ("臺灣省政府會計月報", "國家發展委員會")]
    told = found([*old, *other], new, tmp_path)
    assert {told[title] for title, _ in old} == {("merged", "臺灣省政府會計月報")}
    assert {told[title][0] for title, _ in other} == {"vanished"}


def test_an_agency_that_is_there_still_did_not_become_what_took_a_part_of_it(tmp_path: Path) -> None:
    old = [(f"國家通訊傳播委員會{year}年度法定預算", "國家通訊傳播委員會") for year in (104, 105)]
    new = [("數位發展部單位預算(法定預算)", "數位發展部"), ("國家通訊傳播委員會單位預算", "國家通訊傳播委員會")]
    assert set(found(old, new, tmp_path).values()) == {("merged", "國家通訊傳播委員會單位預算")}


def test_a_fund_is_itself_whoever_runs_it(tmp_path: Path) -> None:
    old = [(f"{year}年度遊艇遇險救濟基金預算案", "交通部會計處") for year in (105, 106)]
    whole = ("觀光署遊艇遇險救濟基金預算書", "交通部觀光署")
    told = found(
        [*old, ("105年度海難作業基金預算案", "交通部會計處")],
        [whole, ("鐵道作業基金預算", "交通部鐵道局"), ("古蹟", "交通部")],
        tmp_path,
    )
    assert {told[title] for title, _ in old} == {("merged", whole[0])}
    assert told["105年度海難作業基金預算案"][0] == "vanished"


def test_each_county_s_went_into_one_of_all_counties(tmp_path: Path) -> None:
    """The dataset of all the country beside it is called like it too, but does not tell of counties."""
    old = [(f"民眾於{name}以悠遊卡購票金額", "銀行局") for name in ("臺北市", "桃園市", "苗栗縣", "彰化縣", "雲林縣")]
    new = [("以悠遊卡購票金額", "銀行局"), ("民眾於六都十六縣以悠遊卡購票金額", "銀行局")]
    assert set(found(old, new, tmp_path).values()) == {("merged", new[1][0])}


def test_what_is_left_of_a_family_is_of_it(tmp_path: Path) -> None:
    """Two of five are listed by their counties now: the others went into the whole all the same."""
    names = ("臺北市", "桃園市", "苗栗縣", "彰化縣", "雲林縣")
    old = [(f"{name}友善旅店", "環境部") for name in names]
    new = [(f"{name}友善旅店", "環境部") for name in names[:2]] + [("友善旅店旅館資訊", "環境部")]
    assert found(old, new, tmp_path)["雲林縣友善旅店"] == ("merged", "友善旅店旅館資訊")


def test_each_town_s_went_into_one_of_all_towns(tmp_path: Path) -> None:
    old = [
        (f"宜蘭縣{name}公所公共債務情形表", "宜蘭縣政府") for name in ("羅東鎮", "礁溪鄉", "蘇澳鎮", "大同鄉", "冬山鄉")
    ]
    whole = ("宜蘭縣各鄉(鎮、市)公所公共債務情形表", "宜蘭縣政府")
    assert set(found(old, [whole], tmp_path).values()) == {("merged", whole[0])}


def test_of_two_wholes_the_one_that_says_each(tmp_path: Path) -> None:
    old = [(f"桃園市{name}區碼頭現值及租金", "地政局") for name in ("龜山", "八德", "觀音", "龍潭", "大溪")]
    old.append(("99年桃園市碼頭現值及租金", "地政局"))
    new = [("115年度桃園市各區碼頭現值及租金", "地政局"), ("115年度桃園市碼頭現值及租金", "地政局")]
    assert {title for _, title in found(old, new, tmp_path).values()} == {new[0][0]}


def test_a_town_s_does_not_hold_the_city_s(tmp_path: Path) -> None:
    old = ("106年高雄市因應各項災害避難碼頭處所一覽表", "高雄市政府")
    new = [
        ("高雄市因應各項災害避難碼頭場所一覽表", "高雄市政府"),
        ("高雄市大寮區因應各項災害避難碼頭處所一覽表", "高雄市政府"),
    ]
    assert verdict(old, *new, folder=tmp_path)[1] == new[0][0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "各學年度碼頭泳訓班級數",
            ["113學年度碼頭泳訓班級數", "114學年度碼頭泳訓班級數"],
            "114學年度碼頭泳訓班級數",
            id="of all years, now by the year",
        ),
        pytest.param(
            "107年6月歷年碼頭戶數", ["115年2月歷年碼頭戶數"], "115年2月歷年碼頭戶數", id="a month's of all years"
        ),
        pytest.param(
            "104年A2碼頭事故傷亡者與戴用救生衣關係",
            ["A1及A2碼頭事故傷亡人數與戴用救生衣關係(108至114年)"],
            "A1及A2碼頭事故傷亡人數與戴用救生衣關係(108至114年)",
            id="a class of two",
        ),
        pytest.param("煤炭供給與消費", ["煤炭供給與消費月報", "煤炭供給與消費年報"], "煤炭供給與消費月報", id="parts"),
    ],
)
def test_what_stands_instead(old: str, new: list[str], expected: str, tmp_path: Path) -> None:
    told = verdict((old, "某某機關"), *((title, "某某機關") for title in new), folder=tmp_path)
    assert told == ("superseded", expected)


def test_a_series_goes_on_at_an_office_that_does_not_name_its_county(tmp_path: Path) -> None:
    old = [{"資料集名稱": "苗栗縣政府暨所屬公所106年1月公共碼頭情形", "提供機關": "苗栗縣政府"}]
    record = {"資料集名稱": "苗栗縣政府暨所轄各公所114年9月份公共碼頭資訊", "提供機關": "財政處"}
    new = [{"資料集識別碼": "900001", **record, "資料下載網址": "https://webws.miaoli.gov.tw/a.csv"}]
    told = compared(old, new, tmp_path)
    assert [(one.verdict, one.how) for one in told.gone] == [("superseded", "later")]
