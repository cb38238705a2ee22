// GLB-4, GLB-5: three machines with a ZooKeeper server each, under load: who leads and who has an exclusive name, when one of them
// is killed, stands still or is cut off. Nobody is told to join anybody: they find each other by the ensemble.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startIn, stopAll, until } from "./kith.mjs";
import { agreed, assertOneHolderAtATime, assertOneLeaderPerToken, claims, leader } from "./leases.mjs";
import { Network, canMakeNetworks } from "./network.mjs";
import { Talker, assertTalkWithoutGaps } from "./talker.mjs";

/** `./check --long` has each of the three gone for half a minute; otherwise whoever leads is, for longer than a session. */
const isLong = process.env.KITH_PACE === "long";
const gone = isLong ? 30_000 : 10_000;

/** A ZooKeeper leader that is gone is noticed within 5 s, and then a session of 6 s must pass. */
const moved = 15_000;
const patience = 60_000;

describe("three machines with an ensemble", { skip: canMakeNetworks() ? false : "network namespaces need root" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "kith-registrar-"));
  const secret = join(folder, "secret");
  const chats = [];

  /** Everything that was ever said, also by those that were killed. */
  const all = [];

  /** The tokens of holders that were killed or stood still: they could not say in time that they lost the name. */
  const silent = new Set();
  let network;
  let talkers;

  before(async () => {
    writeFileSync(secret, "what the three of us know\n");
    network = new Network(2, 3);
    for (const index of [0, 1, 2]) {
      await startNode(index);
    }
    talkers = await Promise.all([0, 1, 2].map((index) => Talker.start(chats[index], index)));
    await awaitAllWell();
    await until(patience, "a holder of the name", () => holder() !== undefined);
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
    const seats = network.machines.map((machine) => `${machine.address}:2181:2888:3888`);
    chats[index] = await startIn(
      name,
      ...["--name", `node${index}`, "--host", address, "--secret-file", secret],
      ...["--link-host", address, "--link-port", "7000"],
      ...["--data", join(folder, name), "--claim", "job"],
      ...["--registrar", `zookeeper:embedded:${index + 1}@${seats.join(",")}`],
    );
    all.push(chats[index]);
  }

  /** Who got the name last, if anybody did. */
  function holder() {
    return claims(all, "job").findLast(({ what }) => what === "has");
  }

  function others(index) {
    return [0, 1, 2].filter((other) => other !== index);
  }

  function chatsBut(index) {
    return others(index).map((other) => chats[other]);
  }

  async function awaitAllWell() {
    await until(patience, "three in the room", () => talkers.every((talker) => talker.count === 3));
    await until(patience, "a leader that all know", () => agreed(chats));
  }

  /** Does something to a node that takes it away, and sees that the others go on without it. */
  async function without(index, inflict) {
    const before = leader(chats[index]);
    const name = holder();
    const leads = before.node === `node${index}`;
    const [one, other] = others(index).map((healthy) => talkers[healthy]);
    await assertTalkWithoutGaps(one, other, async () => {
      inflict();
      const start = Date.now();
      if (leads) {
        await until(moved, "another leader", () => agreed(chatsBut(index), before.token));
      }
      await sleep(Math.max(0, gone - (Date.now() - start)));
    });
    const after = leader(chats[others(index)[0]]);
    if (leads) {
      assert.notEqual(after.node, `node${index}`);
    } else {
      assert.deepEqual(after, before, "whoever leads is not disturbed");
    }
    assert.ok(holder().token >= name.token, "the name went back");
  }

  /** As above, where the node cannot say anything. */
  async function silenced(index, inflict) {
    if (holder().node === `node${index}`) {
      silent.add(holder().token);
    }
    await without(index, inflict);
  }

  const faults = {
    async "is killed, and started again"(index) {
      await silenced(index, () => process.kill(chats[index].nodes[0].pid, "SIGKILL"));
      talkers[index].stop();
      await startNode(index);
      talkers[index] = await Talker.start(chats[index], index);
    },

    async "stands still, and goes on"(index) {
      const { pid } = chats[index].nodes[0];
      await silenced(index, () => process.kill(pid, "SIGSTOP"));
      process.kill(pid, "SIGCONT");
    },

    async "is cut off, and comes back"(index) {
      await without(index, () => network.cut(network.machines[index]));
      network.heal(network.machines[index]);
    },
  };

  for (const [what, fault] of Object.entries(faults)) {
    for (const index of isLong ? [0, 1, 2] : ["the leader"]) {
      test(`${isLong ? "node " : ""}${index} ${what}`, async () => {
        await fault(isLong ? index : Number(leader(chats[0]).node.at(-1)));
        await awaitAllWell();
      });
    }
  }

  test("two that cannot reach each other stay members, and so does who leads", async () => {
    const before = leader(chats[0]);
    const [first, second] = network.machines;
    network.separate(first, second);
    await until(patience, "two and two", () => talkers[0].count === 2 && talkers[1].count === 2);
    await sleep(gone);
    assert.equal(talkers[2].count, 3);
    for (const index of [0, 1, 2]) {
      assert.deepEqual(leader(chats[index]), before, `node ${index} is told of another leader`);
    }
    network.join(first, second);
    await awaitAllWell();
  });

  test("no token has two holders, and nobody got the name while another had it", () => {
    assertOneLeaderPerToken(all);
    assertOneHolderAtATime(claims(all, "job"), silent);
  });

  test("what one said was heard in its order", () => {
    talkers.forEach((talker) => talker.assertOrder());
  });
});
