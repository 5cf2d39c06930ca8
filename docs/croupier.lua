-- A Wireshark dissector for both dialects of Croupier's protocol (protocol/README.md).
--
-- Put this file into the folder of personal Lua plugins (Help > About > Folders). Traffic on port 1234
-- is then shown field by field; for another port use "Decode As". Filters are made of a message and a
-- field, or a record and a field: croupier.RoundSettled.pocket == 17, croupier.Bet.chips > 100.

local LISTS, RECORDS, MESSAGES = {}, {}, {}

-- made by docs/tables.py: layouts
LISTS.Seat = {[0] = "NONE", [1] = "PLAYER", [2] = "CROUPIER", [3] = "WATCHER"}
LISTS.Presence = {[0] = "HERE", [1] = "AWAY", [2] = "CUT_OFF", [3] = "GONE"}
LISTS.Reason = {[0] = "OTHER", [1] = "VERSION", [2] = "FULL", [3] = "NOT_NOW", [4] = "NOT_YOURS", [5] = "TOO_FAST", [6] = "NUMBER_REUSED", [7] = "NAME_UNFIT", [8] = "NAME_TAKEN", [9] = "WRONG_TOKEN", [10] = "WRONG_TABLE_PASSWORD", [11] = "WRONG_CROUPIER_PASSWORD", [12] = "SEAT_TAKEN", [13] = "WRONG_ROUND", [14] = "BETTING_CLOSED", [15] = "NOT_ENOUGH_CHIPS", [16] = "UNDER_LEAST", [17] = "OVER_MOST", [18] = "OVER_TABLE_MOST", [19] = "NOTHING_THERE", [20] = "NO_BETS", [21] = "NOT_ENOUGH_PLAYERS", [22] = "TOO_LATE", [23] = "NO_SUCH_PLAYER", [24] = "NO_SUCH_ROUND", [25] = "WRONG_LINK", [26] = "NO_SAY", [28] = "TEXT_UNFIT", [29] = "MUTED", [30] = "NO_SUCH_SESSION", [31] = "DISK_FULL", [32] = "STOPPING", [33] = "NOT_SERVED", [34] = "NOT_FOR_GUESTS", [35] = "SHUT_OUT", [36] = "NO_SUCH_TABLE", [37] = "NO_SUCH_SEAT", [38] = "NO_SUCH_SPOT", [39] = "STAKE_LOCKED"}
LISTS.Farewell = {[0] = "OTHER", [1] = "LEAVING", [2] = "STOPPING", [3] = "KICKED", [4] = "REPLACED", [5] = "SILENT", [6] = "SLOW", [7] = "BROKEN", [8] = "VERSION", [9] = "FULL", [10] = "FLOOD"}
LISTS.Phrase = {[0] = "OTHER", [1] = "PLACE_YOUR_BETS", [2] = "LAST_CALL", [3] = "NO_MORE_BETS", [4] = "GOOD_LUCK", [5] = "WELCOME", [6] = "SHORT_BREAK", [7] = "BACK_AGAIN", [8] = "LAST_ROUND", [9] = "GOOD_NIGHT"}
LISTS.Notice = {[0] = "OTHER", [1] = "JOINED", [2] = "LEFT", [3] = "CUT_OFF", [4] = "RESUMED", [5] = "AWAY", [6] = "BACK", [7] = "KICKED", [8] = "WARNED", [9] = "MUTED", [10] = "UNMUTED", [11] = "CROUPIER_CAME", [12] = "CROUPIER_LEFT", [13] = "WITHHELD"}
LISTS.SessionEnd = {[0] = "OTHER", [1] = "ENDED", [2] = "DECLINED", [3] = "WITHDRAWN", [4] = "LEFT"}
LISTS.ActionKind = {[0] = "OTHER", [1] = "PRESS", [2] = "CHOICE", [3] = "NUMBER", [4] = "TEXT"}
LISTS.Phase = {[0] = "BETTING", [1] = "CLOSED", [2] = "SPINNING", [3] = "SETTLED"}
LISTS.WheelKind = {[0] = "SINGLE", [1] = "DOUBLE"}
LISTS.Zero = {[0] = "NOTHING", [1] = "PARTAGE", [2] = "PRISON", [3] = "PRISON2", [4] = "SURRENDER"}
LISTS.End = {[0] = "PAID", [1] = "HALVED", [2] = "LOCKED", [3] = "KEPT"}
LISTS.RoundState = {[0] = "SETTLED", [1] = "VOID"}
LISTS.Group = {[0] = "STRAIGHT", [1] = "SPLIT", [2] = "STREET", [3] = "CORNER", [4] = "LINE", [5] = "COLUMN", [6] = "DOZEN", [7] = "CHANCE"}
RECORDS.TableEntry = {name = "TableEntry", fields = {{"table", "u32"}, {"game", "u8"}, {"name", "text"}, {"automatic", "bool"}, {"password_needed", "bool"}, {"watching_allowed", "bool"}, {"seats", "u32"}, {"croupier_seated", "bool"}, {"seated", "u32"}, {"watching", "u32"}}}
RECORDS.PlayerEntry = {name = "PlayerEntry", fields = {{"account", "u64"}, {"name", "text"}, {"seat", "choice", LISTS.Seat}, {"presence", "choice", LISTS.Presence}, {"muted", "bool"}, {"balance", "u64"}}}
RECORDS.TalkLine = {name = "TalkLine", fields = {{"at", "u64"}, {"account", "u64"}, {"name", "text"}, {"line", "text"}}}
RECORDS.StakeRow = {name = "StakeRow", fields = {{"place", "u8"}, {"kind", "u8"}, {"chips", "u64"}}}
RECORDS.LinkRow = {name = "LinkRow", fields = {{"account", "u64"}, {"shown", "u16"}, {"link", "raw", 32}}}
RECORDS.StepRow = {name = "StepRow", fields = {{"what", "u8"}, {"event", "u64"}, {"step", "raw", 32}, {"links_root", "raw", 32}, {"shown", "raw", 32}, {"seed", "raw", 32}, {"done", "raw", 32}, {"detail", "blob"}}}
RECORDS.Bet = {name = "Bet", fields = {{"spot", "u8"}, {"chips", "u64"}}}
RECORDS.SpotTotal = {name = "SpotTotal", fields = {{"spot", "u8"}, {"chips", "u64"}, {"players", "u32"}}}
RECORDS.PlacedBet = {name = "PlacedBet", fields = {{"account", "u64"}, {"spot", "u8"}, {"chips", "u64"}}}
RECORDS.SpotLimit = {name = "SpotLimit", fields = {{"group", "choice", LISTS.Group}, {"least", "u64"}, {"most", "u64"}}}
RECORDS.Result = {name = "Result", fields = {{"account", "u64"}, {"name", "text"}, {"net", "i64"}}}
RECORDS.Payout = {name = "Payout", fields = {{"spot", "u8"}, {"stake", "u64"}, {"returned", "u64"}, {"end", "choice", LISTS.End}}}
RECORDS.RoundEntry = {name = "RoundEntry", fields = {{"round_number", "u64"}, {"state", "choice", LISTS.RoundState}, {"pocket", "u8"}, {"at", "u64"}, {"players", "u32"}, {"staked", "u64"}, {"returned", "u64"}}}
RECORDS.OwnRoundEntry = {name = "OwnRoundEntry", fields = {{"round_number", "u64"}, {"state", "choice", LISTS.RoundState}, {"pocket", "u8"}, {"at", "u64"}, {"net", "i64"}, {"payouts", "list", RECORDS.Payout}}}
RECORDS.Sentence = {name = "Sentence", fields = {{"text", "text"}}}
RECORDS.Wording = {name = "Wording", fields = {{"language", "text"}, {"sentences", "list", RECORDS.Sentence}}}
RECORDS.Part = {name = "Part", fields = {{"text", "text"}}}
RECORDS.FormLine = {name = "FormLine", fields = {{"sentence", "u8"}, {"parts", "list", RECORDS.Part}}}
RECORDS.FormAction = {name = "FormAction", fields = {{"action", "u8"}, {"kind", "choice", LISTS.ActionKind}, {"label", "u8"}, {"chips", "bool"}, {"least", "i64"}, {"most", "i64"}, {"choices", "list", RECORDS.FormLine}}}
MESSAGES[0x0000] = {name = "Greeting", fields = {{"version", "u16"}, {"oldest", "u16"}, {"software", "text"}}}
MESSAGES[0x0001] = {name = "Refused", fields = {{"number", "u64"}, {"reason", "choice", LISTS.Reason}, {"spot", "u8"}, {"figure", "u64"}, {"words", "text"}}}
MESSAGES[0x0002] = {name = "HouseIntroduced", fields = {{"house", "raw", 16}, {"anchor", "raw", 32}, {"name", "text"}, {"password_needed", "bool"}, {"chips_shown", "bool"}, {"stack", "u64"}, {"tables", "list", RECORDS.TableEntry}, {"more", "bool"}}}
MESSAGES[0x0003] = {name = "SignIn", fields = {{"number", "u64"}, {"name", "text"}, {"token", "blob"}, {"house_password", "blob"}}}
MESSAGES[0x0004] = {name = "SignedIn", fields = {{"number", "u64"}, {"account", "u64"}, {"name", "text"}, {"token", "blob"}, {"balance", "u64"}, {"next_number", "u64"}}}
MESSAGES[0x0005] = {name = "TakeSeat", fields = {{"number", "u64"}, {"seat", "choice", LISTS.Seat}, {"croupier_password", "blob"}, {"table_password", "blob"}}}
MESSAGES[0x0006] = {name = "SeatTaken", fields = {{"number", "u64"}, {"seat", "choice", LISTS.Seat}}}
MESSAGES[0x0007] = {name = "LeaveSeat", fields = {{"number", "u64"}}}
MESSAGES[0x0008] = {name = "Ping", fields = {{"nonce", "u64"}}}
MESSAGES[0x0009] = {name = "Pong", fields = {{"nonce", "u64"}}}
MESSAGES[0x000A] = {name = "Goodbye", fields = {{"reason", "choice", LISTS.Farewell}, {"words", "text"}}}
MESSAGES[0x000B] = {name = "Done", fields = {{"number", "u64"}}}
MESSAGES[0x000C] = {name = "ListTables", fields = {{"number", "u64"}, {"after_table", "u32"}}}
MESSAGES[0x000D] = {name = "TablesListed", fields = {{"number", "u64"}, {"tables", "list", RECORDS.TableEntry}, {"more", "bool"}}}
MESSAGES[0x000E] = {name = "TablesOpened", fields = {{"tables", "list", RECORDS.TableEntry}}}
MESSAGES[0x000F] = {name = "TablesChanged", fields = {{"tables", "list", RECORDS.TableEntry}}}
MESSAGES[0x0010] = {name = "TablesClosed", fields = {{"tables", "series", "u32"}}}
MESSAGES[0x0011] = {name = "SeatLost", fields = {{"to_table", "u32"}, {"words", "text"}}}
MESSAGES[0x0030] = {name = "ListPlayers", fields = {{"number", "u64"}, {"after_account", "u64"}}}
MESSAGES[0x0031] = {name = "PlayersListed", fields = {{"number", "u64"}, {"players", "list", RECORDS.PlayerEntry}, {"more", "bool"}}}
MESSAGES[0x0032] = {name = "RosterChanged", fields = {{"seated", "u32"}, {"watching", "u32"}, {"changes", "list", RECORDS.PlayerEntry}, {"complete", "bool"}}}
MESSAGES[0x0029] = {name = "ChipsGranted", fields = {{"amount", "u64"}, {"balance", "u64"}}}
MESSAGES[0x0043] = {name = "KickPlayer", fields = {{"number", "u64"}, {"account", "u64"}, {"words", "text"}}}
MESSAGES[0x0044] = {name = "Announce", fields = {{"number", "u64"}, {"phrase", "choice", LISTS.Phrase}, {"words", "text"}}}
MESSAGES[0x0045] = {name = "HandOver", fields = {{"number", "u64"}, {"account", "u64"}}}
MESSAGES[0x0047] = {name = "MutePlayer", fields = {{"number", "u64"}, {"account", "u64"}, {"seconds", "u16"}, {"words", "text"}}}
MESSAGES[0x0048] = {name = "WarnPlayer", fields = {{"number", "u64"}, {"account", "u64"}, {"words", "text"}}}
MESSAGES[0x0050] = {name = "Say", fields = {{"number", "u64"}, {"line", "text"}}}
MESSAGES[0x0051] = {name = "Said", fields = {{"at", "u64"}, {"account", "u64"}, {"name", "text"}, {"line", "text"}}}
MESSAGES[0x0052] = {name = "SayPrivately", fields = {{"number", "u64"}, {"account", "u64"}, {"in_session", "bool"}, {"line", "text"}}}
MESSAGES[0x0053] = {name = "SaidPrivately", fields = {{"at", "u64"}, {"account", "u64"}, {"name", "text"}, {"in_session", "bool"}, {"line", "text"}}}
MESSAGES[0x0054] = {name = "AskSession", fields = {{"number", "u64"}, {"account", "u64"}}}
MESSAGES[0x0055] = {name = "SessionAsked", fields = {{"account", "u64"}, {"name", "text"}}}
MESSAGES[0x0056] = {name = "AnswerSession", fields = {{"number", "u64"}, {"account", "u64"}, {"accepted", "bool"}}}
MESSAGES[0x0057] = {name = "SessionStarted", fields = {{"account", "u64"}, {"name", "text"}}}
MESSAGES[0x0058] = {name = "EndSession", fields = {{"number", "u64"}, {"account", "u64"}}}
MESSAGES[0x0059] = {name = "SessionEnded", fields = {{"account", "u64"}, {"name", "text"}, {"why", "choice", LISTS.SessionEnd}}}
MESSAGES[0x005A] = {name = "Announced", fields = {{"at", "u64"}, {"account", "u64"}, {"phrase", "choice", LISTS.Phrase}, {"words", "text"}}}
MESSAGES[0x005B] = {name = "Noticed", fields = {{"at", "u64"}, {"account", "u64"}, {"name", "text"}, {"notice", "choice", LISTS.Notice}, {"words", "text"}}}
MESSAGES[0x005C] = {name = "ListTalk", fields = {{"number", "u64"}}}
MESSAGES[0x005D] = {name = "TalkListed", fields = {{"number", "u64"}, {"lines", "list", RECORDS.TalkLine}}}
MESSAGES[0x0060] = {name = "RegisterChain", fields = {{"number", "u64"}, {"first", "raw", 32}}}
MESSAGES[0x0061] = {name = "ChainTaken", fields = {{"number", "u64"}, {"round_number", "u64"}}}
MESSAGES[0x0062] = {name = "DrawShown", fields = {{"event", "u64"}, {"seed", "raw", 32}, {"history", "raw", 32}}}
MESSAGES[0x0063] = {name = "RoundFrozen", fields = {{"round_number", "u64"}, {"event", "u64"}, {"draw", "u8"}, {"seed_before", "raw", 32}, {"history", "raw", 32}, {"rules", "text"}, {"state", "blob"}, {"contributors", "u32"}, {"says_root", "raw", 32}, {"players", "u32"}, {"stakes_root", "raw", 32}, {"freeze", "raw", 32}}}
MESSAGES[0x0064] = {name = "YourFreeze", fields = {{"round_number", "u64"}, {"has_say", "bool"}, {"say_index", "u32"}, {"head", "raw", 32}, {"say_proof", "series", "raw", 32}, {"has_stake", "bool"}, {"stake_index", "u32"}, {"bets", "list", RECORDS.StakeRow}, {"stake_proof", "series", "raw", 32}}}
MESSAGES[0x0065] = {name = "EventAsked", fields = {{"event", "u64"}, {"what", "u8"}, {"detail", "blob"}, {"step", "raw", 32}, {"window_ms", "u32"}}}
MESSAGES[0x0066] = {name = "Noted", fields = {{"what", "u8"}, {"detail", "blob"}, {"step", "raw", 32}}}
MESSAGES[0x0067] = {name = "SendLink", fields = {{"number", "u64"}, {"event", "u64"}, {"link", "raw", 32}}}
MESSAGES[0x0068] = {name = "EventDrawn", fields = {{"event", "u64"}, {"seed", "raw", 32}, {"contributors", "u32"}, {"links_root", "raw", 32}, {"shown", "raw", 32}, {"done", "raw", 32}, {"missing", "u32"}}}
MESSAGES[0x0069] = {name = "LinksShown", fields = {{"event", "u64"}, {"rows", "list", RECORDS.LinkRow}}}
MESSAGES[0x006A] = {name = "YourDraw", fields = {{"event", "u64"}, {"proof", "series", "raw", 32}}}
MESSAGES[0x006B] = {name = "ListLinks", fields = {{"number", "u64"}, {"round_number", "u64"}, {"after_account", "u64"}}}
MESSAGES[0x006C] = {name = "LinksListed", fields = {{"number", "u64"}, {"round_number", "u64"}, {"rows", "list", RECORDS.LinkRow}, {"more", "bool"}}}
MESSAGES[0x006D] = {name = "AskRound", fields = {{"number", "u64"}, {"round_number", "u64"}}}
MESSAGES[0x006E] = {name = "RoundProved", fields = {{"number", "u64"}, {"round_number", "u64"}, {"event", "u64"}, {"draw", "u8"}, {"seed_before", "raw", 32}, {"history", "raw", 32}, {"rules", "text"}, {"state", "blob"}, {"contributors", "u32"}, {"says_root", "raw", 32}, {"players", "u32"}, {"stakes_root", "raw", 32}, {"freeze", "raw", 32}, {"steps", "list", RECORDS.StepRow}}}
MESSAGES[0x006F] = {name = "OwnDrawIntroduced", fields = {{"draw", "raw", 16}, {"anchor", "raw", 32}}}
MESSAGES[0x0110] = {name = "PlaceBets", fields = {{"number", "u64"}, {"round_number", "u64"}, {"bets", "list", RECORDS.Bet}}}
MESSAGES[0x0111] = {name = "BetsPlaced", fields = {{"number", "u64"}, {"round_number", "u64"}, {"balance", "u64"}, {"at_stake", "u64"}}}
MESSAGES[0x0112] = {name = "TakeBackBets", fields = {{"number", "u64"}, {"round_number", "u64"}, {"bets", "list", RECORDS.Bet}}}
MESSAGES[0x0113] = {name = "BetsTakenBack", fields = {{"number", "u64"}, {"round_number", "u64"}, {"balance", "u64"}, {"at_stake", "u64"}}}
MESSAGES[0x0114] = {name = "BetsChanged", fields = {{"round_number", "u64"}, {"revision", "u32"}, {"players", "u32"}, {"bets", "u32"}, {"staked", "u64"}, {"totals", "list", RECORDS.SpotTotal}, {"latest", "list", RECORDS.PlacedBet}, {"complete", "bool"}}}
MESSAGES[0x0115] = {name = "ListBets", fields = {{"number", "u64"}, {"round_number", "u64"}, {"after_account", "u64"}, {"after_spot", "u8"}}}
MESSAGES[0x0116] = {name = "BetsListed", fields = {{"number", "u64"}, {"round_number", "u64"}, {"revision", "u32"}, {"bets", "list", RECORDS.PlacedBet}, {"more", "bool"}}}
MESSAGES[0x0117] = {name = "SayReady", fields = {{"number", "u64"}, {"round_number", "u64"}}}
MESSAGES[0x0102] = {name = "TableIntroduced", fields = {{"draw", "raw", 16}, {"anchor", "raw", 32}, {"name", "text"}, {"auto_seconds", "u16"}, {"table_most", "u64"}, {"plaque", "list", RECORDS.SpotLimit}, {"wheel", "choice", LISTS.WheelKind}, {"zero", "choice", LISTS.Zero}}}
MESSAGES[0x0120] = {name = "TableShown", fields = {{"round_number", "u64"}, {"phase", "choice", LISTS.Phase}, {"ms_left", "u32"}, {"auto_seconds", "u16"}, {"croupier", "u64"}, {"croupier_name", "text"}, {"players", "u32"}, {"bets", "u32"}, {"staked", "u64"}, {"revision", "u32"}, {"balance", "u64"}, {"at_stake", "u64"}, {"totals", "list", RECORDS.SpotTotal}, {"own_bets", "list", RECORDS.Bet}, {"half_owed", "bool"}}}
MESSAGES[0x0121] = {name = "RoundOpened", fields = {{"round_number", "u64"}, {"ms_left", "u32"}}}
MESSAGES[0x0122] = {name = "DeadlineMoved", fields = {{"round_number", "u64"}, {"ms_left", "u32"}}}
MESSAGES[0x0123] = {name = "AutoChanged", fields = {{"seconds", "u16"}}}
MESSAGES[0x0124] = {name = "BettingClosed", fields = {{"round_number", "u64"}, {"ms_left", "u32"}}}
MESSAGES[0x0125] = {name = "WheelStarted", fields = {{"round_number", "u64"}, {"ms_left", "u32"}}}
MESSAGES[0x0126] = {name = "RoundSettled", fields = {{"round_number", "u64"}, {"pocket", "u8"}, {"at", "u64"}, {"players", "u32"}, {"staked", "u64"}, {"returned", "u64"}, {"top", "list", RECORDS.Result}}}
MESSAGES[0x0127] = {name = "PlayerSettled", fields = {{"round_number", "u64"}, {"net", "i64"}, {"balance", "u64"}, {"payouts", "list", RECORDS.Payout}, {"half_owed", "bool"}}}
MESSAGES[0x0128] = {name = "RoundVoided", fields = {{"round_number", "u64"}, {"words", "text"}}}
MESSAGES[0x0133] = {name = "ListRounds", fields = {{"number", "u64"}, {"before_round", "u64"}}}
MESSAGES[0x0134] = {name = "RoundsListed", fields = {{"number", "u64"}, {"rounds", "list", RECORDS.RoundEntry}, {"more", "bool"}}}
MESSAGES[0x0135] = {name = "ListOwnRounds", fields = {{"number", "u64"}, {"before_round", "u64"}}}
MESSAGES[0x0136] = {name = "OwnRoundsListed", fields = {{"number", "u64"}, {"rounds", "list", RECORDS.OwnRoundEntry}, {"more", "bool"}}}
MESSAGES[0x0137] = {name = "ListResults", fields = {{"number", "u64"}}}
MESSAGES[0x0138] = {name = "ResultsListed", fields = {{"number", "u64"}, {"last_round", "u64"}, {"rounds", "u64"}, {"staked", "u64"}, {"returned", "u64"}, {"pockets", "series", "u8"}}}
MESSAGES[0x0140] = {name = "StartSpin", fields = {{"number", "u64"}, {"round_number", "u64"}}}
MESSAGES[0x0141] = {name = "CloseBetting", fields = {{"number", "u64"}, {"round_number", "u64"}}}
MESSAGES[0x0142] = {name = "VoidRound", fields = {{"number", "u64"}, {"round_number", "u64"}, {"words", "text"}}}
MESSAGES[0x0146] = {name = "SetAuto", fields = {{"number", "u64"}, {"seconds", "u16"}}}
MESSAGES[0xFF10] = {name = "Act", fields = {{"number", "u64"}, {"turn", "u32"}, {"action", "u8"}, {"value", "i64"}, {"words", "text"}}}
MESSAGES[0xFF02] = {name = "FormIntroduced", fields = {{"name", "text"}, {"service", "text"}, {"wordings", "list", RECORDS.Wording}}}
MESSAGES[0xFF20] = {name = "FormShown", fields = {{"turn", "u32"}, {"ms_left", "u32"}, {"title", "u8"}, {"lines", "list", RECORDS.FormLine}, {"actions", "list", RECORDS.FormAction}}}
MESSAGES[0xFF21] = {name = "ChipsMoved", fields = {{"balance", "u64"}, {"at_stake", "u64"}}}
MESSAGES[0xFF22] = {name = "NumberDrawn", fields = {{"round_number", "u64"}, {"drawn", "u16"}}}
-- made: end

