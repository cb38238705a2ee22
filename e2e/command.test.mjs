// The command line as a person meets it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { connect } from "./client.mjs";
import { startChat, within } from "./kith.mjs";

const script = fileURLToPath(new URL("../kith", import.meta.url));

async function run(...options) {
  const child = spawn(script, options, { stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (err += data));
  const [code] = await within(240_000, "exit", once(child, "exit"));
  return { code, out, err };
}

test("a port in use is one clear line and exit code 2", async () => {
  const server = await listen(0);
  const { code, out, err } = await run("chat", "--port", String(server.address().port));
  server.close();
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /^kith: port \d+ is in use.*\n$/m);
});

test("a second node that cannot start is exit code 2, and the first ends", async () => {
  const [free, server] = await neighbours();
  const { code, out, err } = await run("chat", "--nodes", "2", "--port", String(free));
  server.close();
  assert.equal(code, 2, err);
  const pids = [...out.matchAll(/^ready .* pid=(\d+)$/gm)].map(([, pid]) => Number(pid));
  assert.equal(pids.length, 1, out);
  assert.throws(() => process.kill(pids[0], 0));
  assert.match(err, new RegExp(`^kith: port ${free + 1} is in use`, "m"));
  assert.match(err, /^kith: a node did not start/m);
});

/** A port that nobody listens at, and a server at the next one. */
async function neighbours() {
  for (;;) {
    const first = await listen(0);
    const { port } = first.address();
    const second = await listen(port + 1);
    first.close();
    await once(first, "close");
    if (second) {
      return [port, second];
    }
  }
}

/** A server at a port; none if the port is taken. */
function listen(port) {
  const server = createServer().listen(port, "127.0.0.1");
  return once(server, "listening").then(
    () => server,
    () => undefined,
  );
}

for (const options of [
  ["chat", "--port", "many"],
  ["chat", "--port", "70000"],
  ["chat", "--nonsense"],
  ["--port"],
  ["chat", "--name", "not a name"],
  ["chat", "--host", "no.such.host.invalid"],
  ["dance"],
]) {
  test(`${options.join(" ")} is one clear line and exit code 2`, async () => {
    const { code, out, err } = await run(...options);
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert.equal(err.trim().split("\n").filter((line) => line.startsWith("kith: ")).length, 1, err);
  });
}

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal} ends it with exit code 0 within five seconds, clients told`, async () => {
    const chat = await startChat();
    const client = await connect(chat);
    await client.join("general");
    const goodbye = client.closed();
    const began = Date.now();
    assert.equal(await chat.stop(signal), 0);
    assert.ok(Date.now() - began < 5_000);
    assert.ok([1001, 1012].includes(await goodbye));
  });
}
