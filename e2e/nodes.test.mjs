// One chat on three JVMs: clients on any of them are in the same rooms.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "./client.mjs";
import { startChat, startNodes, until, within } from "./kith.mjs";

const shown = 500;
const patience = 20_000;

/** For what a node that is killed leaves behind. */
const folder = mkdtempSync(join(tmpdir(), "kith-nodes-"));
let chat;

before(async () => {
  chat = await startNodes(3, "--nodes", "3", "--data", join(folder, "three"));
});

after(async () => {
  const pids = chat.nodes.map((node) => node.pid);
  assert.equal(await chat.stop(), 0, "exit code after SIGTERM");
  assert.deepEqual(pids.filter(isRunning), [], "nodes that outlived the launcher");
  rmSync(folder, { recursive: true });
});

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A client on each node, all in one room, which all nodes know. */
async function clientsIn(room) {
  const clients = [];
  for (const node of chat.nodes) {
    const client = await connect(node);
    await client.join(room);
    clients.push(client);
  }
  await until(patience, "all in the room", () => clients.every((client) => countIn(client, room) === clients.length));
  return clients;
}

/** How many are in a room, by the last notice that a client got. */
function countIn(client, room) {
  return client.all("system").findLast((notice) => notice.room === room)?.count;
}

test("the nodes are named in order and say where they are", () => {
  assert.deepEqual(
    chat.nodes.map((node) => node.name),
    ["kith1", "kith2", "kith3"],
  );
  assert.equal(new Set(chat.nodes.map((node) => node.pid)).size, 3);
});

test("counts, rooms and online are the same everywhere, half a second after a change", async () => {
  const clients = await clientsIn("counted");
  await sleep(shown);
  for (const node of chat.nodes) {
    const late = await connect(node);
    assert.equal(late.all("system")[0].online, 4);
    assert.ok(late.all("rooms")[0].includes("counted"));
    await late.close();
    await sleep(shown);
  }
  await clients[0].close();
  await until(shown, "two in the room", () => clients.slice(1).every((client) => countIn(client, "counted") === 2));
  await Promise.all(clients.slice(1).map((client) => client.close()));
});

test("everybody gets everything once, and what one says in its order", async () => {
  const each = 500;
  const clients = await clientsIn("busy");
  for (let number = 0; number < each; number++) {
    clients.forEach((client, index) => client.say("busy", `user${index}`, String(number)));
  }
  await within(
    20_000,
    "all messages",
    Promise.all(clients.map((client) => until(20_000, "all", () => client.all("chat").length === 3 * each))),
  );
  await sleep(100);
  for (const client of clients) {
    for (const index of [0, 1, 2]) {
      const said = client.all("chat").filter((line) => line.username === `user${index}`);
      assert.deepEqual(
        said.map((line) => Number(line.message)),
        Array.from({ length: each }, (_, number) => number),
      );
    }
  }
  await Promise.all(clients.map((client) => client.close()));
});

test("a room has its history on nodes where nobody was in it", async () => {
  const speaker = await connect(chat.nodes[0]);
  await speaker.join("archive");
  for (const message of ["one", "two", "three"]) {
    speaker.say("archive", "ann", message);
  }
  await speaker.next("chat", (line) => line.message === "three");
  await sleep(shown);
  const reader = await connect(chat.nodes[2]);
  const history = await reader.join("archive");
  assert.deepEqual(
    history.messages.map((line) => line.message),
    ["one", "two", "three"],
  );
  await Promise.all([speaker.close(), reader.close()]);
});

test("a node that comes later joins in by knowing any other", async () => {
  const speaker = await connect(chat.nodes[1]);
  await speaker.join("open");
  speaker.say("open", "ann", "before");
  await speaker.next("chat");
  const [, registrar] = /--registrar (\S+)/.exec(chat.log);
  const join = ["--join", `127.0.0.1:${chat.nodes[2].link}`, "--registrar", registrar];
  const fourth = await startChat("--name", "fourth", ...join);
  try {
    const reader = await connect(fourth);
    let history;
    await until(5_000, "history on the new node", async () => {
      reader.emit("join", "open");
      history = await reader.next("room_history");
      return history.messages.length === 1;
    });
    assert.equal(history.messages[0].message, "before");
    speaker.say("open", "ann", "after");
    assert.equal((await reader.next("chat")).message, "after");
    await reader.close();
    await until(patience, "a member", () => /node fourth \(stay \d+\) is a member/.test(fourth.log));
  } finally {
    assert.equal(await fourth.stop(), 0);
  }
  await speaker.close();
});

test("a killed node takes its clients along, and nothing else", async () => {
  const clients = await clientsIn("survivors");
  clients[1].say("survivors", "bob", "I was here");
  await Promise.all(clients.map((client) => client.next("chat")));
  const others = [clients[0], clients[2]];
  const before = others.map((client) => client.events.length);
  process.kill(chat.nodes[1].pid, "SIGKILL");
  const leave = { message: "A user has left the room", room: "survivors", count: 2 };
  for (const client of others) {
    assert.deepEqual(await client.next("system", (notice) => /left/.test(notice.message)), leave);
  }
  others[0].say("survivors", "ann", "still here");
  await Promise.all(others.map((client) => client.next("chat", (line) => line.message === "still here")));
  others.forEach((client, index) =>
    assert.deepEqual(
      client.events.slice(before[index]).map((event) => event.event),
      ["system", "chat"],
    ),
  );
  const late = await connect(chat.nodes[2]);
  const history = await late.join("survivors");
  assert.deepEqual(
    history.messages.map((line) => line.message),
    ["I was here", "still here"],
  );
  await Promise.all([...others, late].map((client) => client.close()));
});

test("of two nodes the first may be lost: nobody leads then, and the chat goes on", async () => {
  const two = await startNodes(2, "--nodes", "2", "--data", join(folder, "two"));
  try {
    await until(patience, "two members", () => /node kith2 \(stay \d+\) is a member/.test(two.log));
    process.kill(two.nodes[0].pid, "SIGKILL");
    await until(patience, "doubt", () => /node kith2: UNSURE/.test(two.log));
    const clients = [await connect(two.nodes[1]), await connect(two.nodes[1])];
    for (const client of clients) {
      await client.join("left");
    }
    clients[0].say("left", "ann", "are you there?");
    assert.equal((await clients[1].next("chat")).message, "are you there?");
    await Promise.all(clients.map((client) => client.close()));
  } finally {
    await two.stop();
  }
});

test("the nodes end when their launcher does, however that ends", async () => {
  const other = await startNodes(2, "--nodes", "2");
  const pids = other.nodes.map((node) => node.pid);
  await other.stop("SIGKILL");
  await until(10_000, "end of the nodes", () => !pids.some(isRunning));
});