local PORT = 1234
local DOOR, HEADER = 0x01, 11
local LARGEST = 1048576 -- a whole frame of either dialect

local croupier = Proto("croupier", "Croupier")
local fields, experts = {}, {}

local function field(abbr, make, name, ...)
  fields[abbr] = make("croupier." .. abbr, name, ...)
end

-- The fields of every frame, and those of the classic dialect.
field("dialect", ProtoField.string, "dialect")
field("message", ProtoField.string, "message")
field("kind", ProtoField.uint16, "game and type", base.HEX)
field("table", ProtoField.uint32, "table")
field("size", ProtoField.uint32, "size of the body")
field("count", ProtoField.uint16, "count")
field("appended", ProtoField.bytes, "appended by a later version")
field("classic.head", ProtoField.uint8, "first byte", base.HEX)
field("classic.length", ProtoField.uint64, "length")
field("classic.name", ProtoField.string, "name")
field("classic.digest", ProtoField.bytes, "digest of the password")
field("classic.spot", ProtoField.uint8, "spot", base.DEC, { [37] = "even", [38] = "odd" })
field("classic.chips", ProtoField.uint16, "chips")
field("classic.count", ProtoField.uint64, "count")
field("classic.number", ProtoField.uint8, "number")
field("classic.net", ProtoField.int16, "net")
field("classic.code", ProtoField.uint8, "result", base.DEC, {
  [0] = "ok",
  [1] = "there is a croupier already",
  [2] = "wrong password",
  [3] = "the name is taken",
  [4] = "second bet in this round",
  [5] = "not enough players",
  [6] = "not enough chips",
  [7] = "refused",
}, 0x38)

