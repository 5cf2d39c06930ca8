// Decodes the golden vectors of both dialects, whole and byte by byte: `node check.mjs`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { Decoder, Fault } from "./decode.mjs";

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf-8"));
const GREETING = Buffer.from("0100000000000000000006000100010000", "hex");

// What a stream in these pieces says, and whether it broke the protocol in the end.
function hear(pieces, fromServer) {
  const decoder = new Decoder(fromServer);
  const messages = [];
  try {
    for (const piece of pieces) for (const said of decoder.feed(piece)) messages.push(said);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { messages, broken: true };
  }
  return { messages, broken: false };
}

function bothWays(stream, fromServer) {
  const whole = hear([stream], fromServer);
  const bytewise = hear([...stream].map((byte) => Buffer.from([byte])), fromServer);
  assert.deepEqual(bytewise, whole);
  return whole;
}

for (const name of ["classic", "modern"]) {
  const vectors = read(name);
  for (const { hex, from, message, table, fields } of vectors) {
    const before = name === "modern" ? GREETING : Buffer.alloc(0);
    const stream = Buffer.concat([before, Buffer.from(hex, "hex")]);
    const { messages, broken } = bothWays(stream, from === "server");
    assert.equal(broken, false, message);
    assert.deepEqual(messages.at(-1), name === "modern" ? { message, table, fields } : { message, fields });
  }
  console.log(`${name}: ${vectors.length} frames`);
}

const streams = read("broken");
for (const { stream, hex, from, messages } of streams) {
  const heard = bothWays(Buffer.from(hex, "hex"), from === "server");
  assert.equal(heard.broken, true, stream);
  assert.deepEqual(heard.messages.map(({ message }) => message), messages, stream);
}
console.log(`broken: ${streams.length} streams`);
