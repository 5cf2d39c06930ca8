// Reads a file of rounds: JSON with whole numbers as BigInt, and every field of the format. What is
// no such file is a `NoDocument`.

export class NoDocument extends Error {}

// A number with a point or an exponent: it is never what a field wants.
class Float {
  constructor(text) {
    this.value = Number(text);
  }
}

// --- JSON: objects are Maps, so that no name is special ------------------------------------------

export function parse(text) {
  let at = 0;
  const fail = () => {
    throw new NoDocument(`no JSON at ${at}`);
  };
  const space = () => {
    while (" \t\n\r".includes(text[at] ?? "x")) at++;
  };
  const eat = (word) => (text.startsWith(word, at) ? ((at += word.length), true) : false);
  const string = () => {
    const match = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) fail();
    at = match.lastIndex;
    return JSON.parse(found[0]);
  };
  const number = () => {
    const match = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) fail();
    at = match.lastIndex;
    return found[1] || found[2] ? new Float(found[0]) : BigInt(found[0]);
  };
  const value = () => {
    space();
    if (eat("{")) {
      const object = new Map();
      for (space(); !eat("}"); ) {
        if (object.size && !eat(",")) fail();
        space();
        const name = string();
        if (object.has(name)) throw new NoDocument("said twice");
        space();
        if (!eat(":")) fail();
        object.set(name, value());
        space();
      }
      return object;
    }
    if (eat("[")) {
      const list = [];
      for (space(); !eat("]"); ) {
        if (list.length && !eat(",")) fail();
        list.push(value());
        space();
      }
      return list;
    }
    if (text[at] === '"') return string();
    for (const [word, meant] of [["true", true], ["false", false], ["null", null]]) if (eat(word)) return meant;
    return number();
  };
  const whole = value();
  space();
  if (at < text.length) fail();
  return whole;
}

// --- fields --------------------------------------------------------------------------------------

const U8 = 1n << 8n, U16 = 1n << 16n, U32 = 1n << 32n, U64 = 1n << 64n;

const want = (yes, what) => {
  if (!yes) throw new NoDocument(what);
};
const object = (raw, what) => (want(raw instanceof Map, what), raw);
const list = (raw, what) => (want(Array.isArray(raw), what), raw);
const whole = (raw, below, what) => (want(typeof raw === "bigint" && raw >= 0n && raw < below, what), raw);
const text = (raw, what) => (want(typeof raw === "string" && raw.isWellFormed(), what), raw);
function bytes(raw, what, size) {
  want(typeof raw === "string" && /^(?:[0-9a-fA-F]{2})*$/.test(raw), what);
  const value = Buffer.from(raw, "hex");
  want(size === undefined ? value.length < 65536 : value.length === size, what);
  return value;
}
const hash = (raw, what) => bytes(raw, what, 32);
const hashes = (raw, what, most = 65536) => {
  want(list(raw, what).length <= most, what);
  return raw.map((each) => hash(each, what));
};
const proof = (raw) => hashes(raw, "proof", 32);
const chips = (raw) => whole(raw, U64, "chips");
function bets(raw) {
  want(list(raw, "bets").length < 65536, "bets");
  return raw.map((row) => {
    want(Array.isArray(row) && row.length === 3, "a bet");
    return [whole(row[0], U8, "place"), whole(row[1], U8, "kind"), chips(row[2])];
  });
}
function account(name) {
  want(/^(?:0|[1-9][0-9]{0,19})$/.test(name), "an account");
  return whole(BigInt(name), U64, "an account");
}
// A table by account or event, or null where there is none.
function byNumber(what, key, read) {
  if (!what.has(key)) return null;
  const rows = [...object(what.get(key), key)].map(([name, raw]) => [account(name), read(raw, key)]);
  return new Map(rows);
}

// --- the document --------------------------------------------------------------------------------