local MAKERS = {
  u8 = ProtoField.uint8,
  u16 = ProtoField.uint16,
  u32 = ProtoField.uint32,
  u64 = ProtoField.uint64,
  i64 = ProtoField.int64,
  bool = ProtoField.bool,
  text = ProtoField.string,
  blob = ProtoField.bytes,
  raw = ProtoField.bytes,
}
local SIZES = { u8 = 1, u16 = 2, u32 = 4, u64 = 8, i64 = 8, bool = 1, choice = 1 }

for _, owners in ipairs({ MESSAGES, RECORDS }) do
  for _, owner in pairs(owners) do
    for _, each in ipairs(owner.fields) do
      local name, kind, more = each[1], each[2], each[3]
      local abbr = owner.name .. "." .. name
      if kind == "choice" then
        field(abbr, ProtoField.uint8, name, base.DEC, more)
      elseif kind == "series" then
        field(abbr, MAKERS[more], name)
      elseif kind ~= "list" then
        field(abbr, MAKERS[kind], name)
      end
    end
  end
end

experts.broken = ProtoExpert.new(
  "croupier.broken", "not this protocol", expert.group.MALFORMED, expert.severity.ERROR)

croupier.fields = fields
croupier.experts = experts

-- A part of a frame; a frame that ends before it is told apart from our own mistakes by the message.
local BROKEN = "broken: "

