// The hashes, the tree and the words of `croupier/2`.

import { createHash, createHmac } from "node:crypto";

const domain = (tag) => {
  const name = Buffer.from(`croupier/2/${tag}`, "ascii");
  return Buffer.concat([Buffer.from([name.length]), name]);
};

export const H = (tag, ...parts) =>
  createHash("sha256").update(Buffer.concat([domain(tag), ...parts])).digest();

export const u16 = (n) => uint(n, 2);
export const u32 = (n) => uint(n, 4);
export const u64 = (n) => uint(n, 8);
const uint = (n, size) => Buffer.from(BigInt(n).toString(16).padStart(2 * size, "0"), "hex");

export const sayLeaf = (account, value) => H("say", u64(account), value);

export function stakeLeaf(account, bets) {
  const rows = bets.map(([place, kind, chips]) => Buffer.concat([Buffer.from([Number(place), Number(kind)]), u64(chips)]));
  rows.sort(Buffer.compare);
  return H("stake", u64(account), u16(rows.length), ...rows);
}

// RFC 6962: the left tree is over the largest power of two below n.
export function root(leaves) {
  if (!leaves.length) return H("empty");
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (2 * split < leaves.length) split *= 2;
  return H("node", root(leaves.slice(0, split)), root(leaves.slice(split)));
}

// RFC 9162 2.1.3.2, with its names.
export function proves(wanted, size, index, leaf, path) {
  if (index >= size) return false;
  let fn = BigInt(index), sn = BigInt(size) - 1n, r = leaf;
  for (const p of path) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      r = H("node", p, r);
      while (!(fn & 1n) && fn !== 0n) (fn >>= 1n), (sn >>= 1n);
    } else r = H("node", r, p);
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && r.equals(wanted);
}

// Words of 16 bits without end, and numbers evenly out of them.
export class Words {
  constructor(seed, T, R, tag = "draw", context = Buffer.alloc(0)) {
    Object.assign(this, { seed, T, R, tag, context, block: 0, words: [] });
  }

  apart(tag, context) {
    return new Words(this.seed, this.T, this.R, tag, context);
  }

  word() {
    if (!this.words.length) {
      const message = Buffer.concat([domain(this.tag), this.T, this.R, this.context, u32(this.block++)]);
      const bytes = createHmac("sha256", this.seed).update(message).digest();
      for (let at = 0; at < 32; at += 2) this.words.push(bytes.readUInt16BE(at));
    }
    return this.words.shift();
  }

  below(n) {
    if (!(n >= 1 && n <= 65536)) throw new RangeError(`below ${n}`);
    for (;;) {
      const word = this.word();
      if (word < 65536 - (65536 % n)) return word % n;
    }
  }

  take(pool) {
    return pool.splice(this.below(pool.length), 1)[0];
  }
}
