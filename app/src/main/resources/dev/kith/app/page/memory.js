// What the browser remembers: who you are and where you were. Works without storage, too.

const KEY = "kith.chat";
const NOTHING = { username: "", joined: [], current: null };

export function recall() {
  try {
    return { ...NOTHING, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return { ...NOTHING };
  }
}

export function remember(what) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...what }));
  } catch {
    // Then it is forgotten when the page is left.
  }
}
