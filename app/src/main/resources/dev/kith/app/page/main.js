// The page: wires the connection, the model and what is seen.

import { Connection } from "./connection.js";
import { recall, remember } from "./memory.js";
import { Rooms } from "./rooms.js";
import { Transcript, element } from "./transcript.js";

const byId = (id) => document.getElementById(id);

const url = `${location.origin.replace(/^http/, "ws")}/socket`;
const connection = new Connection(url);
const rooms = new Rooms();
const transcript = new Transcript(byId("transcript"), byId("lines"), byId("newer"));

const memory = recall();
const wanted = new Set(memory.joined);
let wantedFirst = fromAddress() ?? memory.current;
let username = memory.username;
let online = 0;
let countdown = 0;

// ---- From the server

const answers = {
  system(data) {
    if (data.room === undefined) welcome(data);
    else notice(data);
  },

  rooms(names) {
    rooms.replaceNames(names);
    showRooms();
  },

  room_history({ room, messages }) {
    const isNew = rooms.find(room) === null;
    rooms.enter(room, messages);
    wanted.add(room);
    if (wantedFirst === room || rooms.current === null) look(room);
    else if (room === rooms.current) showRoom();
    if (isNew) saveRooms();
    showRooms();
  },

  chat(entry) {
    add(entry.room, { kind: "line", ...entry });
  },

  error({ message }) {
    byId("problem").textContent = message;
  },
};

connection.addEventListener("event", ({ detail: { event, data } }) => answers[event]?.(data));

function welcome(data) {
  online = data.online;
  showStatus("open");
  for (const room of wanted) connection.send("join", room);
}

function notice({ room, message, count }) {
  rooms.setPeople(room, count);
  add(room, { kind: "notice", message });
  if (room === rooms.current) showPeople();
  showOnline();
}

function add(name, entry) {
  const isSeen = name === rooms.current && document.visibilityState === "visible";
  const room = rooms.find(name);
  if (!room || !rooms.add(name, entry, isSeen)) return;
  if (name === rooms.current) transcript.add(entry, username);
  if (entry.kind === "line" && entry.username !== username) announce(name, entry);
  showRooms();
}

// ---- The connection

connection.addEventListener("trying", () => showStatus("trying"));
connection.addEventListener("open", () => showStatus("trying"));
connection.addEventListener("waiting", ({ detail }) => showStatus("lost", detail.until));

function showStatus(state, until = 0) {
  clearInterval(countdown);
  const status = byId("status");
  const before = status.dataset.state;
  status.dataset.state = state;
  byId("composer").querySelector(".send").disabled = state !== "open";
  if (state === "open") {
    showOnline();
    byId("problem").textContent = "";
  } else if (state === "trying") {
    status.replaceChildren(before === undefined ? "Connecting…" : "Connection lost. Reconnecting…");
  } else {
    showCountdown(status, until);
  }
}

/** The server says how many there are when we come; rooms may tell of more since then. */
function showOnline() {
  const most = Math.max(online, ...rooms.joined.map((room) => room.people ?? 0));
  const status = byId("status");
  if (status.dataset.state === "open") status.replaceChildren(`${most} online`);
}

/** Said once to those who listen, counted for those who look. */
function showCountdown(status, until) {
  const seconds = element("span", "");
  seconds.setAttribute("aria-hidden", "true");
  const now = element("button", "plain", "Try now");
  now.type = "button";
  now.addEventListener("click", () => connection.tryNow());
  status.replaceChildren("Connection lost. ", seconds, now);
  const count = () => {
    const left = Math.max(1, Math.ceil((until - Date.now()) / 1000));
    seconds.textContent = `Trying again in ${left} s`;
  };
  count();
  countdown = setInterval(count, 500);
}

// ---- Rooms

function look(name) {
  rooms.look(name);
  wantedFirst = null;
  remember({ current: name });
  history.replaceState(null, "", `#${encodeURIComponent(name)}`);
  showRoom();
  showRooms();
}

function join(name) {
  if (rooms.find(name)) {
    look(name);
    return;
  }
  wanted.add(name);
  wantedFirst = name;
  connection.send("join", name);
}

