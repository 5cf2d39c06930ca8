// The games of `croupier/2`: what a step gives, and what follows from it.
//
// `gives` tells what a step draws and changes nothing, `goOn` takes the result of the file, `note` a
// decision. `payouts` says what each bet returned, in half chips: null where a game pays by another
// page. `Layout` is a detail that is none of the game's, `Illegal` a step that it does not allow.

import { u16, u64 } from "./fair_hashes.mjs";
import { Blackjack } from "./fair_blackjack.mjs";
import { Illegal, Layout, alike } from "./fair_faults.mjs";

const count = (bytes) => [...Array(bytes).keys()];

// --- roulette ------------------------------------------------------------------------------------

const EVENS = [151, 156];

// What each spot covers, in the order of their numbers.
function layout() {
  const ascending = (rows) =>
    rows.sort((a, b) => {
      const at = a.findIndex((n, i) => n !== b[i]);
      return at < 0 || b[at] === undefined ? a.length - b.length : a[at] - b[at];
    });
  const numbers = count(37).slice(1);
  const touching = [];
  for (const n of numbers) {
    if (n % 3) touching.push([n, n + 1]);
    if (n + 3 <= 36) touching.push([n, n + 3]);
  }
  const rows = numbers.filter((n) => n % 3 === 1);
  const reds = [1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36];
  const corners = numbers.filter((n) => n % 3 && n + 4 <= 36).map((n) => [n, n + 1, n + 3, n + 4]);
  return [
    ...count(37).map((n) => [n]),
    ...ascending([[0, 1], [0, 2], [0, 3], ...touching]),
    ...ascending([[0, 1, 2], [0, 2, 3], ...rows.map((n) => [n, n + 1, n + 2])]),
    ...ascending([[0, 1, 2, 3], ...corners]),
    ...rows.slice(0, -1).map((n) => count(6).map((i) => n + i)),
    ...[1, 2, 3].map((c) => numbers.filter((n) => n % 3 === c % 3)),
    ...[1, 2, 3].map((d) => numbers.filter((n) => Math.ceil(n / 12) === d)),
    numbers.filter((n) => n <= 18),
    numbers.filter((n) => n % 2 === 0),
    reds,
    numbers.filter((n) => !reds.includes(n)),
    numbers.filter((n) => n % 2 === 1),
    numbers.filter((n) => n > 18),
    ...[[37], [0, 37], [2, 37], [3, 37], [0, 2, 37], [2, 3, 37], [0, 1, 2, 3, 37]],
  ];
}
const SPOTS = layout();
const name = (covers) => covers.join("-");
const NOT_DOUBLE = ["0-3", "0-2-3", "0-1-2-3"];

class Roulette {
  constructor(pockets, rules, state, stakes) {
    if (state.length) throw new Layout("state");
    this.pockets = pockets;
    this.half = rules.includes("partage") || rules.includes("surrender");
    this.stakes = stakes;
    for (const bets of stakes.values())
      for (const [place, kind] of bets) {
        const spot = Number(place);
        const there = pockets === 37 ? spot < 157 : spot < 164 && !NOT_DOUBLE.includes(name(SPOTS[spot]));
        if (!there || kind > 2) throw new Illegal("no such spot");
        if (kind && !this.even(spot)) throw new Illegal("only even chances are locked");
      }
    this.pocket = null;
  }

  even(spot) {
    return spot >= EVENS[0] && spot <= EVENS[1];
  }

  gives(what, detail, words) {
    if (detail.length) throw new Layout("a spin");
    if (what !== 1 || this.pocket !== null) throw new Illegal("one spin");
    return new Map([["pocket", BigInt(words.below(this.pockets))]]);
  }

  goOn(_what, _detail, result) {
    const pocket = result.get("pocket");
    if (typeof pocket !== "bigint" || pocket < 0n || pocket >= this.pockets) throw new Illegal("no such pocket");
    this.pocket = Number(pocket);
  }

  note() {
    throw new Illegal("nothing is decided");
  }

  payouts() {
    if (this.pocket === null) throw new Illegal("not over");
    const back = ([place, kind, chips]) => {
      const covers = SPOTS[Number(place)];
      const won = covers.includes(this.pocket);
      if (kind) return won ? 2n * chips : 0n;
      const zero = this.pocket === 0 || this.pocket === 37;
      if (this.half && zero && this.even(Number(place))) return chips;
      return won ? 2n * chips * BigInt(Math.floor(36 / covers.length)) : 0n;
    };
    return new Map([...this.stakes].map(([account, bets]) => [account, bets.map(back)]));
  }
}

// --- bingo ---------------------------------------------------------------------------------------

const range = (low, high) => count(high - low + 1).map((i) => low + i);

function card75(words, free) {
  return count(5).map((c) => {
    const pool = range(15 * c + 1, 15 * c + 15);
    return count(5).map((r) => (free && c === 2 && r === 2 ? 0n : BigInt(words.take(pool))));
  });
}

function card90(words) {
  let rows;
  do {
    rows = count(3).map(() => {
      const pool = count(9);
      return count(5).map(() => words.take(pool));
    });
  } while (new Set(rows.flat()).size < 9);
  const card = rows.map(() => Array(9).fill(0n));
  for (const column of count(9)) {
    const pool = range(column ? 10 * column : 1, column === 8 ? 90 : 10 * column + 9);
    const here = count(3).filter((row) => rows[row].includes(column));
    const numbers = here.map(() => words.take(pool)).sort((a, b) => a - b);
    here.forEach((row, at) => (card[row][column] = BigInt(numbers[at])));
  }
  return card;
}

