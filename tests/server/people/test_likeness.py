"""Names that could be taken for each other, and names that could not."""

import pytest

from server.people.likeness import alike, likenesses, shape


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Anna", "anna"),
        ("Anna", "\u0410nna"),
        ("Anna", "A\u043fna"),
        ("Анна", "AHHA"),
        ("Анна", "Aннa"),
        ("ВОВА", "вова"),
        ("Вова", "вoва"),
        ("Сергей", "Сергеи"),
        ("Boris", "Βοrіѕ"),
        ("Νίκη", "Nikη"),
        ("Ivan", "lvan"),
        ("Ivan", "1van"),
        ("Otto", "0tt0"),
        ("Marta", "Ma\u0323rta"),
        ("Marta", "Marta."),
        ("Marta", "rnarta"),
        ("Marta", "Ма\u3164rta"),
        ("Marta", "Mar\ufe0fta"),
        ("Marta", "Ｍarta"),
        ("Croupier", "Сrоuріеr"),
        ("Łukasz", "Lukasz"),
        ("Boss", "Bo ss"),
        ("Anna Maria", "AnnaMaria"),
        ("Igor Nash", "Igornash"),
        ("Boss", "ᏴᎾᏚᏚ"),
        ("Boss", "\u13fc\uab8e\uabaa\uabaa"),
        ("Boss", "ʙᴏꜱꜱ"),
        ("Boss", "ꓐꓳꓢꓢ"),
        ("Coco", "ⲤⲟⲤⲞ"),
        ("Otto", "Օttօ"),
        ("House", "Hoʊƨɛ"),
        ("Дилер", "Дuлep"),
        ("Admin", "Admin′"),
        ("Igor", "🅸🅶🅾🆁"),
        ("Croupier", "🇨roupier"),
        ("Anna", "★Anna★"),
        ("Anna", "♛ Anna"),
        ("Anna", "-Anna-"),
        ("Anna", "(Anna)"),
        ("Anna", "!Anna!"),
        ("Anna", "Anna\u02cc"),
        ("Anna", "Anna\ua4f8"),
        ("Anna", "An\u0640na"),
        ("Anna", "Anna\u1427"),
        ("Anna", "Anna 🦊"),
        ("محمد", "مـحمد"),
        ("bot 1-2", "bot 1–2"),
        ("3-D", "3D"),
        ("C-3", "C3"),
    ],
)
def test_names_that_look_alike_are_found(name: str, other: str) -> None:
    assert likenesses(name) & likenesses(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Anna", "Hanna"),
        ("Anna", "Anna 2"),
        ("Анна", "Алла"),
        ("Паша", "Маша"),
        ("Player 1", "Player 11"),
        ("bot 01", "bot 10"),
        ("Юра", "Яра"),
        ("花子", "太郎"),
        ("...", ",,,"),
        ("🦊", "🐻"),
        ("佐々木", "佐木"),
        ("メアリー", "メアリ"),
        ("bot 1-11", "bot 11-1"),
        ("1/2", "12"),
    ],
)
def test_other_names_are_let_in(name: str, other: str) -> None:
    assert not likenesses(name) & likenesses(other)


