// Judges files of rounds as `croupier/2` has them: `node fair.mjs FILE …`. After the name of each file
// a line for each round: its number, colour, red steps and grey words; or why the file is none.

import { readFileSync } from "node:fs";

import { GAMES } from "./fair_games.mjs";
import { H, Words, proves, root, sayLeaf, stakeLeaf, u32, u64 } from "./fair_hashes.mjs";
import { Illegal, Layout, alike } from "./fair_faults.mjs";
import { NoDocument, parse, read } from "./fair_reading.mjs";

const MOST_STEPS = 1 << 22;
const byAccount = ([a], [b]) => (a < b ? -1 : 1);
const leaves = (table, leaf) => [...table].sort(byAccount).map(([account, what]) => leaf(account, what));

// The seeds that are known to lead to the anchor, by event.
class Trail {
  constructor(table, anchor) {
    Object.assign(this, { table, known: new Map([[0n, anchor]]), left: MOST_STEPS });
  }

  leads(event, seed) {
    let here = event, value = seed;
    while (!this.known.has(here)) {
      if (!this.left--) return false;
      value = H("house", this.table, value);
      here--;
    }
    const good = this.known.get(here).equals(value);
    if (good) this.known.set(event, seed);
    return good;
  }
}

function judge(document) {
  const trail = new Trail(document.table, document.anchor);
  let before = null;
  return document.rounds.map((round) => {
    const verdict = new Round(document, round, trail).judge(before);
    before = round;
    return verdict;
  });
}

class Round {
  constructor(document, told, trail) {
    Object.assign(this, { document, told, trail, reds: new Set(), greys: new Set(), out: new Set() });
    this.game = Object.hasOwn(GAMES, told.game) ? GAMES[told.game] : null;
    const words = told.rules.split(";").filter(Boolean);
    const odd = words.filter((word) => word === "odd=down" || word === "odd=carry");
    this.carry = odd[0] === "odd=carry";
    this.rules = words.filter((word) => !odd.includes(word));
    this.drawn = told.events.filter((event) => !event.note);
    this.values = told.says && new Map(told.says);
    this.play = null;
  }

  red(step, ...when) {
    if (when.every(Boolean)) this.reds.add(step);
  }

  grey(word, ...when) {
    if (when.every(Boolean)) this.greys.add(word);
  }

  judge(before) {
    const { told } = this;
    this.order(before);
    this.seeds();
    this.frozen();
    this.start();
    let from = told.F;
    told.events.forEach((event, at) => (from = this.step(event, at, from)));
    this.payouts();
    this.grey("nobody", told.contributors === 0n);
    this.grey("open", !this.drawn.length);
    if (told.own) this.own(told.own);
    else this.grey("watcher");
    return { number: told.number, reds: [...this.reds].sort(), greys: [...this.greys].sort() };
  }

  order(before) {
    const { told } = this;
    let last = 0n, history = Buffer.alloc(32);
    if (before) {
      const end = before.events.findLast((event) => !event.note);
      last = end ? end.number : before.first - 1n;
      history = end ? end.D : before.history;
    }
    this.red("order", told.number <= (before ? before.number : 0n) || told.first <= last);
    this.red("history", told.first === last + 1n && !told.history.equals(history));
    let next = told.first;
    for (const event of this.drawn) {
      this.red("order", event.number !== next);
      next = event.number + 1n;
    }
  }

  seeds() {
    const { told } = this;
    this.red("anchor", told.own?.pinned && !told.own.pinned.equals(this.document.anchor));
    this.red("anchor", told.first === 0n || !this.trail.leads(told.first - 1n, told.seedBefore));
    let seed = told.seedBefore;
    for (const event of this.drawn) {
      this.red("chain", !H("house", this.document.table, event.seed).equals(seed));
      seed = event.seed;
    }
  }

  frozen() {
    const { told } = this;
    const wrong = (rows, leaf, n, wanted) => rows && (BigInt(rows.size) !== n || !root(leaves(rows, leaf)).equals(wanted));
    this.red("says", wrong(told.says, sayLeaf, told.contributors, told.C));
    this.red("stakes", wrong(told.stakes, stakeLeaf, told.players, told.B));
    const F = H(
      "freeze",
      ...[this.document.table, u64(told.number), u64(told.first), Buffer.from([this.game?.number ?? 0])],
      ...[told.seedBefore, told.history, H("rules", Buffer.from(told.rules)), H("state", told.state)],
      ...[u32(told.contributors), told.C, u32(told.players), told.B],
    );
    this.red("freeze", !F.equals(told.F));
  }

  // --- steps

  start() {
    const { told, game } = this;
    if (!game) return;
    const { own } = told;
    const stakes = told.stakes ?? new Map(own?.bets ? [[own.account, own.bets]] : []);
    try {
      this.play = game.start(this.rules, told.state, stakes, told.stakes !== null);
    } catch (fault) {
      if (!(fault instanceof Illegal || fault instanceof Layout)) throw fault;
      this.red("draw");
    }
  }

  step(event, at, from) {
    const { what, detail } = event;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(detail.length);
    this.red("transcript", !H("step", from, Buffer.from([what]), length, detail).equals(event.T));
    if (what === 10) this.noteOut(detail, at);
    else if (what === 8) this.note(detail);
    else {
      this.shown(event);
      this.draw(event);
      this.red("done", !H("done", event.T, event.R, event.seed).equals(event.D));
      return event.D;
    }
    return event.T;
  }

