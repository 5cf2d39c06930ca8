// A player for one round: node player.mjs PORT
//
// Signs in as Nodey, takes part in the draw, bets 5 on the number 17 and 20 on red, waits for the wheel, and
// checks that nobody steered it. Written like the decoder beside it: from the protocol page alone.

import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { Decoder, Fault } from './decode.mjs';
import { H, Words, proves, root, sayLeaf, stakeLeaf, u16, u32, u64 } from './fair_hashes.mjs';

const RED = 153, ROULETTE = 1, PLAYER = 1, BETTING = 0, SPIN = 1, LEAVING = 1, BROKEN = 7;
const TOO_LATE_FOR_BETS = [13, 14];         // WRONG_ROUND, BETTING_CLOSED: try the next round
const REDS = [1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36];
const BETS = [{ spot: 17, chips: 5, covers: [17] }, { spot: RED, chips: 20, covers: REDS }];

// ---- Bytes -------------------------------------------------------------------------------------

const u8 = n => Buffer.from([n]);
const unhex = text => Buffer.from(text, 'hex');
const blob = bytes => Buffer.concat([u16(bytes.length), bytes]);
const text = words => blob(Buffer.from(words));
const NOTHING = u16(0);                     // an empty blob or text

// ---- Fairness, step by step as on the page -----------------------------------------------------

/** Stops the program with the name of the step that does not hold. */
class Unfair extends Error {}
const holds = (step, truth) => { if (!truth) throw new Unfair(step); };

const hex = bytes => bytes.toString('hex');
const previousSeed = seed => hex(H('house', table.id, unhex(seed)));
const previousLink = (who, link) => H('player', table.id, u64(who), link);

/** Our chain, from its public end: short, for it serves one round. */
function newChain() {
  const links = [randomBytes(32)];
  for (let i = 0; i < 8; i++) links.unshift(previousLink(account, links[0]));
  return links;
}

/** Whatever seed is shown leads back to the last one that we know. */
function checkSeed(event, seed) {
  let back = seed;
  for (let e = BigInt(event); e > table.known.event; e--) back = previousSeed(back);
  holds('chain: the seed does not come from the anchor', back === table.known.seed);
  table.known = { event: BigInt(event), seed };
}

/** 1: everything that the number hangs on is frozen, our head and our bets among it. */
function checkFreeze({ frozen: f, mine, chain }) {
  checkSeed(BigInt(f.event) - 1n, f.seed_before);
  if (table.history) holds('history: another happened before', f.history === table.history);
  const F = H('freeze', table.id, u64(f.round_number), u64(f.event), u8(f.draw), unhex(f.seed_before), unhex(f.history),
    H('rules', Buffer.from(f.rules)), H('state', unhex(f.state)), u32(f.contributors), unhex(f.says_root),
    u32(f.players), unhex(f.stakes_root));
  holds('freeze: F', f.freeze === hex(F));
  const proof = hashes => hashes.map(unhex);
  if (mine.has_say) holds('say: our head is not in it', mine.head === hex(chain[0])
    && proves(unhex(f.says_root), f.contributors, mine.say_index, sayLeaf(account, chain[0]), proof(mine.say_proof)));
  const bets = BETS.map(({ spot, chips }) => [spot, 0, chips]);
  holds('stake: our bets are not in it', mine.has_stake
    && proves(unhex(f.stakes_root), f.players, mine.stake_index, stakeLeaf(account, bets), proof(mine.stake_proof)));
}

/** 2: the step follows from the freeze. */
function checkStep({ frozen, asked }) {
  const T = H('step', unhex(frozen.freeze), u8(asked.what), u16(unhex(asked.detail).length), unhex(asked.detail));
  holds('step: T', asked.step === hex(T) && asked.what === SPIN);
}

