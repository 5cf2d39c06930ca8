// A small decoder for both dialects, written from the protocol page alone (protocol/README.md).
// The byte tables of the modern messages are read off the page itself: what it cannot decode, the
// page does not say. Node 20, no packages.

import { readFileSync } from "node:fs";

const PAGE = new URL("../../protocol/README.md", import.meta.url);
export const page = readPage(readFileSync(PAGE, "utf-8"));

export class Fault extends Error {}

function check(holds, words) {
  if (!holds) throw new Fault(words);
}

// --- what the page says ---------------------------------------------------------------------------

function readPage(text) {
  const messages = new Map(); // type number -> {name, from, fields}
  const records = new Map(); // name -> fields
  const lists = new Map(); // name -> {values, grows}
  const limits = new Map(); // name -> number
  let section = "";
  let current = null;
  for (const line of text.split("\n")) {
    const heading = /^##+ (.*)$/.exec(line);
    const cells = line.startsWith("|") ? line.slice(2, -2).split(" | ") : [];
    const message = /^#### `([0-9A-F]{2})` (\w+)$/.exec(line);
    const named = /^#### \*(\w+)\*/.exec(line);
    if (/^## /.test(line)) section = heading[1];
    if (message) {
      current = { name: message[2], from: "", fields: [] };
      messages.set(parseInt(message[1], 16), current);
    } else if (named && section === "Records") {
      current = { fields: [] };
      records.set(named[1], current.fields);
    } else if (named && section === "Closed lists") {
      current = { values: new Set(), grows: false };
      lists.set(named[1], current);
    } else if (/^From the /.test(line) && current?.from === "") {
      current.from = /^From the (client or server|client|server)\./.exec(line)[1];
    } else if (cells.length === 5 && current?.fields && cells[2].startsWith("`")) {
      current.fields.push({ name: cells[2].slice(1, -1), type: cells[3], size: cells[1] });
    } else if (cells.length === 3 && current?.values && /^\d+$/.test(cells[0])) {
      current.values.add(Number(cells[0]));
      if (cells[1] === "`OTHER`") current.grows = true;
    } else if (cells.length === 3 && /^`[A-Z_]+`$/.test(cells[0])) {
      limits.set(cells[0].slice(1, -1), Number(cells[1]));
    }
  }
  return { messages, records, lists, limits };
}

// --- fields ---------------------------------------------------------------------------------------

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function text(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Fault("not UTF-8");
  }
}

function hex(bytes) {
  return Buffer.from(bytes).toString("hex");
}

class Body {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(size) {
    check(this.at + size <= this.bytes.length, "the body ends before its fields do");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  integer(size, signed = false) {
    let value = 0n;
    for (const byte of this.take(size)) value = (value << 8n) | BigInt(byte);
    if (signed) value = BigInt.asIntN(8 * size, value);
    return size === 8 ? String(value) : Number(value); // JavaScript's numbers end at 2**53
  }

  count(most) {
    const count = this.integer(2);
    check(count <= most, "a length over its limit");
    return count;
  }

  value({ type, size }) {
    let found;
    if ((found = /^([ui])(8|16|32|64)(?: ≤ (\d+))?$/.exec(type))) {
      const value = this.integer(Number(found[2]) / 8, found[1] === "i");
      check(!found[3] || value <= Number(found[3]), "a value outside its range");
      return value;
    }
    if ((found = /^\*(\w+)\*$/.exec(type))) {
      const list = page.lists.get(found[1]);
      const value = this.integer(1);
      check(list.values.has(value) || list.grows, "a value that is not in its list");
      return list.values.has(value) ? value : 0;
    }
    if ((found = /^(text|blob) ≤ (\d+)$/.exec(type))) {
      const bytes = this.take(this.count(Number(found[2])));
      return found[1] === "text" ? text(bytes) : hex(bytes);
    }
    if ((found = /^list ≤ (\d+) of (?:\*(\w+)\*|(.*))$/.exec(type))) {
      const count = this.count(Number(found[1]));
      const read = found[2]
        ? () => this.fields(page.records.get(found[2]))
        : () => this.value({ type: found[3] });
      return Array.from({ length: count }, read);
    }
    if (type === "bool") {
      const value = this.integer(1);
      check(value <= 1, "neither yes nor no");
      return value === 1;
    }
    if (type === "bytes") return hex(this.take(Number(size)));
    throw new Error(`the page does not explain the type ${type}`);
  }

