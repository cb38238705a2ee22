// What is known of the rooms: which there are, in which we are, what was said there. No page, no
// connection: a model that could run anywhere.

const ENTRIES_MAX = 500;

export class Rooms {
  #names = new Set();
  #joined = new Map();
  current = null;

  /** All rooms that we are not in, by name. */
  get others() {
    return [...this.#names].filter((name) => !this.#joined.has(name)).sort();
  }

  /** The rooms that we are in, by name. */
  get joined() {
    return [...this.#joined.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  get currentRoom() {
    return this.#joined.get(this.current) ?? null;
  }

  find(name) {
    return this.#joined.get(name) ?? null;
  }

  /** The server's list. */
  replaceNames(names) {
    this.#names = new Set(names);
  }

  /** We are in this room now. What was said there before replaces what we had. */
  enter(name, messages) {
    const known = this.#joined.get(name);
    const room = known ?? { name, people: null, unread: 0, entries: [] };
    room.entries = messages.map((message) => ({ kind: "line", ...message }));
    this.#names.add(name);
    this.#joined.set(name, room);
    this.current ??= name;
    return room;
  }

  leave(name) {
    this.#joined.delete(name);
    if (this.current === name) this.current = this.joined[0]?.name ?? null;
  }

  look(name) {
    this.current = name;
    const room = this.currentRoom;
    if (room) room.unread = 0;
  }

  /** Adds what was said or what happened, and returns the entry. */
  add(name, entry, isSeen) {
    const room = this.#joined.get(name);
    if (!room) return null;
    room.entries.push(entry);
    if (room.entries.length > ENTRIES_MAX) room.entries.shift();
    if (entry.kind === "line" && !isSeen) room.unread += 1;
    return entry;
  }

  setPeople(name, count) {
    const room = this.#joined.get(name);
    if (room) room.people = count;
  }

  get unreadElsewhere() {
    return this.joined.some((room) => room.name !== this.current && room.unread > 0);
  }
}