local function part(tvb, at, size)
  if at + size > tvb:len() then
    error(BROKEN .. "the frame ends before its fields do", 0)
  end
  return tvb(at, size)
end

-- Modern ------------------------------------------------------------------------------------------

local add_fields

local function add_field(tree, owner, each, tvb, at)
  local name, kind, more = each[1], each[2], each[3]
  local shown = fields[owner.name .. "." .. name]
  if kind == "list" or kind == "series" then
    local count = part(tvb, at, 2):uint()
    local branch = tree:add(fields.count, tvb(at, 2)):prepend_text(name .. ", ")
    at = at + 2
    for index = 1, count do
      if kind == "series" then
        local size = more == "raw" and each[4] or SIZES[more]
        branch:add(shown, part(tvb, at, size))
        at = at + size
      else
        local row = branch:add(croupier, tvb(at), more.name .. " " .. index)
        local begin = at
        at = add_fields(row, more, tvb, at)
        row:set_len(at - begin)
      end
    end
    return at
  end
  if kind == "text" or kind == "blob" then
    local size = part(tvb, at, 2):uint()
    local range = part(tvb, at, 2 + size)
    if size == 0 and kind == "text" then
      tree:add(shown, range, "")
    elseif size == 0 then
      tree:add(range, name .. ": nothing")
    elseif kind == "text" then
      tree:add(shown, range, tvb(at + 2, size):string(ENC_UTF_8))
    else
      tree:add(shown, tvb(at + 2, size))
    end
    return at + 2 + size
  end
  local size = kind == "raw" and more or SIZES[kind]
  tree:add(shown, part(tvb, at, size))
  return at + size