  fields(fields) {
    return Object.fromEntries(fields.map((field) => [field.name, this.value(field)]));
  }
}

// --- frames ---------------------------------------------------------------------------------------
// Readers are generators: they yield how many bytes they need and are given exactly those.

function* modern(decoder) {
  const head = new Body(yield 6);
  check(head.integer(1) === 0x01, "a modern frame begins with 01");
  const type = head.integer(1);
  const size = head.integer(4);
  check(decoder.greeted || type === 0x00, "the first frame is not a greeting");
  const message = page.messages.get(type);
  const side = decoder.fromServer ? "server" : "client";
  check(!message || message.from.includes(side), "a message of the other side");
  check(6 + size <= page.limits.get("SERVER_FRAME_BYTES"), "a frame over its limit");
  const body = new Body(yield size);
  decoder.greeted = true;
  return message ? { message: message.name, fields: body.fields(message.fields) } : null;
}

function* length(most) {
  let value = 0;
  for (const byte of yield 5) value = value * 256 + byte;
  check(value <= most, "a length over its limit");
  return value;
}

function* digest() {
  const isHex = (bytes) => bytes.every((byte) => /[0-9a-f]/.test(String.fromCharCode(byte)));
  const first = yield 64;
  if (!isHex(first)) return hex(first);
  const both = Buffer.concat([first, yield 64]);
  return isHex(both) ? both.toString("latin1") : hex(both);
}

function* rows(tail, read) {
  const found = [];
  for (let left = yield* length(2 ** 20); left > 0; left--) {
    const name = text(yield yield* length(1018));
    found.push({ name, ...read(new Body(yield tail)) });
  }
  return found;
}

const REQUESTS = {
  0x00: function* () {
    return { message: "RegisterPlayer", fields: { name: hex(yield yield* length(1018)) } };
  },
  0x80: function* () {
    return { message: "RegisterCroupier", fields: { digest: yield* digest() } };
  },
  0x20: function* () {
    const body = new Body(yield 3);
    return { message: "PlaceBet", fields: { spot: body.integer(1), chips: body.integer(2) } };
  },
  0xa0: function* () {
    return { message: "StartSpin", fields: { digest: yield* digest() } };
  },
};
for (const [head, as_croupier] of [[0x40, false], [0xc0, true]]) {
  REQUESTS[head] = function* () {
    return { message: "ListBets", fields: { as_croupier } };
  };
  REQUESTS[head + 0x20] = function* () {
    return { message: "ConfirmResults", fields: { as_croupier } };
  };
}

const REPLIES = {
  0x80: function* () {
    const bets = yield* rows(3, (body) => ({ chips: body.integer(2), spot: body.integer(1) }));
    check(bets.every(({ spot }) => spot <= 38), "a spot that is none");
    return { message: "BetsListed", fields: { bets } };
  },
  0xc0: function* () {
    const [pocket] = yield 1;
    check(pocket <= 36, "a number that is none");
    const results = yield* rows(2, (body) => ({ net: body.integer(2, true) }));
    return { message: "ResultsShown", fields: { pocket, results } };
  },
};
for (let code = 0; code < 8; code++) {
  REPLIES[8 * code] = function* () {
    return { message: "RegistrationAnswered", fields: { code } };
  };
  REPLIES[0x40 + 8 * code] = function* () {
    return { message: "OrderAnswered", fields: { code } };
  };
}

function* classic(decoder) {
  const [head] = yield 1;
  const read = (decoder.fromServer ? REPLIES : REQUESTS)[head];
  check(read, "no frame begins with this byte");
  return yield* read();
}

export class Decoder {
  constructor(fromServer) {
    this.fromServer = fromServer;
    this.greeted = false;
    this.kept = Buffer.alloc(0);
    this.dialect = null;
    this.reader = null;
    this.wanted = 0;
  }

  // The messages that these bytes complete, one after another; throws a Fault after them.
  *feed(bytes) {
    this.kept = Buffer.concat([this.kept, bytes]);
    if (this.kept.length > 0) this.dialect ??= this.kept[0] === 0x01 ? modern : classic;
    while (this.kept.length > 0 || this.reader) {
      if (!this.reader) {
        this.reader = this.dialect(this);
        this.wanted = this.reader.next().value;
      }
      if (this.kept.length < this.wanted) return;
      const piece = this.kept.subarray(0, this.wanted);
      this.kept = this.kept.subarray(this.wanted);
      const { done, value } = this.reader.next(piece);
      if (!done) this.wanted = value;
      else {
        this.reader = null;
        if (value) yield value;
      }
    }
  }
}
