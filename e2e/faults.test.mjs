// One chat on three machines that find each other by multicast, under load: what is left when one of them is killed,
// stopped or cut off, and comes back.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "./client.mjs";
import { startIn, stopAll, until } from "./kith.mjs";
import { agreed, assertOneLeaderPerToken, leader } from "./leases.mjs";
import { Network, canMakeNetworks } from "./network.mjs";
import { Talker, assertTalkWithoutGaps } from "./talker.mjs";

/** Half a minute in `./check --long`; long enough to be noticed otherwise. */
const gone = process.env.KITH_PACE === "long" ? 30_000 : 7_000;

/** Silence is noticed within 4.5 s, and the news travels at once. */
const noticed = 6_000;
const recovered = 30_000;

/** A session of 6 s, and another if whoever looks after sessions is gone as well. */
const moved = 15_000;

describe("three machines", { skip: canMakeNetworks() ? false : "network namespaces need root" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "kith-faults-"));
  const secret = join(folder, "secret");
  const chats = [];

  /** Also those that were killed. */
  const all = [];
  let network;
  let talkers;

  before(async () => {
    writeFileSync(secret, "what the three of us know\n");
    network = new Network(1, 3);
    for (const index of [0, 1, 2]) {
      await startNode(index);
    }
    talkers = await Promise.all([0, 1, 2].map((index) => Talker.start(chats[index], index)));
    await until(recovered, "three in the room", () => talkers.every((talker) => talker.count === 3));
    await until(recovered, "a leader that all know", () => agreed(chats));
  });

  after(async () => {
    talkers?.forEach((talker) => talker.stop());
    try {
      await stopAll(chats);
    } finally {
      network?.close();
      rmSync(folder, { recursive: true });
    }
  });

  async function startNode(index) {
    const { name, address } = network.machines[index];
    const links = ["--link-host", address, "--link-port", "7000", "--registrar", "jgroups:multicast:3"];
    const data = ["--data", join(folder, name)];
    const here = ["--name", `node${index}`, "--host", address, "--secret-file", secret];
    chats[index] = await startIn(name, ...here, ...links, ...data);
    all.push(chats[index]);
  }

  /** Everything is the same on all nodes again: who is online, which rooms there are, what was said. */
  async function assertEqualAgain() {
    talkers.forEach((talker) => talker.pause());
    await sleep(500);
    await until(recovered, "the same on all nodes", async () => {
      const views = [];
      for (const chat of chats) {
        views.push(await view(chat));
      }
      return views.every((one) => one === views[0]);
    });
    talkers.forEach((talker) => talker.goOn());
  }

  async function view(chat) {
    const visitor = await connect(chat);
    visitor.emit("join", Talker.room);
    const history = await visitor.next("room_history");
    const seen = [visitor.all("system")[0].online, visitor.all("rooms")[0], history.messages];
    await visitor.close();
    await sleep(100); // so that the next one does not count this one
    return JSON.stringify(seen);
  }

  test("one is killed, and started again", async () => {
    process.kill(chats[1].nodes[0].pid, "SIGKILL");
    await until(noticed, "the leave notices", () => [0, 2].every((index) => talkers[index].count === 2));
    talkers[1].stop();
    await startNode(1);
    talkers[1] = await Talker.start(chats[1], 1);
    await until(recovered, "three in the room", () => talkers.every((talker) => talker.count === 3));
    await assertEqualAgain();
  });

  test("whoever leads stands still, and goes on", async () => {
    const before = leader(chats[0]);
    const index = Number(before.node.at(-1));
    const healthy = [0, 1, 2].filter((other) => other !== index);
    await assertTalkWithoutGaps(...healthy.map((other) => talkers[other]), async () => {
      const start = Date.now();
      process.kill(chats[index].nodes[0].pid, "SIGSTOP");
      await until(noticed, "the leave notices", () => healthy.every((other) => talkers[other].count === 2));
      const others = healthy.map((other) => chats[other]);
      await until(moved, "another leader", () => agreed(others, before.token));
      await sleep(Math.max(0, gone - (Date.now() - start)));
      process.kill(chats[index].nodes[0].pid, "SIGCONT");
    });
    await until(recovered, "three in the room", () => talkers.every((talker) => talker.count === 3));
    await until(recovered, "a leader that all know", () => agreed(chats, before.token));
    await assertEqualAgain();
  });

  test("one is cut off, and both sides go on until they meet again", async () => {
    const alone = talkers[2].numbersOf(talkers[2]).length;
    await assertTalkWithoutGaps(talkers[0], talkers[1], async () => {
      network.cut(network.machines[2]);
      await until(noticed, "the leave notices", () => [0, 1].every((index) => talkers[index].count === 2));
      await until(noticed, "the other side's", () => talkers[2].count === 1);
      await sleep(gone);
    });
    assert.ok(talkers[2].numbersOf(talkers[2]).length > alone, "who is alone does not hear itself");
    network.heal(network.machines[2]);
    await until(recovered, "three in the room", () => talkers.every((talker) => talker.count === 3));
    await assertEqualAgain();
  });

  test("no token has two leaders", () => {
    assertOneLeaderPerToken(all);
  });

  test("what one said was heard in its order", () => {
    for (const talker of talkers) {
      talker.assertOrder();
    }
  });
});
