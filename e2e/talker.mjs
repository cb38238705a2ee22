// Load on a chat, and what became of it.
import assert from "node:assert/strict";
import { connect } from "./client.mjs";

const room = "load";

/** As long as the room may be quiet, on a machine that does much else. */
const quiet = 3_000;

/**
 * These hear each other all the time while something happens, which takes longer than the room may be quiet, and miss
 * nothing.
 */
export async function assertTalkWithoutGaps(one, other, happens) {
  const pairs = [
    [one, other],
    [other, one],
  ];
  const before = pairs.map(([listener, speaker]) => listener.numbersOf(speaker).length);
  let last = before;
  const watch = setInterval(() => {
    const now = pairs.map(([listener, speaker]) => listener.numbersOf(speaker).length);
    silences.push(...now.filter((count, index) => count === last[index]));
    last = now;
  }, quiet);
  const silences = [];
  try {
    await happens();
  } finally {
    clearInterval(watch);
  }
  assert.deepEqual(silences, [], `nothing was heard for ${quiet} ms`);
  pairs.forEach(([listener, speaker], index) => {
    const heard = listener.numbersOf(speaker).slice(before[index]);
    assert.ok(heard.length > 0, "nothing was heard");
    heard.forEach((number, at) => assert.equal(number, heard[0] + at, "something was missed"));
  });
}

/** A client that says one number after the other, and listens. */
export class Talker {
  static room = room;

  #client;
  #name;
  #timer;
  #said = 0;

  static async start(chat, index) {
    const client = await connect(chat);
    await client.join(room);
    return new Talker(client, `talker${index}-${process.hrtime.bigint()}`);
  }

  constructor(client, name) {
    this.#client = client;
    this.#name = name;
    this.goOn();
  }

  goOn() {
    this.#timer = setInterval(() => this.#client.say(room, this.#name, String(++this.#said)), 20);
  }

  pause() {
    clearInterval(this.#timer);
  }

  stop() {
    this.pause();
    this.#client.abandon();
  }

  /** How many are in the room, by the last notice. */
  get count() {
    return this.#client.all("system").findLast((notice) => notice.room === room)?.count;
  }

  /** What it has heard of another, oldest first. */
  numbersOf(other) {
    const said = this.#client.all("chat").filter(({ username }) => username === other.#name);
    return said.map(({ message }) => Number(message));
  }

  assertOrder() {
    const last = new Map();
    for (const { username, message } of this.#client.all("chat")) {
      assert.ok(Number(message) > (last.get(username) ?? 0), `${username} said ${message} before`);
      last.set(username, Number(message));
    }
  }
}
