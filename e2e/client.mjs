// A plain WebSocket client of the chat, with no library of ours.
import WebSocket from "ws";
import { within } from "./kith.mjs";

const patience = 20_000;

/** Connects, and resolves when the welcome and the rooms are there. */
export async function connect(chat) {
  const client = new Client(new WebSocket(chat.socketUrl));
  await client.next("system");
  await client.next("rooms");
  return client;
}

export class Client {
  #socket;
  #waiting = [];
  #queue = [];

  /** Every event that it got, in order. */
  events = [];

  constructor(socket) {
    this.#socket = socket;
    socket.on("error", () => {}); // its end is what counts
    socket.on("message", (data) => this.#received(JSON.parse(data.toString())));
  }

  #received(event) {
    this.events.push(event);
    this.#queue.push(event);
    this.#serve();
  }

  #serve() {
    for (const waiter of [...this.#waiting]) {
      const index = this.#queue.findIndex((event) => event.event === waiter.name && waiter.suits(event.data));
      if (index >= 0) {
        const [event] = this.#queue.splice(index, 1);
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        waiter.resolve(event.data);
      }
    }
  }

  /** The data of the next event of this name that suits and was not yet waited for. */
  next(name, suits = () => true) {
    const found = new Promise((resolve) => this.#waiting.push({ name, suits, resolve }));
    this.#serve();
    return within(patience, `"${name}" event`, found);
  }

  /** The events of this name so far. */
  all(name) {
    return this.events.filter((event) => event.event === name).map((event) => event.data);
  }

  emit(event, data) {
    this.raw(JSON.stringify({ event, data }));
  }

  raw(message, options) {
    this.#socket.send(message, options);
  }

  /** Joins a room and resolves to its history when the notice is there too. */
  async join(room) {
    this.emit("join", room);
    const history = await this.next("room_history", (data) => data.room === room);
    await this.next("system", (data) => data.room === room);
    return history;
  }

  say(room, username, message) {
    this.emit("chat", { room, username, message });
  }

  async close() {
    const closed = new Promise((resolve) => this.#socket.on("close", (code) => resolve(code)));
    this.#socket.close();
    return within(patience, "close", closed);
  }

  /** Goes away without a word. */
  abandon() {
    this.#socket.terminate();
  }

  /** Resolves to the close code when the server ends the connection. */
  closed() {
    return within(patience, "close", new Promise((resolve) => this.#socket.on("close", (code) => resolve(code))));
  }
}
