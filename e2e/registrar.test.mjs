// Three machines with a ZooKeeper server each, under load: who leads and who has an exclusive name, when one of them
// is killed, stands still or is cut off. Nobody is told to join anybody: they find each other by the ensemble.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startIn, until } from "./kith.mjs";
import { Network, canMakeNetworks } from "./network.mjs";
import { Talker } from "./talker.mjs";

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

  /** The tokens of holders that stood still: they could not say in time that they lost the name. */
  const stopped = new Set();
  let network;
  let talkers;

  before(async () => {
    writeFileSync(secret, "what the three of us know\n");
    network = new Network(3);
    for (const index of [0, 1, 2]) {
      await startNode(index);
    }
    talkers = await Promise.all([0, 1, 2].map((index) => Talker.start(chats[index], index)));
    await until(patience, "a leader that all know", () => agreed([0, 1, 2]));
    await until(patience, "a holder of the name", () => holder() !== undefined);
  });

  after(async () => {
    talkers?.forEach((talker) => talker.stop());
    await Promise.all(chats.map((chat) => chat.stop()));
    network?.close();
    rmSync(folder, { recursive: true });
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

  /** The leases of who leads, as a chat has heard of them. */
  function leaders(chat) {
    const lines = chat.log.matchAll(/kith\.leader of (\S+) \(token (\d+)\)/g);
    return [...lines].map(([, node, token]) => ({ node, token: BigInt(token) }));
  }

  function leader(index) {
    return leaders(chats[index]).at(-1);
  }

  /** Whether these know the same leader, newer than that. */
  function agreed(indices, before = 0n) {
    const known = indices.map(leader);
    return known.every((one) => one?.token > before && one.token === known[0].token);
  }

  /** What is known of the name, oldest first. */
  function claims() {
    return all
      .flatMap((chat) => chat.lines)
      .map((line) => /^(has|lost) job token=(\d+) at=(\d+)$/.exec(line))
      .filter((match) => match)
      .map(([, what, token, at]) => ({ what, token: BigInt(token), at: Number(at) }))
      .sort((a, b) => a.at - b.at);
  }

  /** The token of who has the name, if anybody has. */
  function holder() {
    const granted = claims().filter(({ what }) => what === "has");
    return granted.at(-1)?.token;
  }

  function others(index) {
    return [0, 1, 2].filter((other) => other !== index);
  }

  async function awaitAllWell() {
    await until(patience, "three in the room", () => talkers.every((talker) => talker.count === 3));
    await until(patience, "a leader that all know", () => agreed([0, 1, 2]));
  }

  /** Does something to a node that takes it away, and sees that the others go on without it. */
  async function without(index, inflict) {
    const before = leader(index);
    const name = holder();
    const lead = before.node === `node${index}`;
    inflict();
    const start = Date.now();
    if (lead) {
      await until(moved, "another leader", () => agreed(others(index), before.token));
    }
    const heard = others(index).map((other) => talkers[other].heard);
    await until(moved, "talk", () => others(index).every((other, i) => talkers[other].heard > heard[i]));
    await sleep(Math.max(0, gone - (Date.now() - start)));
    if (lead) {
      assert.notEqual(leader(others(index)[0]).node, `node${index}`);
    } else {
      assert.deepEqual(leader(others(index)[0]), before, "whoever leads is not disturbed");
    }
    assert.ok(holder() >= name, "the name went back");
  }

  const faults = {
    async "is killed, and started again"(index) {
      await without(index, () => process.kill(chats[index].nodes[0].pid, "SIGKILL"));
      talkers[index].stop();
      await startNode(index);
      talkers[index] = await Talker.start(chats[index], index);
    },

    async "stands still, and goes on"(index) {
      const { pid } = chats[index].nodes[0];
      stopped.add(holder());
      await without(index, () => process.kill(pid, "SIGSTOP"));
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
        await fault(isLong ? index : Number(leader(0).node.at(-1)));
        await awaitAllWell();
      });
    }
  }

  test("two that cannot reach each other stay members, and so does who leads", async () => {
    const before = leader(0);
    const [first, second, third] = network.machines;
    network.separate(first, second);
    await until(patience, "two and two", () => talkers[0].count === 2 && talkers[1].count === 2);
    await sleep(gone);
    assert.equal(talkers[2].count, 3);
    for (const index of [0, 1, 2]) {
      assert.deepEqual(leader(index), before, `node ${index} is told of another leader`);
    }
    assert.ok(third);
    network.join(first, second);
    await awaitAllWell();
  });

  test("no token has two holders, and nobody got the name while another had it", () => {
    const holders = new Map();
    for (const chat of all) {
      for (const { node, token } of leaders(chat)) {
        assert.equal(holders.get(token) ?? node, node, `token ${token} has two holders`);
        holders.set(token, node);
      }
    }
    const granted = claims().filter(({ what }) => what === "has");
    assert.ok(granted.length > 1, "the name never moved");
    const lost = new Map(claims().map(({ what, token, at }) => [what === "lost" ? token : undefined, at]));
    granted.reduce((before, next) => {
      assert.ok(next.token > before.token, `token ${next.token} after ${before.token}`);
      const isTooLate = lost.get(before.token) > next.at && !stopped.has(before.token);
      assert.ok(!isTooLate, `${before.token} was lost after ${next.token} was granted`);
      return next;
    });
  });

  test("what one said was heard in its order", () => {
    talkers.forEach((talker) => talker.assertOrder());
  });
});