const NOTES = [8n, 10n];
const WORDS = [
  "watcher", "classic", "no chain", "locked", "too late", "joined", "missed", "left", "withheld",
  "unlisted", "nobody", "typed", "rules", "open",
];
const EYES = ["void", "late", "refused", "window", "own_act"];

export function read(raw) {
  const what = object(raw, "the document");
  want(what.get("scheme") === "croupier/2", "scheme");
  const rounds = list(what.get("rounds"), "rounds");
  want(rounds.length, "rounds");
  const table = bytes(what.get("table"), "table", 16);
  return { table, anchor: hash(what.get("anchor"), "anchor"), rounds: rounds.map(round) };
}

function round(raw) {
  const what = object(raw, "a round");
  const field = (key, how, ...more) => how(what.get(key), ...more, key);
  return {
    number: field("round", whole, U64),
    game: field("game", text),
    first: field("first_event", whole, U64),
    seedBefore: hash(what.get("seed_before"), "seed_before"),
    history: hash(what.get("history"), "history"),
    rules: field("rules", text),
    state: bytes(what.get("state"), "state"),
    contributors: field("contributors", whole, U32),
    C: hash(what.get("says_root"), "says_root"),
    players: field("players", whole, U32),
    B: hash(what.get("stakes_root"), "stakes_root"),
    F: hash(what.get("freeze"), "freeze"),
    says: byNumber(what, "says", hash),
    stakes: byNumber(what, "stakes", bets),
    events: list(what.get("events"), "events").map(event),
    payouts: byNumber(what, "payouts", chips),
    own: what.has("own") ? own(object(what.get("own"), "own")) : null,
  };
}

function event(raw) {
  const what = object(raw, "an event");
  const kind = whole(what.get("what"), U8, "what");
  const step = { what: Number(kind), detail: bytes(what.get("detail"), "detail"), T: hash(what.get("T"), "T") };
  if (NOTES.includes(kind)) return { ...step, note: true };
  return {
    ...step,
    note: false,
    number: whole(what.get("event"), U64, "event"),
    L: hash(what.get("links_root"), "links_root"),
    R: hash(what.get("R"), "R"),
    seed: hash(what.get("seed"), "seed"),
    D: hash(what.get("done"), "done"),
    links: byNumber(what, "links", (link, key) => (link === null ? null : hash(link, key))),
    result: what.get("result") ?? null,
  };
}

function own(what) {
  const place = (raw) => {
    const where = object(raw, "a place");
    return { index: whole(where.get("index"), U32, "index"), proof: proof(where.get("proof")) };
  };
  const link = (raw) => {
    const each = object(raw, "an own link");
    return { link: hash(each.get("link"), "link"), inTime: each.get("in_time") === true, proof: proof(each.get("proof")) };
  };
  const why = text(what.has("why_not") ? what.get("why_not") : "", "why_not");
  want(why === "" || WORDS.includes(why), "why_not");
  const saw = object(what.has("saw") ? what.get("saw") : new Map(), "saw");
  const stake = what.has("stake") ? object(what.get("stake"), "stake") : null;
  return {
    account: whole(what.get("account"), U64, "account"),
    why,
    head: what.has("head") ? hash(what.get("head"), "head") : null,
    say: what.has("say") ? place(what.get("say")) : null,
    bets: stake && bets(stake.get("bets")),
    stake: stake && place(stake),
    links: byNumber(what, "links", link) ?? new Map(),
    left: truthy(what.get("left")),
    payout: what.has("payout") ? chips(what.get("payout")) : null,
    pinned: saw.has("anchor") ? hash(saw.get("anchor"), "anchor") : null,
    freezes: saw.has("freezes") ? hashes(saw.get("freezes"), "freezes") : [],
    transcripts: byNumber(saw, "transcripts", (each, key) => hashes(each, key)) ?? new Map(),
    eyes: EYES.filter((step) => truthy(saw.get(step))),
  };
}

// "Anything true": neither nothing nor empty nor zero.
function truthy(value) {
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Float) return value.value !== 0;
  return Boolean(value);
}
