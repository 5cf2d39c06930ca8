// Blackjack of `croupier/2`: the cards of a round one by one, and what each hand returns.

import { Illegal, Layout, alike } from "./fair_faults.mjs";

const RANKS = "A23456789TJQK", SUITS = "cdhs";
const NAMES = [...SUITS].flatMap((suit) => [...RANKS].map((rank) => rank + suit));
const CODES = new Map(NAMES.map((name, code) => [name, code]));
for (const suit of SUITS) CODES.set(`10${suit}`, CODES.get(`T${suit}`));

const points = (card) => Math.min((card % 13) + 1, 10);
const isAce = (card) => points(card) === 1;
const isTen = (card) => points(card) === 10;
function total(cards) {
  const hard = cards.reduce((sum, card) => sum + points(card), 0);
  const soft = cards.some(isAce) && hard + 10 <= 21;
  return { total: hard + (soft ? 10 : 0), soft };
}
const isNatural = (cards) => cards.length === 2 && total(cards).total === 21;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function code(name) {
  if (!CODES.has(name)) throw new Illegal("no such card");
  return CODES.get(name);
}
const codes = (names) => {
  if (!Array.isArray(names)) throw new Illegal("no list of cards");
  return names.map(code);
};

// --- details -------------------------------------------------------------------------------------

const ascending = (keys) => keys.every((key, at) => !at || keys[at - 1] < key);

function readBoxes(detail) {
  const boxes = [...detail.subarray(1)];
  if (!detail.length || detail[0] !== boxes.length || !ascending(boxes)) throw new Layout("boxes");
  if (!boxes.length || boxes[0] < 1 || boxes.at(-1) > 7) throw new Illegal("boxes 1 to 7");
  return boxes;
}

function readInsurances(detail) {
  if (detail.length % 17) throw new Layout("insurances");
  const rows = [];
  for (let at = 0; at < detail.length; at += 17)
    rows.push({ account: detail.readBigUInt64BE(at), box: detail[at + 8], chips: detail.readBigUInt64BE(at + 9) });
  if (!ascending(rows.map(({ account, box }) => account * 256n + BigInt(box)))) throw new Layout("insurances");
  return rows;
}

function readDecision(detail) {
  if (detail.length < 5 || detail.length !== 5 + 16 * detail.readUInt16BE(3)) throw new Layout("a decision");
  const added = [];
  for (let at = 5; at < detail.length; at += 16) added.push([detail.readBigUInt64BE(at), detail.readBigUInt64BE(at + 8)]);
  if (!ascending(added.map(([account]) => account))) throw new Layout("a decision");
  return { box: detail[0], number: detail[1], act: detail[2], added };
}

// --- a hand --------------------------------------------------------------------------------------

class Hand {
  constructor(bets, split) {
    Object.assign(this, { cards: [], bets, split, added: new Map(), over: false, surrendered: false, even: new Set() });
  }

  take(card) {
    this.cards.push(card);
    // 21 stands by itself, what is over 21 is lost, and a split ace gets one card.
    if (total(this.cards).total >= 21 || (this.split && isAce(this.cards[0]))) this.over = true;
  }

  get bust() {
    return total(this.cards).total > 21;
  }

  get natural() {
    return !this.split && isNatural(this.cards);
  }
}

// --- a round -------------------------------------------------------------------------------------

export class Blackjack {
  static known(word) {
    return (
      ["s17", "h17", "peek", "das", "ls", "es"].includes(word) ||
      /^bj=(3:2|6:5|1:1|2:1)$/.test(word) ||
      /^(decks|cut|hands)=\d{1,3}$/.test(word)
    );
  }

  constructor(rules, state, stakes, whole) {
    if (state.length !== 104) throw new Layout("state");
    this.counts = NAMES.map((_, at) => state.readUInt16BE(2 * at));
    const known = rules.filter(Blackjack.known);
    const figure = (name, otherwise) => known.findLast((word) => word.startsWith(`${name}=`))?.split("=")[1] ?? otherwise;
    this.rules = Object.fromEntries(["h17", "peek", "das", "ls", "es"].map((word) => [word, known.includes(word)]));
    this.rules.hands = Number(figure("hands", "4"));
    this.rules.natural = figure("bj", "3:2").split(":").map(BigInt);
    this.whole = whole;
    this.bets = new Map();
    this.aside = new Set();
    for (const [account, rows] of stakes)
      for (const [place, kind, chips] of rows) {
        if (kind > 1n) this.aside.add(account);
        else {
          const box = Number(place);
          if (!this.bets.has(box)) this.bets.set(box, new Map());
          const there = this.bets.get(box);
          there.set(account, (there.get(account) ?? 0n) + chips);
        }
      }
    Object.assign(this, { boxes: new Map(), dealer: [], insured: [], owed: null, over: false });
  }

  // --- the shoe

