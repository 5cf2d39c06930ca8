"""The table of a night for a spreadsheet, letter by letter."""

from dataclasses import replace

from client.games.roulette.night.night import Night
from client.games.roulette.night.sheet import sheet
from tests.client.games.roulette.night.test_page import HOUSE, OWN, paper

ODD = "1 3 5 7 9 12 14 16 18 19 21 23 25 27 30 32 34 36"
OWN_ROWS = f"""\
Round,Time,Number,Colour,Bet,Covers,Stake,Came back,Net,Verified,Player,Table
11,2026-11-30 11:00 h,17,black,spot&17,17,5,180,175,verified,A & B,T<1>
11,2026-11-30 11:00 h,17,black,spot&153,{ODD},20,0,-20,verified,A & B,T<1>
12,2026-11-30 12:00 h,,void,spot&3,3,30,30,0,not checked,A & B,T<1>
13,2026-11-30 13:00 h,0,green,spot&153,{ODD},2000,0,-2000,does not hold,A & B,T<1>
14,2026-11-30 14:00 h,5,red,spot&17,17,5,0,-5,verified,A & B,T<1>
14,2026-11-30 14:00 h,5,red,spot&153,{ODD},5,10,5,verified,A & B,T<1>
15,2026-11-30 15:00 h,7,red,spot&153,{ODD},1,2,1,verified,A & B,T<1>
16,2026-11-30 16:00 h,2,black,spot&153,{ODD},1,0,-1,verified,A & B,T<1>
"""
HOUSE_ROWS = """\
Round,Time,Number,Colour,Players,Staked,Paid out,The house,Verified,Table
11,2026-11-30 11:00 h,17,black,2,25,180,-155,not checked,T<1>
12,2026-11-30 12:00 h,,void,1,30,30,0,not checked,T<1>
13,2026-11-30 13:00 h,0,green,7,2000,0,2000,not checked,T<1>
"""


def test_the_sheet_is_this() -> None:
    for night, rows in ((OWN, OWN_ROWS), (HOUSE, HOUSE_ROWS), (Night(), OWN_ROWS.splitlines()[0])):
        assert sheet(paper(night)) == "\ufeff" + rows.strip().replace("\n", "\r\n") + "\r\n"


def test_a_cell_that_has_signs_in_it_is_quoted() -> None:
    named = replace(paper(OWN), name='a "b", c')
    assert ',"a ""b"", c",T<1>' in sheet(named).splitlines()[1]
