// The chat's protocol, spoken by a plain WebSocket client to `kith chat` as a person would start it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { Client, connect } from "./client.mjs";
import { startChat } from "./kith.mjs";

let chat;

before(async () => {
  chat = await startChat();
});

after(async () => {
  assert.equal(await chat.stop(), 0, "exit code after SIGTERM");
});

test("a client is welcomed and told the rooms", async () => {
  const client = new Client(new WebSocket(chat.socketUrl));
  const welcome = await client.next("system");
  assert.match(welcome.message, /^Welcome/);
  assert.equal(typeof welcome.id, "string");
  assert.ok(welcome.online >= 1);
  const rooms = await client.next("rooms");
  assert.ok(Array.isArray(rooms) && rooms.every((room) => typeof room === "string"));
  await client.close();
});

test("who joins gets the history, then everybody the notice", async () => {
  const [first, second] = [await connect(chat), await connect(chat)];
  assert.deepEqual(await first.join("notices"), { room: "notices", messages: [] });
  second.emit("join", "notices");
  await second.next("room_history");
  for (const client of [first, second]) {
    assert.deepEqual(await client.next("system"), {
      message: "A user has joined the room",
      room: "notices",
      count: 2,
    });
  }
  assert.deepEqual(second.events.slice(2).map((event) => event.event), ["room_history", "system"]);
  await second.close();
  const left = await first.next("system");
  assert.deepEqual(left, { message: "A user has left the room", room: "notices", count: 1 });
  await first.close();
});

test("joining twice only sends the history again", async () => {
  const client = await connect(chat);
  await client.join("twice");
  client.emit("join", "twice");
  await client.next("room_history");
  client.emit("get_rooms", null);
  await client.next("rooms");
  assert.equal(client.all("system").length, 2);
  await client.close();
});

test("everybody in the room gets what is said, the sender included, in one order", async () => {
  const clients = await Promise.all([1, 2, 3].map(() => connect(chat)));
  for (const client of clients) {
    await client.join("order");
  }
  const each = 200;
  clients.forEach((client, index) => {
    for (let number = 0; number < each; number++) {
      client.say("order", `user${index}`, `${number}`);
    }
  });
  for (const client of clients) {
    for (let count = 0; count < each * clients.length; count++) {
      await client.next("chat");
    }
  }
  const orders = clients.map((client) => client.all("chat").map((line) => `${line.username}:${line.message}`));
  assert.deepEqual(orders[1], orders[0]);
  assert.deepEqual(orders[2], orders[0]);
  for (const [index] of clients.entries()) {
    const own = orders[0].filter((line) => line.startsWith(`user${index}:`));
    assert.deepEqual(own, Array.from({ length: each }, (_, number) => `user${index}:${number}`));
  }
  const { time } = clients[0].all("chat")[0];
  assert.ok(Math.abs(time - Date.now() / 1000) < 60, "unix seconds");
  await Promise.all(clients.map((client) => client.close()));
});

test("the last hundred messages of a room are its history, oldest first", async () => {
  const speaker = await connect(chat);
  await speaker.join("history");
  for (let number = 0; number < 130; number++) {
    speaker.say("history", "ann", `${number}`);
  }
  await speaker.next("chat", (line) => line.message === "129");
  const late = await connect(chat);
  const { messages } = await late.join("history");
  assert.deepEqual(
    messages.map((line) => line.message),
    Array.from({ length: 100 }, (_, index) => `${index + 30}`),
  );
  assert.deepEqual(Object.keys(messages[0]).sort(), ["message", "room", "time", "username"]);
  await Promise.all([speaker.close(), late.close()]);
});

test("a burst of five thousand messages from one client arrives whole", async () => {
  const client = await connect(chat);
  await client.join("burst");
  for (let number = 0; number < 5_000; number++) {
    client.say("burst", "ann", `${number}`);
  }
  await client.next("chat", (line) => line.message === "4999");
  assert.equal(client.all("chat").length, 5_000);
  await client.close();
});

test("only members may speak in a room", async () => {
  const [inside, outside] = [await connect(chat), await connect(chat)];
  await inside.join("members");
  outside.say("members", "eve", "hello");
  assert.match((await outside.next("error")).message, /join/);
  inside.say("members", "ann", "hello");
  await inside.next("chat");
  assert.equal(inside.all("chat").length, 1);
  await Promise.all([inside.close(), outside.close()]);
});

test("what is malformed, unknown or oversized is an error, and the connection stays", async () => {
  const client = await connect(chat);
  const wrong = [
    "not json",
    "[1,2]",
    '"text"',
    "{}",
    '{"event":7}',
    '{"event":"nothing of ours","data":1}',
    '{"event":"join"}',
    '{"event":"join","data":7}',
    '{"event":"join","data":{"room":"x"}}',
    '{"event":"join","data":""}',
    JSON.stringify({ event: "join", data: "x".repeat(300) }),
    '{"event":"leave","data":"never joined"}',
    '{"event":"chat","data":"hello"}',
    '{"event":"chat","data":{"room":"r","username":"u"}}',
    '{"event":"chat","data":{"room":"r","username":"","message":"m"}}',
    `{"event":"chat","data":${"[".repeat(2_000)}${"]".repeat(2_000)}}`,
    JSON.stringify({ event: "chat", data: { room: "r", username: "u", message: "x".repeat(200_000) } }),
  ];
  for (const message of wrong) {
    client.raw(message);
    const { message: why } = await client.next("error");
    assert.ok(why.length > 0 && why.length < 500, `an answer to ${message.slice(0, 80)}`);
  }
  client.raw(Buffer.from([1, 2, 3]), { binary: true });
  await client.next("error");
  await client.join("still here");
  await client.close();
});

test("get_rooms answers with the rooms, whatever its data", async () => {
  const client = await connect(chat);
  await client.join("a new room");
  client.emit("get_rooms", { ignored: true });
  assert.ok((await client.next("rooms")).includes("a new room"));
  client.raw('{"event":"get_rooms"}');
  await client.next("rooms");
  await client.close();
});

test("who leaves hears no more of the room", async () => {
  const [stays, leaves] = [await connect(chat), await connect(chat)];
  await stays.join("leaving");
  await leaves.join("leaving");
  await stays.next("system");
  leaves.emit("leave", "leaving");
  assert.equal((await stays.next("system")).count, 1);
  stays.say("leaving", "ann", "alone");
  await stays.next("chat");
  leaves.emit("get_rooms");
  await leaves.next("rooms");
  assert.equal(leaves.all("chat").length, 0);
  assert.ok(leaves.all("system").every((notice) => !/left/.test(notice.message)));
  await Promise.all([stays.close(), leaves.close()]);
});

test("a connection that is cut is noticed like one that is closed", async () => {
  const stays = await connect(chat);
  await stays.join("cut");
  const socket = new WebSocket(chat.socketUrl);
  const goes = new Client(socket);
  await goes.next("rooms");
  await goes.join("cut");
  await stays.next("system");
  socket.terminate();
  assert.deepEqual(await stays.next("system"), { message: "A user has left the room", room: "cut", count: 1 });
  await stays.close();
});

test("health and readiness are 200", async () => {
  for (const path of ["health", "ready"]) {
    assert.equal((await fetch(chat.url + path)).status, 200, path);
  }
});
