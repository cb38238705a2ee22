// Load on a chat, and what became of it.
import assert from "node:assert/strict";
import { connect } from "./client.mjs";

const room = "load";

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

  get heard() {
    return this.#client.all("chat").length;
  }

  assertOrder() {
    const last = new Map();
    for (const { username, message } of this.#client.all("chat")) {
      assert.ok(Number(message) > (last.get(username) ?? 0), `${username} said ${message} before`);
      last.set(username, Number(message));
    }
  }
}
