// A player for one round: node player.mjs PORT
//
// Signs in as Nodey, takes part in the draw, bets 5 on the number 17 and 20 on red, waits for the wheel, and
// checks that nobody steered it. Written like the decoder beside it: from the protocol page alone.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import net from 'node:net';
import { Decoder, Fault } from './decode.mjs';

const RED = 153, ROULETTE = 1, PLAYER = 1, BETTING = 0, LEAVING = 1, BROKEN = 7;
const TOO_LATE_FOR_BETS = [13, 14];         // WRONG_ROUND, BETTING_CLOSED: try the next round
const REDS = [1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36];
const BETS = [{ spot: 17, chips: 5, covers: [17] }, { spot: RED, chips: 20, covers: REDS }];

// ---- Bytes -------------------------------------------------------------------------------------

const u8 = n => Buffer.from([n]);
const u16 = n => { const b = Buffer.alloc(2); b.writeUInt16BE(n); return b; };
const u32 = n => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const u64 = n => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const unhex = text => Buffer.from(text, 'hex');
const blob = bytes => Buffer.concat([u16(bytes.length), bytes]);
const text = words => blob(Buffer.from(words));
const NOTHING = u16(0);                     // an empty blob or text

// ---- Fairness, step by step as on the page -----------------------------------------------------