  // Whether the dealer makes 21 of two with this card and the one that lies open.
  completes(card) {
    return isAce(this.dealer[0]) ? isTen(card) : isTen(this.dealer[0]) && isAce(card);
  }

  get mayBeNatural() {
    return this.owed === null && (isAce(this.dealer[0]) || isTen(this.dealer[0]));
  }

  // The index-th card of those that fit, by ascending code, copies counted.
  pick(counts, words, fits = () => true) {
    const fitting = counts.map((many, card) => (fits(card) ? many : 0));
    let index = words.below(sum(fitting));
    const card = fitting.findIndex((many) => (index -= many) < 0);
    counts[card]--;
    return card;
  }

  // --- what a step gives

  gives(what, detail, words) {
    if (this.over || (what === 2) !== (this.dealer.length === 0)) throw new Illegal("not now");
    if (what === 2) return this.deal(readBoxes(detail), words);
    if (what === 3) return this.peek(readInsurances(detail), words);
    if (what !== 4 && what !== 5) throw new Illegal("no such step");
    if (this.rules.peek && this.mayBeNatural) throw new Illegal("the peek comes first");
    return what === 4 ? this.card(readDecision(detail), words) : this.dealerPlays(detail, words);
  }

  fits(what, detail, words, told) {
    const spelled = (each, depth) => {
      if (each instanceof Map && depth) return new Map([...each].map(([key, inner]) => [key, spelled(inner, depth - 1)]));
      if (Array.isArray(each) && depth) return each.map((inner) => spelled(inner, depth - 1));
      return CODES.has(each) ? NAMES[CODES.get(each)] : each;
    };
    return alike(this.gives(what, detail, words), spelled(told, 3));
  }

  deal(boxes, words) {
    if (this.whole && (boxes.length !== this.bets.size || !boxes.every((box) => this.bets.has(box)))) throw new Illegal("other boxes");
    const counts = [...this.counts];
    const round = () => boxes.map(() => NAMES[this.pick(counts, words)]);
    const first = round();
    const up = NAMES[this.pick(counts, words)];
    const second = round();
    return new Map([["boxes", new Map(boxes.map((box, at) => [`${box}`, [first[at], second[at]]]))], ["up", up]]);
  }

  peek(insurances, words) {
    for (const { account, box, chips } of insurances) {
      const bet = this.find(box, 0).bets.get(account) ?? 0n;
      if (!isAce(this.dealer[0]) || (this.whole && (chips === 0n || chips > bet / 2n))) throw new Illegal("an insurance");
    }
    if (!this.rules.peek || !this.mayBeNatural) throw new Illegal("nothing to look for");
    // k of all that are left complete: i < k is one of those.
    const fitting = this.counts.map((many, card) => (this.completes(card) ? many : 0));
    let index = words.below(sum(this.counts));
    const card = fitting.findIndex((many) => (index -= many) < 0);
    return new Map([["natural", card < 0 ? null : NAMES[card]]]);
  }

  card({ box, number, act }, words) {
    if (act === 4) {
      if (!this.live(box, number, 1).split) throw new Illegal("was not split");
    } else if (act === 1) this.live(box, number);
    else if (act === 2 || act === 3) this.live(box, number, 2);
    else throw new Illegal("takes no card");
    const counts = [...this.counts];
    if (this.owed) this.pick(counts, words, (card) => !this.completes(card));
    return new Map([["card", NAMES[this.pick(counts, words)]]]);
  }

  dealerPlays(detail, words) {
    if (detail.length) throw new Layout("dealer");
    for (const hands of this.boxes.values()) if (!hands.every((hand) => hand.over)) throw new Illegal("a hand is open");
    const counts = [...this.counts], cards = [...this.dealer];
    cards.push(this.pick(counts, words, (card) => !this.owed || !this.completes(card)));
    for (;;) {
      const now = total(cards);
      if (now.total > 17 || (now.total === 17 && !(now.soft && this.rules.h17))) break;
      cards.push(this.pick(counts, words));
    }
    return new Map([["dealer", cards.map((card) => NAMES[card])]]);
  }

  // --- going on

  find(box, number) {
    const hand = this.boxes.get(box)?.[number];
    if (!hand) throw new Illegal("no such hand");
    return hand;
  }

  live(box, number, cards) {
    const hand = this.find(box, number);
    if (hand.over || (cards === undefined ? hand.cards.length < 2 : hand.cards.length !== cards)) throw new Illegal("does nothing now");
    return hand;
  }

  out(card) {
    if (!this.counts[card]) throw new Illegal("none left");
    this.counts[card]--;
  }

