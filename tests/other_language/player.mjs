// Plays one round and checks that nobody steered it, knowing only the protocol page:
// `node player.mjs PORT`. Node 20, no packages.

import { createHash, createHmac, randomBytes } from "node:crypto";
import { connect } from "node:net";

import { Decoder, page } from "./decode.mjs";

// --- speaking -------------------------------------------------------------------------------------

function uint(size, value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - size);
}

function written(type, value) {
  if (type.startsWith("list")) {
    const fields = page.records.get(/\*(\w+)\*/.exec(type)[1]);
    return Buffer.concat([uint(2, value.length), ...value.map((row) => body(fields, row))]);
  }
  if (type.startsWith("text") || type.startsWith("blob")) {
    const bytes = Buffer.from(value);
    return Buffer.concat([uint(2, bytes.length), bytes]);
  }
  if (type === "bytes") return value;
  const bits = /^u(\d+)/.exec(type);
  return uint(bits ? bits[1] / 8 : 1, value);
}

function body(fields, values) {
  return Buffer.concat(fields.map(({ name, type }) => written(type, values[name])));
}

function frame(name, values) {
  const [number, { fields }] = [...page.messages].find(([, message]) => message.name === name);
  const said = body(fields, values);
  return Buffer.concat([Buffer.from([0x01, number]), uint(4, said.length), said]);
}

// --- fairness -------------------------------------------------------------------------------------

const unhex = (text) => Buffer.from(text, "hex");

function H(tag, ...parts) {
  const head = Buffer.concat([uint(1, tag.length), Buffer.from(tag, "ascii")]);
  return createHash("sha256").update(Buffer.concat([head, ...parts])).digest();
}

function commitment(table, round, account, secret) {
  return H("croupier/1/commit", table, uint(8, round), uint(8, account), secret);
}

function same(a, b, what) {
  if (!Buffer.from(a).equals(Buffer.from(b))) throw new Error(`${what} does not hold`);
}

function draw(seed, frozen, revealed) {
  const tag = Buffer.from("croupier/1/spin", "ascii");
  for (let block = 0; ; block++) {
    const message = Buffer.concat([uint(1, 15), tag, frozen, revealed, uint(4, block)]);
    const fair = createHmac("sha256", seed).update(message).digest().find((byte) => byte < 222);
    if (fair !== undefined) return fair % 37;
  }
}

function checkRound({ table, before, account, bets, closed, settled }) {
  const round = closed.round_number;
  const rows = bets.map(({ account, spot, chips }) => [uint(8, account), uint(1, spot), uint(8, chips)]);
  const root = H("croupier/1/bets", uint(4, bets.length), ...rows.flat());
  same(root, unhex(closed.bets_root), "bets_root");
  const sealed = closed.commitments.flatMap((each) => [uint(8, each.account), unhex(each.commitment)]);
  const where = [table, uint(8, round), before, uint(2, closed.commitments.length)];
  const frozen = H("croupier/1/freeze", ...where, ...sealed, root);
  same(frozen, unhex(closed.freeze), "F");
  const seed = unhex(settled.seed);
  same(H("croupier/1/chain", table, seed), before, "the chain");
  const opened = closed.commitments.map((each, index) => {
    const { account: who, shown, secret } = settled.reveals[index];
    if (who !== each.account) throw new Error("other accounts revealed than had committed");
    if (!shown) return Buffer.alloc(33);
    same(commitment(table, round, who, unhex(secret)), unhex(each.commitment), "a commitment");
    return Buffer.concat([uint(1, 1), unhex(secret)]);
  });
  if (!settled.reveals.some((each) => each.account === account && each.shown)) {
    throw new Error("my own secret is not in the draw");
  }
  const revealed = H("croupier/1/reveals", frozen, ...opened);
  if (draw(seed, frozen, revealed) !== settled.pocket) throw new Error("another number was drawn");
}

// --- one round ------------------------------------------------------------------------------------

const socket = connect(Number(process.argv[2]), "127.0.0.1");
const decoder = new Decoder(true);
const heard = [];
let wake = () => {};
let over = false;
socket.on("data", (data) => {
  for (const said of decoder.feed(data)) {
    if (said.message === "Ping") say("Pong", said.fields);
    else heard.push(said);
  }
  wake();
});
socket.on("close", () => {
  over = true;
  wake();
});

function say(name, values) {
  socket.write(frame(name, values));
}

// The first message with this name. Others stay: an answer may come before or after a broadcast.
async function hear(name) {
  for (;;) {
    const refused = heard.find(({ message }) => message === "Refused");
    if (refused) throw new Error(`refused: ${refused.fields.words}`);
    const at = heard.findIndex(({ message }) => message === name);
    if (at >= 0) return heard.splice(at, 1)[0].fields;
    if (over) throw new Error(`the connection ended before ${name} came`);
    await new Promise((resolve) => (wake = resolve));
  }
}

say("Greeting", { version: 1, oldest: 1, software: "player.mjs" });
await hear("Greeting");
const introduced = await hear("TableIntroduced");
const table = unhex(introduced.table);
say("SignIn", { number: 1, name: "Node", token: "", table_password: "" });
const { account, next_number } = await hear("SignedIn");
let number = Math.max(2, Number(next_number));
say("TakeSeat", { number: number++, seat: 1, croupier_password: "" });
const shown = await hear("TableShown");
const round = shown.round_number;
const before = unhex(shown.seed_before);
if (round === "1") same(before, unhex(introduced.anchor), "the anchor");

const secret = randomBytes(32);
const sealed = commitment(table, round, account, secret);
say("CommitSecret", { number: number++, round_number: round, commitment: sealed });
await hear("Done");
const bets = [{ spot: 17, chips: 5 }, { spot: 153, chips: 20 }];
say("PlaceBets", { number: number++, round_number: round, bets });
const { at_stake } = await hear("BetsPlaced");
console.log(`bet ${at_stake}`);

const closed = await hear("BettingClosed");
say("RevealSecret", { number: number++, round_number: round, secret });
say("ListBets", { number: number++, round_number: round, after_account: 0, after_spot: 0 });
const listed = await hear("BetsListed");
const settled = await hear("RoundSettled");
checkRound({ table, before, account, bets: listed.bets, closed, settled });
const own = await hear("PlayerSettled");
console.log(`number ${settled.pocket}, net ${own.net}: holds`);
say("Goodbye", { reason: 1, words: "" });
socket.end();