const H = (tag, ...parts) => {
  const hash = createHash('sha256').update(u8(tag.length)).update(tag);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Stops the program with the name of the step that does not hold. */
class Unfair extends Error {}
const holds = (step, truth) => { if (!truth) throw new Unfair(step); };

const ascending = rows => rows.every((row, i) => i === 0 || BigInt(rows[i - 1].account) < BigInt(row.account));
const commitmentOf = (round, account, secret) =>
  H('croupier/1/commit', table.id, u64(round.n), u64(account), unhex(secret));
const previous = seed => H('croupier/1/chain', table.id, unhex(seed));

/** 1: the seed before round n leads back to the anchor in n - 1 steps. */
function checkChain(round) {
  let seed = round.seedBefore;
  for (let n = BigInt(round.n); n > 1n; n--) seed = previous(seed);
  holds('chain: the seed before this round does not come from the anchor', seed === table.anchor);
}

/** 3: everything that the number hangs on is frozen, our secret among it. */
function checkFreeze(round) {
  const { commitments, bets_root, freeze } = round.closed;
  holds('freeze: the accounts do not ascend', ascending(commitments));
  holds('freeze: F', freeze === H('croupier/1/freeze', table.id, u64(round.n), unhex(round.seedBefore),
    u16(commitments.length), ...commitments.flatMap(c => [u64(c.account), unhex(c.commitment)]), unhex(bets_root)));
  const own = commitments.find(c => c.account === account);
  if (round.committed || own) holds('commitment: ours is not among them', own?.commitment === round.commitment);
  round.committed = Boolean(own);
}

/** 4: the seed, the secrets, the number, and what it paid us. 5: the bets. */
function checkRound({ n, seedBefore, closed, settled, own, rows, secret, revealed }) {
  const { seed, reveals, pocket } = settled, { commitments, bets_root, freeze } = closed;
  holds('chain: the seed is not the one that was promised', previous(seed) === seedBefore);

  holds('commitment: other accounts revealed than committed', reveals.length === commitments.length
    && reveals.every((reveal, i) => reveal.account === commitments[i].account));
  reveals.forEach((reveal, i) => holds(`commitment: the secret of ${reveal.account} is another`,
    !reveal.shown || commitmentOf({ n }, reveal.account, reveal.secret) === commitments[i].commitment));
  if (revealed) holds('commitment: our secret is not shown',
    reveals.some(reveal => reveal.account === account && reveal.shown && reveal.secret === secret));

  const F = unhex(freeze);
  const R = unhex(H('croupier/1/reveals', F,
    ...reveals.flatMap(r => r.shown ? [u8(1), unhex(r.secret)] : [u8(0), Buffer.alloc(32)])));
  holds('drawing: another number comes out', draw(unhex(seed), F, R) === pocket);

  holds('payout: other bets than ours', own.payouts.length === BETS.length);
  let net = 0n;
  BETS.forEach(({ spot, chips, covers }, i) => {
    const returned = covers.includes(pocket) ? chips * 36 / covers.length : 0;
    net += BigInt(returned - chips);
    const payout = own.payouts[i];
    holds(`payout: spot ${spot}`, payout.spot === spot
      && payout.stake === String(chips) && payout.returned === String(returned));
  });
  holds('payout: net', own.net === String(net));

  holds('bets: bets_root', bets_root === H('croupier/1/bets', u32(rows.length),
    ...rows.flatMap(row => [u64(row.account), u8(row.spot), u64(row.chips)])));
  const ours = rows.filter(row => row.account === account);
  holds('bets: ours are not in them', ours.length === BETS.length
    && ours.every((row, i) => row.spot === BETS[i].spot && row.chips === String(BETS[i].chips)));
}

/** The first byte below 222 = 6 × 37 of the blocks gives the number. */
function draw(seed, F, R) {
  for (let j = 0; ; j++) {
    const block = createHmac('sha256', seed).update(u8(15)).update('croupier/1/spin')
      .update(F).update(R).update(u32(j)).digest();
    const byte = block.find(byte => byte < 222);
    if (byte !== undefined) return byte % 37;
  }
}

// ---- The conversation --------------------------------------------------------------------------

const table = {};                           // its number, its name in the draw, its anchor
const socket = net.connect(Number(process.argv[2]), '127.0.0.1');
socket.on('error', () => {});               // the loop below is told of it
/** One frame; `kind` is game and type. What is said at the table names it, the rest is for the house. */
const AT_TABLE = [0x0005];
const send = (kind, ...parts) => {
  const body = Buffer.concat(parts);
  const at = kind >= 0x0100 || AT_TABLE.includes(kind) ? table.number : 0;
  socket.write(Buffer.concat([u8(0x01), u16(kind), u32(at), u32(body.length), body]));
};
/** Sends a request, and returns the number that its answer will carry. */
let lastNumber = 0n;
const ask = (kind, ...parts) => { send(kind, u64(++lastNumber), ...parts); return String(lastNumber); };
/** The last frame. What still comes is read and dropped until the server has closed too, or two seconds are over. */
const goodbye = reason => {
  send(0x0A, u8(reason), NOTHING);
  socket.end();
  socket.setTimeout(2000, () => socket.destroy());
};

let account, round, left = false;

/** Bets are open: commit to a secret, and place the bets. */
function play(n, seedBefore) {
  round = { n, seedBefore, secret: randomBytes(32).toString('hex'), rows: [] };
  checkChain(round);
  round.commitment = commitmentOf(round, account, round.secret);
  round.commitNumber = ask(0x012A, u64(n), unhex(round.commitment));
  round.betNumber = ask(0x0110, u64(n), u16(BETS.length), ...BETS.flatMap(bet => [u8(bet.spot), u64(bet.chips)]));
}

const listBets = (after = { account: 0, spot: 0 }) => {
  round.listNumber = ask(0x0115, u64(round.n), u64(after.account), u8(after.spot));
};

function finishIfWhole() {
  if (!round.own || !round.settled || !round.listed) return;
  checkRound(round);
  console.log(`number ${round.settled.pocket}, net ${round.own.net}: holds`);
  left = true;
  goodbye(LEAVING);
}

/** What to do about each message. The others (BetsChanged, Said ...) do not matter here. */
const on = {
  Ping: ({ nonce }) => send(0x09, u64(nonce)),

  HouseIntroduced: ({ tables }) => {
    table.number = tables.find(({ game }) => game === ROULETTE).table;
    ask(0x03, text('Nodey'), NOTHING, NOTHING);
  },
  TableIntroduced: ({ draw, anchor }) => Object.assign(table, { id: unhex(draw), anchor }),
  SignedIn: fields => {
    account = fields.account;
    const next = BigInt(fields.next_number);
    if (next > lastNumber) lastNumber = next - 1n;
    ask(0x05, u8(PLAYER), NOTHING, NOTHING);
  },
  TableShown: ({ phase, round_number, seed_before }) => { if (phase === BETTING) play(round_number, seed_before); },

  RoundOpened: ({ round_number, seed_before }) => {
    if (!round?.accepted) return play(round_number, seed_before);
    holds('payout: the round is over without a result', round.own && round.settled);
  },
  Done: ({ number }) => {
    if (number === round?.commitNumber) round.committed = true;
    if (number === round?.revealNumber) round.revealed = true;
  },
  BetsPlaced: ({ number }) => {
    if (number !== round?.betNumber) return;
    round.accepted = true;
    console.log(`bet ${BETS.reduce((sum, bet) => sum + bet.chips, 0)}`);
  },
  Refused: ({ number, reason, words }) => {
    if (number === round?.commitNumber || number === round?.revealNumber) return;     // no say; we play all the same
    if (number === round?.betNumber && TOO_LATE_FOR_BETS.includes(reason)) return;
    throw new Error(`refused (${reason}): ${words}`);
  },
  BettingClosed: fields => {
    if (fields.round_number !== round?.n) return;
    round.closed = fields;
    checkFreeze(round);                                     // and not before it holds, show the secret
    if (round.committed) round.revealNumber = ask(0x012B, u64(round.n), unhex(round.secret));
    listBets();
  },
  BetsListed: ({ number, bets, more }) => {
    if (number !== round?.listNumber) return;
    round.rows.push(...bets);
    if (more) return listBets(bets.at(-1));
    round.listed = true;
    finishIfWhole();
  },
  RoundSettled: fields => {
    if (fields.round_number !== round?.n || !round.accepted) return;
    round.settled = fields;
    finishIfWhole();
  },
  PlayerSettled: fields => {
    if (fields.round_number !== round?.n || !round.accepted) return;
    round.own = fields;
    finishIfWhole();
  },
  RoundVoided: ({ round_number, seed }) => {
    if (round_number !== round?.n) return;
    holds('chain: the seed of the voided round is another', previous(seed) === round.seedBefore);
    round = undefined;                                      // RoundOpened follows: bet again
  },
  Goodbye: ({ reason, words }) => { throw new Error(`the server says goodbye (${reason}): ${words}`); },
};

try {
  send(0x00, u16(1), u16(1), text('Nodey'));                // the greeting: version 1, and no older one
  const decoder = new Decoder(true);
  for await (const piece of socket.iterator({ destroyOnReturn: false }))
    for (const { message, fields } of decoder.feed(piece)) if (!left) on[message]?.(fields);
  if (!left) throw new Error('the connection was lost');
} catch (error) {
  if (!left) {
    console.error(error instanceof Unfair ? `does not hold: ${error.message}` : error.message);
    process.exitCode = 1;
    socket.resume();
    if (socket.writable) goodbye(error instanceof Fault ? BROKEN : LEAVING);
  }
}
