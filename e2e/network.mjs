// Machines on one: network namespaces on a bridge, which can be cut off from each other.
import { execFileSync } from "node:child_process";

function ip(...words) {
  execFileSync("ip", words, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Whether this user may make namespaces here. */
export function canMakeNetworks() {
  const probe = `kith-probe-${process.pid}`;
  try {
    ip("netns", "add", probe);
    ip("netns", "del", probe);
    return true;
  } catch {
    return false;
  }
}

/** So many machines and, at `close`, none. */
export class Network {
  #site;
  #bridge;
  machines = [];

  /** `site`: a number up to 255, of its own for each network that there is at the same time. */
  constructor(site, count) {
    this.#site = site;
    this.#bridge = `kith-site-${site}`;
    this.close();
    ip("link", "add", this.#bridge, "type", "bridge");
    ip("addr", "add", `${this.#address(1)}/24`, "dev", this.#bridge);
    ip("link", "set", this.#bridge, "up");
    for (let number = 1; number <= count; number++) {
      this.machines.push(this.#machine(number));
    }
  }

  #machine(number) {
    const machine = { name: this.#name(number), address: this.#address(10 + number) };
    ip("netns", "add", machine.name);
    ip("link", "add", machine.name, "type", "veth", "peer", "name", "eth0", "netns", machine.name);
    ip("link", "set", machine.name, "master", this.#bridge, "up");
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

  /** Of a machine, and of the cable's end on this side. */
  #name(number) {
    return `kith-${this.#site}-${number}`;
  }

  #address(host) {
    return `10.77.${this.#site}.${host}`;
  }

  #others(machine) {
    return this.machines.filter((one) => one !== machine);
  }

  close() {
    for (let number = 1; number <= 9; number++) {
      quietly("netns", "del", this.#name(number));
      quietly("link", "del", this.#name(number)); // the kernel may keep what was a namespace for a while
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