def test_as_written_the_case_tells_names_apart() -> None:
    assert not alike("alice", "Alice")
    assert alike("alice", "аliсе")


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("АВЕЅКМНОРСТУХ ЈԚԜѴҒЗЧ", "ABESKMHOPCTYX JQWVF34"),  # Cyrillic, large, ...
        ("аьеѕкмноpсту хјԛԝѵғ ԁһ", "abeskmhopcty xjqwvf dh"),  # ... and small.
        ("пгшщыіӏ", "nrwwblil"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ ΔΛΦ", "ABEZHlKMNOPTYX ДЛФ"),  # Greek.
        ("αβεικνορτυχ ωγηπϲϳμ", "abeikvoptux wynncju"),
        ("δλφ ΠΣΓΘ σςθ", "длф nErO oco"),
        ("Đđ Łł Ħħ Ŧŧ ƀ ɡ ƒ ʀ ʏ ʋ", "Dd Ll Hh Tt b g f r y v"),  # Strokes and hooks.
        ("ıɩɨ ɪ ɑ@ ß ɵø Ø", "iii l aa b oo O"),
        ("0 1 I | ! ǀ $", "O l l l l l S"),
        ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᎾᏀᏂᏃᏎᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴ", "DRTiYAJEWMHYOGhZ4bRWSVSLCPKdGB"),
        ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAElOU"),
        ("ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲌⲟⲣⲥⲩⲆⲡ ՕՏԼՍօոսհցզյռղ", "ABEHlKMNOPCTYXZopcyДn OSLUonuhgqjnn"),
        ("\uab70\uab71\uabbf \u13f8\u13fd", "DR\u13ef \u13f0\u13f5"),
        ("ʊ ɾꭇ ɛɘҽ ɗ ŋ ƨ Ⱨⱨ Ȼȼ и ǃ", "u rr eee d n s Hh Cc u l"),
        ("Ⓐⓑ 🄰🅉 🅐🅩 🅰🆉 🇦🇿 🄸", "Ab AZ AZ AZ AZ l"),
        ("ᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡᴢ", "abcdefghjklmnopstuvwz"),
        ("a‐b‑c‒d–e—f―g−h_i ★(j)～k", "abcdefghijk"),
        ("1‐2‑3 4−5_6+7/8", "l-2-34-5-6-7-8"),
    ],
)
def test_each_letter_is_read_as_the_one_that_it_looks_like(written: str, seen: str) -> None:
    assert shape(written) == seen.replace(" ", "")


def test_what_cannot_be_seen_or_hardly_is_no_part_of_a_name() -> None:
    for (
        char
    ) in ".,'`´‘’‚·˙•:;\"“”„ʼʹʻˈ′Ꞌꞌ\u115f\u1160\u3164\uffa0\u2800\u0301\u20dd\u200b\x07\x1f\x7f":
        assert shape(f"An{char}na") == "Anna", hex(ord(char))
    assert shape("An…n．a") == "Anna"  # What comes apart into such marks.
    assert shape("  Anna \u00a0 K ") == "AnnaK"
    assert shape("Annа Кэт 花子") == "AnnaKэt花子"


def test_two_letters_that_look_like_one_are_one() -> None:
    assert (shape("rnod vvest"), shape("mr nv")) == ("modwest", "mrnv")


def test_a_name_of_nothing_but_marks_is_itself() -> None:
    assert shape("...") == "..."


def test_numbered_names_never_collide() -> None:
    names = [f"bot {first}-{second}" for first in range(40) for second in range(40)]
    seen: set[str] = set()
    for name in names:
        keys = likenesses(name)
        assert not keys & seen, name
        seen |= keys


HONEST = (
    *("Anna", "Hanna", "Boris", "Anne-Marie", "O'Brien", "José", "Zoë", "Łukasz", "Jürgen", "Siân"),
    *("Анна", "Борис", "Ольга", "Ёлка", "Сергей", "Їжак", "Ћирић", "Νίκη", "Γιώργος", "Αθηνά"),
    *("محمد", "أحمد", "فاطمة", "علی", "דוד", "שרה", "יעקב", "Արամ", "Անի", "ნინო", "გიორგი"),
    *("राम", "सीता", "रीता", "গোপাল", "রবি", "தமிழ்", "கமலா", "ఆనంద్", "ಕಮಲ", "สมชาย", "สมศรี"),
    *(
        "花子",
        "太郎",
        "佐々木",
        "メアリー",
        "ゆき",
        "さくら",
        "민준",
        "서연",
        "지우",
        "小明",
        "李雷",
    ),
    *("ᏣᎳᎩ", "ᐃᓄᒃ", "ꆈꌠ", "ᱥᱟᱱᱛᱟᱲ", "አበበ", "ትዕግስት", "Nguyễn", "Trần", "R2-D2", "C-3PO", "x_y"),
)


def test_honest_names_of_many_scripts_go_together() -> None:
    seen: dict[str, str] = {}
    for name in HONEST:
        for key in likenesses(name):
            assert seen.setdefault(key, name) == name, (name, seen[key])