end

function add_fields(tree, owner, tvb, at)
  for _, each in ipairs(owner.fields) do
    at = add_field(tree, owner, each, tvb, at)
  end
  return at
end

local function modern_size(tvb, at)
  if tvb:len() - at < HEADER then
    return nil
  end
  return HEADER + tvb(at + 7, 4):uint()
end

local function add_modern(tvb, tree)
  local owner = MESSAGES[tvb(1, 2):uint()]
  local name = owner and owner.name or "of a later version"
  tree:add(fields.dialect, tvb(0, 1), "modern")
  tree:add(fields.kind, tvb(1, 2))
  tree:add(fields.message, tvb(1, 2), name)
  tree:add(fields.table, tvb(3, 4))
  tree:add(fields.size, tvb(7, 4))
  if owner then
    local at = add_fields(tree, owner, tvb, HEADER)
    if at < tvb:len() then
      tree:add(fields.appended, tvb(at))
    end
  end
  return name
end

-- Classic -----------------------------------------------------------------------------------------

local function length(tvb, at)
  return tvb(at, 5):uint64():tonumber()
end

local function is_hex(tvb, at)
  return tvb:raw(at, 64):match("^[0-9a-f]+$") ~= nil
end

local REQUESTS = {
  [0x00] = "RegisterPlayer",
  [0x20] = "PlaceBet",
  [0x40] = "ListBets",
  [0x60] = "ConfirmResults",
  [0x80] = "RegisterCroupier",
  [0xA0] = "StartSpin",
  [0xC0] = "ListBets",
  [0xE0] = "ConfirmResults",
}

