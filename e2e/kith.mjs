// What every page test needs: the chat, started as a person would start it, and a browser.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { appendFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumPath } from "./chromium.mjs";

const script = fileURLToPath(new URL("../kith", import.meta.url));

/** The folder for what nodes write to standard error, for whoever looks into a failure. */
const logs = process.env.KITH_LOGS;

const buildAndStart = 240_000;
const drain = 20_000;

const browserFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts `kith chat` on a free port and waits until it says that it is ready. */
export function startChat(...options) {
  return startNodes(1, ...options);
}

/** As `startChat`, and waits until so many nodes have said so. */
export function startNodes(count, ...options) {
  return start(count, [script, "chat", "--port", "0", ...options]);
}

/** As `startChat`, in a network namespace. */
export function startIn(namespace, ...options) {
  return start(1, ["ip", "netns", "exec", namespace, script, "chat", "--port", "0", ...options]);
}

async function start(count, [command, ...words]) {
  const chat = new Chat(spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] }));
  try {
    await chat.awaitReady(count);
  } catch (failure) {
    chat.kill();
    throw failure;
  }
  return chat;
}

/** A browser without a window; `close()` it at the end. */
export function launchBrowser() {
  return chromium.launch({ executablePath: chromiumPath(), args: browserFlags });
}

export class Chat {
  #child;
  #exit;
  #log = "";

  /** What it wrote to standard output behind its ready lines. */
  lines = [];

  /** Where the nodes are, in the order in which they were ready. */
  nodes = [];

  constructor(child) {
    this.#child = child;
    this.#exit = once(child, "exit");
    child.stderr.setEncoding("utf8").on("data", (text) => {
      this.#log += text;
      if (logs !== undefined) {
        appendFileSync(join(logs, `${basename(process.argv[1])}-${child.pid}.log`), text);
      }
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Everything that it wrote to standard error so far. */
  get log() {
    return this.#log;
  }

  /** Where the page is, with a slash at the end. */
  get url() {
    return this.nodes[0].url;
  }

  /** The address of the chat's WebSocket. */
  get socketUrl() {
    return this.nodes[0].socketUrl;
  }

  async awaitReady(count) {
    await within(buildAndStart, "ready line", Promise.race([this.#readyLines(count), this.#earlyExit()]));
  }

  kill() {
    this.#child.kill("SIGKILL");
  }

  /** Asks it to end, and resolves to its exit code. */
  async stop(signal = "SIGTERM") {
    this.#child.kill(signal);
    this.#child.kill("SIGCONT"); // a test that failed may have left it standing still
    try {
      const [code] = await within(drain, `exit after ${signal}`, this.#exit);
      return code;
    } finally {
      this.#child.kill("SIGKILL");
    }
  }

  async #readyLines(count) {
    const lines = createInterface({ input: this.#child.stdout });
    for await (const [line] of on(lines, "line", { close: ["close"] })) {
      const ready = /^ready (http:\/\/\S+\/)(?: node=(\S+) link=(\d+) pid=(\d+))?$/.exec(line);
      if (ready) {
        this.nodes.push(new ChatNode(...ready.slice(1)));
      }
      if (this.nodes.length === count) {
        this.#keep(lines);
        return undefined;
      }
    }
    return this.#earlyExit();
  }

  /** Everything else that it says is kept. */
  #keep(lines) {
    lines.on("line", (line) => this.lines.push(line));
    lines.resume();
  }

  async #earlyExit() {
    const [code, signal] = await this.#exit;
    throw new Error(`kith ended with ${code ?? signal} before it was ready:\n${this.#log}`);
  }
}

/** Asks all of them to end; fails if one does not, when all have gone. */
export async function stopAll(chats) {
  const ends = await Promise.allSettled(chats.map((chat) => chat.stop()));
  assert.deepEqual(
    ends.filter((end) => end.status === "rejected").map((end) => end.reason.message),
    [],
  );
}

/** One node of a chat, as its ready line describes it. */
class ChatNode {
  constructor(url, name, link, pid) {
    this.url = url;
    this.name = name;
    this.link = Number(link);
    this.pid = Number(pid);
  }

  /** The address of its WebSocket. */
  get socketUrl() {
    return `${this.url.replace(/^http/, "ws")}socket`;
  }
}

/** Resolves when this holds, or fails after so many milliseconds. */
export async function until(milliseconds, what, holds) {
  const late = performance.now() + milliseconds;
  while (!(await holds())) {
    assert.ok(performance.now() < late, `${what} within ${milliseconds} ms`);
    await sleep(5);
  }
}

/** Resolves as the promise does, or fails after that many milliseconds, naming what was waited for. */
export async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
