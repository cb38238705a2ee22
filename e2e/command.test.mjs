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
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { code, out, err } = await run("chat", "--port", String(server.address().port));
  server.close();
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /^kith: port \d+ is in use.*\n$/m);
});

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