-- The size of a request; nil if more bytes have to come before it is known.
local function request_size(tvb, at)
  local head, left = tvb(at, 1):uint(), tvb:len() - at
  if head == 0x00 then
    return left >= 6 and 6 + length(tvb, at + 1) or nil
  elseif head == 0x80 or head == 0xA0 then
    if left < 65 then
      return nil
    end
    return is_hex(tvb, at + 1) and 129 or 65
  elseif head == 0x20 then
    return 4
  end
  return REQUESTS[head] and 1 or 0
end

local function add_request(tvb, tree)
  local head = tvb(0, 1):uint()
  tree:add(fields["classic.head"], tvb(0, 1))
  if head == 0x00 then
    tree:add(fields["classic.length"], tvb(1, 5))
    local size = tvb:len() - 6
    local name = size > 0 and tvb(6, size):string(ENC_UTF_8) or ""
    tree:add(fields["classic.name"], tvb(1, 5 + size), name)
  elseif head == 0x20 then
    tree:add(fields["classic.spot"], tvb(1, 1))
    tree:add(fields["classic.chips"], tvb(2, 2))
  elseif head == 0x80 or head == 0xA0 then
    tree:add(fields["classic.digest"], tvb(1))
  end
  return REQUESTS[head]
end

-- The rows of a list, each with so many bytes after its name: their place, and where the list ends;
-- nil if more bytes have to come.
local function rows(tvb, at, tail)
  local found = {}
  if tvb:len() - at < 5 then
    return nil
  end
  local count = length(tvb, at)
  at = at + 5
  while #found < count do
    if tvb:len() - at < 5 then
      return nil
    end
    local size = length(tvb, at)
    if at + 5 + size + tail > tvb:len() then
      return nil
    end
    found[#found + 1] = { at = at, size = size }
    at = at + 5 + size + tail
  end
  return found, at
end

local function reply_size(tvb, at)
  local head = tvb(at, 1):uint()
  if head < 0x80 then
    return head % 8 == 0 and 1 or 0
  elseif head ~= 0x80 and head ~= 0xC0 then
    return 0
  end
  local found, stop = rows(tvb, at + (head == 0x80 and 1 or 2), head == 0x80 and 3 or 2)
  return found and stop - at or nil
end

local function add_reply(tvb, tree)
  local head = tvb(0, 1):uint()
  tree:add(fields["classic.head"], tvb(0, 1))
  if head < 0x80 then
    tree:add(fields["classic.code"], tvb(0, 1))
    return head < 0x40 and "RegistrationAnswered" or "OrderAnswered"
  end
  local bets = head == 0x80
  local at = bets and 1 or 2
  if not bets then
    tree:add(fields["classic.number"], tvb(1, 1))
  end
  local branch = tree:add(fields["classic.count"], tvb(at, 5))
  for _, row in ipairs((rows(tvb, at, bets and 3 or 2))) do
    local name = row.size > 0 and tvb(row.at + 5, row.size):string(ENC_UTF_8) or ""
    branch:add(fields["classic.name"], tvb(row.at, 5 + row.size), name)
    local tail = row.at + 5 + row.size
    if bets then
      branch:add(fields["classic.chips"], tvb(tail, 2))
      branch:add(fields["classic.spot"], tvb(tail + 2, 1))
    else
      branch:add(fields["classic.net"], tvb(tail, 2))
    end
  end
  return bets and "BetsListed" or "ResultsShown"
end

-- Both --------------------------------------------------------------------------------------------

local function add_frame(tvb, tree, pinfo, add)
  local branch = tree:add(croupier, tvb())
  local fine, said = pcall(add, tvb, branch)
  if not fine then
    if said:sub(1, #BROKEN) ~= BROKEN then
      error(said, 0)
    end
    branch:add_proto_expert_info(experts.broken, said:sub(#BROKEN + 1))
    return
  end
  branch:append_text(": " .. said)
  pinfo.cols.info:append((tostring(pinfo.cols.info) ~= "" and ", " or "") .. said)
end

local function add_classic(add)
  return function(tvb, tree)
    tree:add(fields.dialect, tvb(0, 1), "classic")
    local name = add(tvb, tree)
    tree:add(fields.message, tvb(0, 1), name)
    return name
  end
end

local CLASSIC = {
  [true] = { size = request_size, add = add_classic(add_request) },
  [false] = { size = reply_size, add = add_classic(add_reply) },
}
local MODERN = { size = modern_size, add = add_modern }

function croupier.dissector(tvb, pinfo, tree)
  pinfo.cols.protocol = "Croupier"
  pinfo.cols.info = ""
  local from_client = pinfo.dst_port == pinfo.match_uint
  local at = 0
  while at < tvb:len() do
    -- A frame of the modern dialect begins with 01, one of the classic never does.
    local dialect = tvb(at, 1):uint() == DOOR and MODERN or CLASSIC[from_client]
    local size = dialect.size(tvb, at)
    if size and (size == 0 or size > LARGEST) then
      tree:add(croupier, tvb(at)):add_proto_expert_info(experts.broken)
      return tvb:len()
    end
    if not size or at + size > tvb:len() then
      pinfo.desegment_offset = at
      pinfo.desegment_len = size and at + size - tvb:len() or DESEGMENT_ONE_MORE_SEGMENT
      return tvb:len()
    end
    add_frame(tvb(at, size):tvb(), tree, pinfo, dialect.add)
    at = at + size
  end
  return tvb:len()
end

DissectorTable.get("tcp.port"):add(PORT, croupier)
