// A decoder for Croupier's protocol, written by somebody who had never seen its code, from the protocol page
// alone. Node 20, no packages.
//
// The byte tables of the modern dialect are not repeated here: they are read off the page, so this file
// holds only the rules. It has three parts: the page, the fields of a modern body, and the decoder.

import { readFileSync } from 'node:fs';

/** Thrown when bytes break the protocol. There is no going on after it. */
export class Fault extends Error {}

// ---- The page ----------------------------------------------------------------------------------

const pageFile = new URL('../../protocol/README.md', import.meta.url);

const limits = {};           // SERVER_FRAME_BYTES: 65536 and so on
const messages = new Map();  // '00 00': { name: 'Greeting', from: 'client or server', rows: its fields }
const named = new Map();     // what a type may name: a record's fields, or the values of a closed list

let entry = {}, rows = [];   // the message and the table that the lines below belong to
for (const line of readFileSync(pageFile, 'utf8').split('\n')) {
  let m;
  if ((m = line.match(/^#### `(\w\w \w\w)` (\w+)/)))                          // #### `00 08` Ping
    messages.set(m[1], entry = { name: m[2], rows: rows = [] });
  else if ((m = line.match(/^#### \*(\w+)\*/)))                               // #### *Bet*, 9 bytes
    named.set(m[1], rows = []);
  else if ((m = line.match(/^From the ([a-z ,]+)\./)))                         // From the client or server.
    entry.from = m[1];
  else if ((m = line.match(/^\| `([A-Z_]+)` \| (\d+) \|/)))                   // | `NAME_BYTES` | 64 | ...
    limits[m[1]] = Number(m[2]);
  else if ((m = line.match(/^\| \S+ \| ([^|]+) \| `(\w+)` \| ([^|]+) \|/)))   // | 0 | 8 | `nonce` | u64 | ...
    rows.push({ size: Number(m[1]), name: m[2], type: m[3] });
  else if ((m = line.match(/^\| (\d+) \| `(\w+)` \|/)))                       // | 1 | `PLAYER` |
    rows.push({ value: Number(m[1]), name: m[2] });
}

// ---- Values ------------------------------------------------------------------------------------

const uint = bytes => bytes.readUIntBE(0, bytes.length);    // of up to 6 bytes
const hex = bytes => bytes.toString('hex');

const upTo = (most, value) => {
  if (value > most) throw new Fault(`${value} is over ${most}`);
  return value;
};

const utf8 = bytes => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault('a text is not UTF-8');
  }
};

/** The body of one modern frame, read from its beginning. Bytes left at the end are a later version's. */
class Body {
  constructor(bytes) { this.rest = bytes; }

  take(size) {
    if (size > this.rest.length) throw new Fault('a body is shorter than its fields');
    const bytes = this.rest.subarray(0, size);
    this.rest = this.rest.subarray(size);
    return bytes;
  }

  record(rows) {
    const record = {};
    for (const { name, type, size } of rows) record[name] = this.value(type, size);
    return record;
  }

  /** One value of a type as the page writes it: "u8 ≤ 156", "text ≤ 64", "*Seat*", "list ≤ 8 of *SpotLimit*", "list ≤ 32 of 32 bytes". */
  value(type, size) {
    const [, raw] = type.match(/^(\d+) bytes$/) ?? [];
    if (raw) return hex(this.take(Number(raw)));
    const [, kind, most = Infinity, of] = type.match(/^\*?(\w+)\*?(?: ≤ (\d+))?(?: of (.+))?$/);
    const length = () => upTo(most, uint(this.take(2)));
    switch (kind) {
      case 'u8': return upTo(most, uint(this.take(1)));
      case 'u16': return upTo(most, uint(this.take(2)));
      case 'u32': return upTo(most, uint(this.take(4)));
      case 'u64': return String(this.take(8).readBigUInt64BE());
      case 'i64': return String(this.take(8).readBigInt64BE());
      case 'bool': return upTo(1, uint(this.take(1))) === 1;
      case 'bytes': return hex(this.take(size));
      case 'blob': return hex(this.take(length()));
      case 'text': return utf8(this.take(length()));
      case 'list': return Array.from({ length: length() }, () => this.value(of));
    }
    const rows = named.get(kind);
    if (rows[0].type) return this.record(rows);
    const value = uint(this.take(1));                        // else it is a closed list
    if (rows.some(row => row.value === value)) return value;
    if (rows[0].name === 'OTHER') return 0;
    throw new Fault(`${value} is not in ${kind}`);
  }
}

// ---- The decoder -------------------------------------------------------------------------------

/**
 * One direction of one connection.
 *
 * A frame is read by a generator: `yield n` asks for the next n bytes, and `return` gives the message. So it
 * can be written straight down the page, and it stops by itself wherever the bytes that came so far end.
 */
export class Decoder {
  constructor(fromServer) {
    this.fromServer = fromServer;
    this.kept = Buffer.alloc(0);    // bytes that came and were not yet asked for
    this.greeted = false;
    this.stranger = !fromServer;    // a client that has not asked to sign in
    this.begin();
  }

  /** Takes a piece of any size, and yields the messages that it completes. Go through them all. */
  *feed(piece) {
    if (this.fault) throw this.fault;
    this.kept = Buffer.concat([this.kept, piece]);
    while (this.kept.length >= this.asked) {
      const bytes = this.kept.subarray(0, this.asked);
      this.kept = this.kept.subarray(this.asked);
      const { done, value } = this.step(bytes);
      if (!done) { this.asked = value; continue; }
      this.begin();
      if (value) yield value;
    }
  }

  begin() {
    this.frame = this.read();
    this.asked = this.frame.next().value;
  }

  step(bytes) {
    try {
      return this.frame.next(bytes);
    } catch (fault) {
      throw this.fault = fault;
    }
  }

  *read() {
    const first = uint(yield 1);
    this.dialect ??= first === 0x01 ? this.modern : this.fromServer ? this.reply : this.request;
    return yield* this.dialect(first);
  }

  /** A modern frame; nothing for one of an unknown type. */
  *modern(first) {
    if (first !== 0x01) throw new Fault('a modern frame does not begin with 01');
    const [game, type] = [hex(yield 1), hex(yield 1)];
    const known = messages.get(`${game} ${type}`.toUpperCase());
    const opens = known?.name === 'Greeting' || (this.fromServer && known?.name === 'Goodbye');
    if (!this.greeted && !opens) throw new Fault('the first frame is not a greeting');
    if (known && !known.from.includes(this.fromServer ? 'server' : 'client'))
      throw new Fault(`${known.name} is the other side's to send`);
    const table = uint(yield 4);
    const size = uint(yield 4);
    upTo(this.fromServer ? limits.SERVER_FRAME_BYTES
      : this.stranger ? limits.STRANGER_FRAME_BYTES : limits.CLIENT_FRAME_BYTES, 11 + size);
    const body = new Body(yield size);
    if (!known) return;
    this.greeted = true;
    if (known.name === 'SignIn') this.stranger = false;
    return { message: known.name, table, fields: body.record(known.rows) };
  }

  /** A classic request, from a client. */
  *request(first) {
    const as_croupier = first >= 0x80;
    switch (first) {
      case 0x00: {
        const length = upTo(limits.CLASSIC_NAME_BYTES, uint(yield 5));
        return { message: 'RegisterPlayer', fields: { name: hex(yield length) } };
      }
      case 0x20: {
        const bet = yield 3;
        return { message: 'PlaceBet', fields: { spot: bet[0], chips: bet.readUInt16BE(1) } };
      }
      case 0x80: return { message: 'RegisterCroupier', fields: { digest: yield* this.digest() } };
      case 0xA0: return { message: 'StartSpin', fields: { digest: yield* this.digest() } };
      case 0x40: case 0xC0: return { message: 'ListBets', fields: { as_croupier } };
      case 0x60: case 0xE0: return { message: 'ConfirmResults', fields: { as_croupier } };
    }
    throw new Fault('no request begins with this byte');
  }

  /** 64 raw bytes, or the same as 128 hex digits. */
  *digest() {
    const isHex = bytes => /^[0-9a-f]{64}$/.test(bytes.toString('latin1'));
    const digest = yield 64;
    if (!isHex(digest)) return hex(digest);
    const more = yield 64;                                  // one half not hex: no password has such a digest
    return isHex(more) ? digest.toString('latin1') + more.toString('latin1') : hex(digest) + hex(more);
  }

  /** A classic reply, from a server. */
  *reply(first) {
    if ((first & 0b10000111) === 0) {
      const message = first & 0b01000000 ? 'OrderAnswered' : 'RegistrationAnswered';
      return { message, fields: { code: first >> 3 & 7 } };
    }
    if (first !== 0x80 && first !== 0xC0) throw new Fault('no reply begins with this byte');

    let left = limits.CLASSIC_REPLY_BYTES - 1;              // what the reply may still hold
    const next = size => {
      if (size > left) throw new Fault('a reply is over its limit');
      left -= size;
      return size;
    };
    const list = function* (leastRow, readRest) {
      const count = uint(yield next(5));
      if (count * leastRow > left) throw new Fault('a list is too long for a reply');
      const rows = [];
      while (rows.length < count) {
        const name = yield next(upTo(limits.CLASSIC_NAME_BYTES, uint(yield next(5))));
        rows.push({ name: utf8(name), ...yield* readRest() });
      }
      return rows;
    };

    if (first === 0x80) {
      const bets = yield* list(5 + 2 + 1, function* () {
        return { chips: uint(yield next(2)), spot: upTo(38, uint(yield next(1))) };
      });
      return { message: 'BetsListed', fields: { bets } };
    }
    const pocket = upTo(36, uint(yield next(1)));
    const results = yield* list(5 + 2, function* () {
      return { net: (yield next(2)).readInt16BE() };
    });
    return { message: 'ResultsShown', fields: { pocket, results } };
  }
}