function leave(name) {
  wanted.delete(name);
  connection.send("leave", name);
  rooms.leave(name);
  saveRooms();
  if (rooms.current) {
    look(rooms.current);
  } else {
    history.replaceState(null, "", location.pathname);
    showRoom();
    showRooms();
  }
}

function saveRooms() {
  remember({ joined: [...wanted], current: rooms.current });
}

function showRoom() {
  const room = rooms.currentRoom;
  byId("room-head").hidden = room === null;
  byId("welcome").hidden = room !== null;
  byId("composer").hidden = room === null;
  byId("room-name").textContent = room?.name ?? "";
  transcript.replace(room?.entries ?? [], username);
  document.title = room ? `${room.name} – Kith` : "Kith";
  showPeople();
}

function showPeople() {
  const people = rooms.currentRoom?.people ?? null;
  byId("people").textContent = people === null ? "" : people === 1 ? "1 person" : `${people} people`;
}

function showRooms() {
  const held = document.activeElement?.dataset?.room;
  byId("joined").replaceChildren(...rooms.joined.map(joinedItem));
  byId("others").replaceChildren(...rooms.others.map(otherItem));
  byId("joined").parentElement.hidden = rooms.joined.length === 0;
  byId("others-section").hidden = rooms.others.length === 0;
  byId("unread-elsewhere").hidden = !rooms.unreadElsewhere;
  if (held !== undefined) {
    document.querySelector(`[data-room="${CSS.escape(held)}"]`)?.focus();
  }
}

function joinedItem(room) {
  const item = roomItem(room.name);
  const button = item.firstElementChild;
  if (room.name === rooms.current) button.setAttribute("aria-current", "true");
  if (room.unread > 0) {
    const unread = element("span", "count unread", String(room.unread));
    unread.append(element("span", "hidden", " unread"));
    button.append(unread);
  } else if (room.people !== null) {
    const people = element("span", "count", String(room.people));
    people.append(element("span", "hidden", room.people === 1 ? " person" : " people"));
    button.append(people);
  }
  return item;
}

function otherItem(name) {
  const item = roomItem(name);
  item.firstElementChild.append(element("span", "hidden", ", join"));
  return item;
}

function roomItem(name) {
  const item = element("li");
  const button = element("button", "room");
  button.type = "button";
  button.dataset.room = name;
  button.append(element("span", "name", name));
  button.addEventListener("click", () => {
    join(name);
    closeRooms();
  });
  item.append(button);
  return item;
}

byId("leave").addEventListener("click", () => {
  if (rooms.current) leave(rooms.current);
});

byId("new-room").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("new-room-name");
  const name = field.value.trim();
  if (!name) return;
  field.value = "";
  join(name);
  closeRooms();
});

const toggle = byId("rooms-toggle");

toggle.addEventListener("click", () => showRoomsPanel(toggle.getAttribute("aria-expanded") !== "true"));

byId("see-rooms").addEventListener("click", () => showRoomsPanel(true));

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && toggle.getAttribute("aria-expanded") === "true") {
    closeRooms();
    toggle.focus();
  }
});

addEventListener("hashchange", () => {
  const name = fromAddress();
  if (name) join(name);
});

function showRoomsPanel(open) {
  toggle.setAttribute("aria-expanded", String(open));
  byId("rooms").classList.toggle("open", open);
}

function closeRooms() {
  if (toggle.getAttribute("aria-expanded") === "true") showRoomsPanel(false);
}

function fromAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

// ---- Writing

const nameField = byId("username");
const messageField = byId("message");

nameField.value = username;
nameField.addEventListener("change", () => {
  username = nameField.value.trim();
  remember({ username });
  showRoom();
});

messageField.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("composer").requestSubmit();
  }
});

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const message = messageField.value.trim();
  if (!message || !rooms.current) return;
  byId("problem").textContent = "";
  username = nameField.value.trim();
  if (connection.send("chat", { room: rooms.current, username, message })) {
    messageField.value = "";
  }
});

// ---- For those who listen

function announce(room, { username: who, message }) {
  const where = room === rooms.current ? "" : ` in ${room}`;
  byId("announcer").textContent = `${who}${where}: ${message}`;
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && rooms.current) {
    rooms.look(rooms.current);
    showRooms();
  }
});

if (wantedFirst) wanted.add(wantedFirst);
showRoom();
showRooms();
connection.start();
