// The WebSocket, and how it comes back.
//
// Events: "open", "waiting" with {until}, "trying", and "event" with {event, data} from the server.
// An open connection that says nothing is asked for the list of rooms now and then; without an
// answer it counts as lost, since a browser may not notice for minutes that the network is gone.

import { Backoff } from "./backoff.js";

const QUIET = 20_000;
const ANSWER_WITHIN = 8_000;

export class Connection extends EventTarget {
  #url;
  #socket = null;
  #backoff = new Backoff();
  #retry = 0;
  #heartbeat = 0;

  constructor(url) {
    super();
    this.#url = url;
    addEventListener("online", () => this.tryNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.tryNow();
    });
  }

  start() {
    this.#open();
  }

  /** Tries at once if it would otherwise only wait. */
  tryNow() {
    if (this.#retry !== 0) {
      clearTimeout(this.#retry);
      this.#open();
    }
  }

  /** Sends an event; false if there is no connection. */
  send(event, data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify({ event, data }));
    return true;
  }

  #open() {
    this.#retry = 0;
    this.#tell("trying");
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#listen();
      this.#tell("open");
    };
    socket.onmessage = ({ data }) => {
      this.#backoff.reset();
      this.#listen();
      this.#receive(data);
    };
    socket.onclose = () => this.#lose(socket);
  }

  #receive(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    this.#tell("event", message);
  }

  /** Something came: all is well until it has been quiet for too long. */
  #listen() {
    clearTimeout(this.#heartbeat);
    this.#heartbeat = setTimeout(() => this.#ask(), QUIET);
  }

  #ask() {
    this.send("get_rooms", null);
    const socket = this.#socket;
    this.#heartbeat = setTimeout(() => {
      socket.close();
      this.#lose(socket);
    }, ANSWER_WITHIN);
  }

  #lose(socket) {
    if (this.#socket !== socket) return;
    this.#socket = null;
    clearTimeout(this.#heartbeat);
    const wait = this.#backoff.next();
    this.#retry = setTimeout(() => this.#open(), wait);
    this.#tell("waiting", { until: Date.now() + wait });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