class Bingo {
  constructor(balls, rules, state, stakes, whole) {
    if (state.length !== 2) throw new Layout("state");
    if (state.readUInt16BE() !== balls) throw new Illegal("balls");
    Object.assign(this, { balls, stakes, whole, free: rules.includes("free") });
    this.bought = new Map();
    for (const [account, bets] of stakes) {
      const cards = bets.reduce((sum, [cards]) => sum + Number(cards), 0);
      if (cards > 255) throw new Illegal("too many cards");
      this.bought.set(account, cards);
    }
    this.left = range(1, balls);
    this.dealt = false;
  }

  card(words, account, number) {
    const apart = words.apart(`bingo${this.balls}`, Buffer.concat([u64(account), u16(number)]));
    return this.balls === 75 ? card75(apart, this.free) : card90(apart);
  }

  gives(what, detail, words) {
    if (what === 6) {
      if (detail.length) throw new Layout("cards");
      if (this.dealt) throw new Illegal("dealt once");
      const cards = new Map();
      for (const [account, many] of this.bought)
        for (const number of count(many)) cards.set(`${account}/${number}`, this.card(words, account, number));
      return new Map([["cards", cards]]);
    }
    if (what !== 7) throw new Illegal("no such step");
    if (detail.length !== 2) throw new Layout("a ball");
    if (!this.left.length || detail.readUInt16BE() !== this.balls - this.left.length + 1) throw new Illegal("which call");
    return new Map([["ball", BigInt(this.left[words.below(this.left.length)])]]);
  }

  // Who has which cards is not known without the list of stakes: then each that is told is checked.
  fits(what, detail, words, told) {
    const ours = this.gives(what, detail, words);
    if (what !== 6 || this.whole) return alike(ours, told);
    const cards = told.get("cards");
    for (const name of ours.get("cards").keys()) if (!cards.has(name)) return false;
    for (const [name, card] of cards) {
      const called = /^(0|[1-9]\d{0,19})\/(0|[1-9]\d{0,2})$/.exec(name);
      if (!called || BigInt(called[1]) >= 1n << 64n || Number(called[2]) >= 255) throw new Illegal("no card");
      if (!alike(this.card(words, BigInt(called[1]), Number(called[2])), card)) return false;
    }
    return true;
  }

  goOn(what, _detail, result) {
    if (what === 6) this.dealt = true;
    else {
      const ball = result.get("ball");
      const at = typeof ball === "bigint" ? this.left.indexOf(Number(ball)) : -1;
      if (at < 0) throw new Illegal("no such ball");
      this.left.splice(at, 1);
    }
  }

  note() {
    throw new Illegal("nothing is decided");
  }

  payouts() {
    return null;
  }
}

// --- guess and sample ----------------------------------------------------------------------------

class Plain {
  constructor(_rules, state) {
    if (state.length) throw new Layout("state");
  }

  two(what, mine, detail) {
    if (what !== mine) throw new Illegal("no such step");
    if (detail.length !== 4) throw new Layout("two numbers");
    return [detail.readUInt16BE(0), detail.readUInt16BE(2)];
  }

  goOn() {}

  note() {
    throw new Illegal("nothing is decided");
  }

  payouts() {
    return null;
  }
}

class Guess extends Plain {
  gives(what, detail, words) {
    const [low, high] = this.two(what, 11, detail);
    if (low > high) throw new Illegal("no number");
    return new Map([["number", BigInt(low + words.below(high - low + 1))]]);
  }

  fits(what, detail, words, told) {
    const number = this.gives(what, detail, words).get("number");
    const hints = told.get("hints").map(([guess]) => {
      if (typeof guess !== "bigint") throw new Illegal("a guess");
      return [guess, number > guess ? "higher" : number < guess ? "lower" : "right"];
    });
    return alike(new Map([["number", number], ["hints", hints]]), told);
  }
}

class Sample extends Plain {
  gives(what, detail, words) {
    const [n, k] = this.two(what, 9, detail);
    if (k > n) throw new Illegal("not so many");
    const apart = words.apart("sample", Buffer.alloc(0)), pool = count(n);
    return new Map([["sample", count(k).map(() => BigInt(apart.take(pool)))]]);
  }
}

// --- all of them ---------------------------------------------------------------------------------

const wheel = (word) => ["partage", "prison", "prison2", "surrender"].includes(word);
const any = () => true;

export const GAMES = {
  roulette: { number: 1, start: (...how) => new Roulette(37, ...how), known: wheel },
  roulette00: { number: 2, start: (...how) => new Roulette(38, ...how), known: wheel },
  blackjack: { number: 3, start: (...how) => new Blackjack(...how), known: Blackjack.known },
  bingo75: { number: 4, start: (...how) => new Bingo(75, ...how), known: any },
  bingo90: { number: 5, start: (...how) => new Bingo(90, ...how), known: any },
  guess: { number: 6, start: (...how) => new Guess(...how), known: any },
  sample: { number: 7, start: (...how) => new Sample(...how), known: any },
};