/** 3: the seed, the links, the number, and what it paid us. 4: the bets. */
function checkRound({ frozen, mine, asked, drawn, links, ours, settled, own, rows, chain, sent }) {
  checkSeed(drawn.event, drawn.seed);
  const n = frozen.contributors, T = unhex(asked.step), L = unhex(drawn.links_root);
  if (mine.has_say && links) {                           // else they are too many to be told unasked
    const heads = links.rows.map(({ account, shown, link }) =>
      sayLeaf(account, shown ? previousLink(account, unhex(link)) : unhex(link)));
    holds('links: they do not lead to the heads that were frozen', hex(root(heads)) === frozen.says_root);
    const shown = links.rows.map(({ account, link }) => sayLeaf(account, unhex(link)));
    holds('links: L', links.rows.length === n && hex(root(shown)) === drawn.links_root);
    if (sent) holds('link: ours is not among them',
      proves(L, n, mine.say_index, sayLeaf(account, chain[1]), ours.proof.map(unhex)));
  }
  const R = H('reveals', T, u32(n), L);
  holds('reveals: R', drawn.shown === hex(R));
  holds('done: D', drawn.done === hex(H('done', T, R, unhex(drawn.seed))));
  const { pocket } = settled;
  holds('drawing: another number comes out', new Words(unhex(drawn.seed), T, R).below(37) === pocket);

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

  const stakes = new Map();
  for (const { account, spot, chips } of rows) stakes.set(account, [...stakes.get(account) ?? [], [spot, 0, chips]]);
  const leaves = [...stakes].map(([account, bets]) => stakeLeaf(account, bets));
  holds('stakes: B', leaves.length === frozen.players && hex(root(leaves)) === frozen.stakes_root);
}

// ---- The conversation --------------------------------------------------------------------------

const table = {};                           // its number, its name in the draw, its anchor
const socket = net.connect(Number(process.argv[2]), '127.0.0.1');
socket.on('error', () => {});               // the loop below is told of it
/** One frame; `kind` is game and type. What is said at the table names it, the rest is for the house. */
const AT_TABLE = [0x0005, 0x0060, 0x0067];
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

/** Bets are open: have a say, and place the bets. */
function play(n) {
  round = { n, chain: newChain(), rows: [] };
  round.chainNumber = ask(0x0060, round.chain[0]);
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
  TableIntroduced: ({ draw, anchor }) => {
    Object.assign(table, { id: unhex(draw), known: { event: 0n, seed: anchor } });
  },
  DrawShown: ({ event, seed, history }) => { checkSeed(event, seed); table.history = history; },
  SignedIn: fields => {
    account = fields.account;
    const next = BigInt(fields.next_number);
    if (next > lastNumber) lastNumber = next - 1n;
    ask(0x05, u8(PLAYER), NOTHING, NOTHING);
  },
  TableShown: ({ phase, round_number }) => { if (phase === BETTING) play(round_number); },

  RoundOpened: ({ round_number }) => {
    if (!round?.accepted) return play(round_number);
    holds('payout: the round is over without a result', round.own && round.settled);
  },
  Done: ({ number }) => {
    if (number === round?.linkNumber) round.sent = true;
  },
  BetsPlaced: ({ number }) => {
    if (number !== round?.betNumber) return;
    round.accepted = true;
    console.log(`bet ${BETS.reduce((sum, bet) => sum + bet.chips, 0)}`);
  },
  Refused: ({ number, reason, words }) => {
    if (number === round?.chainNumber || number === round?.linkNumber) return;        // no say; we play all the same
    if (number === round?.betNumber && TOO_LATE_FOR_BETS.includes(reason)) return;
    throw new Error(`refused (${reason}): ${words}`);
  },
  RoundFrozen: fields => { if (round && fields.round_number === round.n) round.frozen = fields; },
  YourFreeze: fields => {
    if (fields.round_number !== round?.n || !round.accepted) return;
    round.mine = fields;
    checkFreeze(round);
    listBets();
  },
  EventAsked: fields => {
    if (!round?.mine) return;
    round.asked = fields;
    checkStep(round);                                       // and not before it holds, show the link
    if (round.mine.has_say) round.linkNumber = ask(0x0067, u64(fields.event), round.chain[1]);
  },
  EventDrawn: fields => { if (round?.asked) round.drawn = fields; },
  LinksShown: fields => { if (round?.asked) round.links = fields; },
  YourDraw: fields => { if (round?.asked) round.ours = fields; },
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
  RoundVoided: ({ round_number }) => {
    if (round_number !== round?.n) return;
    holds('void: after its freeze', !round.frozen);
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
