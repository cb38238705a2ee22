// Machines on one: network namespaces on a bridge, which can be cut off from each other.
import { execFileSync } from "node:child_process";

const prefix = "10.77.19";

function ip(...words) {
  execFileSync("ip", words, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Whether this user may make namespaces here. */
export function canMakeNetworks() {
  try {
    ip("netns", "add", "kith-probe");
    ip("netns", "del", "kith-probe");
    return true;
  } catch {
    return false;
  }
}

/** So many machines and, at `close`, none. */
export class Network {
  #bridge = "kith-bridge";
  machines = [];

  constructor(count) {
    this.close();
    ip("link", "add", this.#bridge, "type", "bridge");
    ip("addr", "add", `${prefix}.1/24`, "dev", this.#bridge);
    ip("link", "set", this.#bridge, "up");
    for (let number = 1; number <= count; number++) {
      this.machines.push(this.#machine(number));
    }
  }

  #machine(number) {
    const machine = { name: `kith-test-${number}`, address: `${prefix}.${10 + number}` };
    ip("netns", "add", machine.name);
    ip("link", "add", `kith-v${number}`, "type", "veth", "peer", "name", "eth0", "netns", machine.name);
    ip("link", "set", `kith-v${number}`, "master", this.#bridge, "up");
    ip("-n", machine.name, "addr", "add", `${machine.address}/24`, "dev", "eth0");
    ip("-n", machine.name, "link", "set", "eth0", "up");
    ip("-n", machine.name, "link", "set", "lo", "up");
    return machine;
  }

  /** Nothing passes between a machine and the others; who is outside still reaches all. */
  cut(machine) {
    this.#others(machine).forEach((other) => this.separate(machine, other));
  }

  heal(machine) {
    this.#others(machine).forEach((other) => this.join(machine, other));
  }

  /** Nothing passes between these two. */
  separate(one, other) {
    ip("-n", one.name, "route", "add", "blackhole", other.address);
    ip("-n", other.name, "route", "add", "blackhole", one.address);
  }

  join(one, other) {
    ip("-n", one.name, "route", "del", "blackhole", other.address);
    ip("-n", other.name, "route", "del", "blackhole", one.address);
  }

  #others(machine) {
    return this.machines.filter((one) => one !== machine);
  }

  close() {
    for (let number = 1; number <= 9; number++) {
      quietly("netns", "del", `kith-test-${number}`);
      quietly("link", "del", `kith-v${number}`); // the kernel may keep what was a namespace for a while
    }
    quietly("link", "del", this.#bridge);
  }
}

function quietly(...words) {
  try {
    ip(...words);
  } catch {
    // it was not there
  }
}