  noteOut(detail, at) {
    const { own } = this.told;
    if (detail.length !== 8) return this.red("transcript");
    const account = detail.readBigUInt64BE();
    this.out.add(account);
    if (!own || own.account !== account || own.left) return;
    const asked = this.told.events.slice(0, at).filter((event) => !event.note);
    this.red("own_out", asked.every(({ number }) => own.links.get(number)?.inTime));
  }

  note(detail) {
    try {
      this.play?.note(detail);
    } catch (fault) {
      if (fault instanceof Layout) this.red("transcript");
      else if (fault instanceof Illegal) this.red("draw");
      else throw fault;
    }
  }

  // The rows of an event against the heads of the freeze, and L and R over them.
  shown(event) {
    const { told } = this;
    if (told.contributors === 0n) {
      this.red("reveals", (event.links && event.links.size > 0) || !event.L.equals(root([])));
    } else if (!event.links || !this.values) {
      this.values = null;
      this.grey("unlisted");
    } else {
      this.rows(event.links);
      this.red("reveals", !root(leaves(this.values, sayLeaf)).equals(event.L));
    }
    this.red("reveals", !H("reveals", event.T, u32(told.contributors), event.L).equals(event.R));
  }

  rows(links) {
    const { values, told } = this;
    this.red("links", links.size !== values.size);
    for (const [account, link] of links) {
      if (!values.has(account)) this.red("links");
      else if (link === null) {
        this.grey("withheld", !this.out.has(account) && account !== told.own?.account);
        this.out.add(account);
      } else {
        const fits = H("player", this.document.table, u64(account), link).equals(values.get(account));
        this.red("links", !fits || this.out.has(account));
        values.set(account, link);
      }
    }
  }

  draw(event) {
    if (!this.play) return;
    const { what, detail, result } = event;
    const words = new Words(event.seed, event.T, event.R);
    const { play } = this;
    try {
      const same = play.fits ? play.fits(what, detail, words, result) : alike(play.gives(what, detail, words), result);
      this.red("draw", !same);
    } catch (fault) {
      this.red(fault instanceof Layout ? "transcript" : "draw");
    }
    try {
      play.goOn(what, detail, result);
    } catch (fault) {
      this.red("draw", !(fault instanceof Layout));
      this.play = null;
    }
  }

  // --- chips

  payouts() {
    const { told, game, play } = this;
    const { own } = told;
    if (!game || !this.rules.every(game.known)) return this.grey("rules");
    if (!play) return;
    let halves;
    try {
      halves = play.payouts();
    } catch (fault) {
      if (!(fault instanceof Illegal)) throw fault;
      this.red("payouts", told.payouts?.size);
      this.red("own_payout", own && own.payout !== null);
      return;
    }
    if (!halves) return;
    const follows = (account, paid) => {
      const each = halves.get(account) ?? [];
      const sum = each.reduce((a, b) => a + b, 0n);
      if (this.carry) return paid === sum / 2n || paid === (sum + 1n) / 2n;
      return paid === each.reduce((a, b) => a + b / 2n, 0n);
    };
    if (told.payouts && told.stakes) {
      const others = [...told.payouts.keys()].filter((account) => !told.stakes.has(account));
      this.red("payouts", [...halves.keys(), ...others].some((account) => !follows(account, told.payouts.get(account))));
    }
    if (!own || own.payout === null || (own.bets?.length && !halves.has(own.account))) return;
    this.red("own_payout", !follows(own.account, own.payout));
  }

  // --- what one saw

  own(own) {
    const { told } = this;
    own.eyes.forEach((step) => this.red(step));
    this.red("two_freezes", own.freezes.some((freeze) => !freeze.equals(told.F)));
    for (const { number, T } of this.drawn)
      this.red("two_transcripts", own.transcripts.get(number)?.some((each) => !each.equals(T)));
    this.grey(own.why, own.why);
    this.grey("left", own.left);
    this.grey("no chain", !own.head && !own.why);
    if (own.head) {
      this.red("own_say", !own.say && !own.why);
      if (own.say) this.say(own);
    }
    const listed = told.stakes?.get(own.account);
    if (!own.stake) return this.red("own_stake", listed?.length);
    const leaf = (bets) => stakeLeaf(own.account, bets);
    this.red("own_stake", !proves(told.B, told.players, own.stake.index, leaf(own.bets), own.stake.proof));
    this.red("own_stake", listed && !leaf(listed).equals(leaf(own.bets)));
  }

  say(own) {
    const { told } = this;
    const stands = (tree, value, proof) =>
      proves(tree, told.contributors, own.say.index, sayLeaf(own.account, value), proof);
    this.red("own_say", !stands(told.C, own.head, own.say.proof));
    for (const { number, L } of this.drawn) {
      const link = own.links.get(number);
      if (link?.inTime) this.red("own_link", !stands(L, link.link, link.proof));
      else this.grey(own.left ? "left" : "missed");
    }
    const asked = new Set(this.drawn.map(({ number }) => number));
    this.red("own_link", [...own.links].some(([number, link]) => link.inTime && !asked.has(number)));
  }
}

for (const file of process.argv.slice(2)) {
  console.log(`file ${file}`);
  try {
    for (const { number, reds, greys } of judge(read(parse(readFileSync(file, "utf-8"))))) {
      const colour = reds.length ? "red" : greys.length ? "grey" : "green";
      console.log([number, colour, reds.join(","), greys.join(",")].join("\t"));
    }
  } catch (error) {
    if (!(error instanceof NoDocument)) throw error;
    console.log(`- ${error.message}`);
  }
}