  goOn(what, detail, result) {
    if (what === 2) {
      const up = code(result.get("up"));
      const pairs = [...result.get("boxes")].map(([box, names]) => {
        if (!/^\d+$/.test(box)) throw new Illegal("no box");
        return [Number(box), codes(names)];
      });
      for (const card of [...pairs.flatMap(([, pair]) => pair), up]) this.out(card);
      for (const [box, pair] of pairs) {
        const hand = new Hand(new Map(this.bets.get(box)), false);
        for (const card of pair) hand.take(card);
        this.boxes.set(box, [hand]);
      }
      this.dealer.push(up);
    } else if (what === 3) {
      for (const { account, box, chips } of readInsurances(detail)) {
        this.insured = this.insured.filter((one) => one.account !== account || one.box !== box);
        this.insured.push({ account, box, chips });
      }
      if (!result.has("natural")) throw new Illegal("no answer");
      const natural = result.get("natural");
      this.owed = natural === null;
      if (natural !== null) {
        this.dealer.push(code(natural));
        this.over = true;
      }
    } else if (what === 4) {
      const { box, number, act, added } = readDecision(detail);
      const card = code(result.get("card"));
      this.out(card);
      const hand = act === 2 ? this.double(box, number, added) : act === 3 ? this.split(box, number, added) : this.find(box, number);
      hand.take(card);
    } else if (what === 5) {
      this.dealer = codes(result.get("dealer"));
      this.over = true;
    }
  }

  double(box, number, added) {
    const hand = this.live(box, number, 2);
    if (hand.split && !this.rules.das) throw new Illegal("not after a split");
    for (const [account, chips] of added)
      if (this.whole && (chips === 0n || chips > (hand.bets.get(account) ?? 0n))) throw new Illegal("not so much");
    hand.added = new Map(added);
    hand.over = true;
    return hand;
  }

  split(box, number, added) {
    const hand = this.live(box, number, 2);
    const [first, second] = hand.cards;
    if (points(first) !== points(second) || this.boxes.get(box).length >= this.rules.hands) throw new Illegal("no split");
    for (const [account, chips] of added) if (this.whole && hand.bets.get(account) !== chips) throw new Illegal("the same bet");
    hand.cards = [first];
    hand.split = true;
    const other = new Hand(new Map(added), true);
    other.cards.push(second);
    this.boxes.get(box).push(other);
    return hand;
  }

  note(detail) {
    const { box, number, act, added } = readDecision(detail);
    if (this.over || !this.dealer.length) throw new Illegal("nothing to decide");
    const due = this.rules.peek && this.mayBeNatural;
    if (act === 8 && this.owed === null) {
      const hand = this.find(box, number);
      if (!hand.natural || !isAce(this.dealer[0])) throw new Illegal("even money");
      for (const account of added.length ? added.map(([each]) => each) : hand.bets.keys()) hand.even.add(account);
    } else if (act === 6 && (this.rules.es || !due)) {
      const hand = this.live(box, number, 2);
      if (hand.split || !(this.rules.ls || this.rules.es)) throw new Illegal("no surrender");
      hand.over = hand.surrendered = true;
    } else if ((act === 5 || act === 7) && !due) this.live(box, number).over = true;
    else throw new Illegal("no such decision");
  }

  // --- chips

  // Whether a hand still plays against the dealer.
  waits(hand) {
    if (hand.natural && [...hand.bets.keys()].every((account) => hand.even.has(account))) return false;
    return !(hand.bust || hand.surrendered || (hand.natural && !this.mayBeNatural));
  }

  payouts() {
    const hands = [...this.boxes.values()].flat();
    if (!this.over && (!this.dealer.length || hands.some((hand) => this.waits(hand)))) throw new Illegal("not over");
    const back = new Map();
    const pay = (account, half) => back.set(account, [...(back.get(account) ?? []), half]);
    for (const [box, hands] of this.boxes)
      hands.forEach((hand, at) => {
        for (const [account, bet] of hand.bets) pay(account, this.returned(hand, at, account, bet));
      });
    for (const { account, chips } of this.insured) pay(account, isNatural(this.dealer) ? 6n * chips : 0n);
    for (const account of this.aside) back.delete(account);
    return back;
  }

  // In half chips.
  returned(hand, at, account, bet) {
    const added = hand.added.get(account) ?? 0n;
    if (hand.even.has(account)) return 4n * bet;
    if (hand.surrendered) return bet;
    if (hand.bust) return 0n;
    if (isNatural(this.dealer)) {
      if (hand.natural) return 2n * bet;
      return 2n * (added + (at ? bet : 0n)); // Only the first bet of a box is lost.
    }
    if (hand.natural) {
      const [wins, of] = this.rules.natural;
      return of === 2n ? 2n * bet + wins * bet : 2n * bet + 2n * ((wins * bet) / of);
    }
    const ours = total(hand.cards).total, theirs = total(this.dealer).total;
    if (theirs > 21 || ours > theirs) return 4n * (bet + added);
    return ours === theirs ? 2n * (bet + added) : 0n;
  }
}
