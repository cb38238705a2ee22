// The conversation on the page. What people wrote becomes text nodes, never markup.

const NEAR_BOTTOM = 80;
const SAME_BREATH = 5 * 60;
const LINES_MAX = 500;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export class Transcript {
  #scroller;
  #lines;
  #newer;
  #last = null;
  #lastDay = new Date().toDateString();

  /** Whether the reader is at the end, and wants to stay there. */
  #following = true;

  constructor(scroller, lines, newer) {
    this.#scroller = scroller;
    this.#lines = lines;
    this.#newer = newer;
    newer.addEventListener("click", () => this.toBottom());
    scroller.addEventListener("scroll", () => {
      this.#following = this.isAtBottom;
      if (this.#following) newer.hidden = true;
    });
    new ResizeObserver(() => {
      if (this.#following) this.toBottom();
    }).observe(scroller);
  }

  get isAtBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
  }

  toBottom() {
    this.#following = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newer.hidden = true;
  }

  /** Shows these entries and nothing else. */
  replace(entries, username) {
    this.#last = null;
    this.#lastDay = new Date().toDateString();
    this.#lines.replaceChildren();
    for (const entry of entries) this.#append(entry, username);
    this.toBottom();
  }

  /** Shows one more entry; follows it if the reader was at the end or wrote it. */
  add(entry, username) {
    const follow = this.#following || entry.username === username;
    this.#append(entry, username).classList.add("fresh");
    while (this.#lines.children.length > LINES_MAX) this.#lines.firstElementChild.remove();
    if (follow) this.toBottom();
    else if (entry.kind === "line") this.#newer.hidden = false;
  }

  #append(entry, username) {
    const item = entry.kind === "line" ? this.#line(entry, username) : notice(entry);
    this.#lines.append(item);
    this.#last = entry;
    return item;
  }

  #line(entry, username) {
    const when = new Date(entry.time * 1000);
    this.#turnDay(when);
    const item = element("li", "line");
    if (this.#follows(entry)) item.classList.add("follows");
    if (entry.username === username) item.classList.add("own");
    const who = element("span", "who", entry.username);
    who.title = entry.username;
    const time = element("time", "", clock.format(when));
    time.dateTime = when.toISOString();
    item.append(who, element("span", "what", entry.message), time);
    return item;
  }

  #turnDay(when) {
    if (when.toDateString() === this.#lastDay) return;
    this.#lastDay = when.toDateString();
    this.#last = null;
    this.#lines.append(element("li", "day", day.format(when)));
  }

  #follows(entry) {
    const last = this.#last;
    return (
      last?.kind === "line" && last.username === entry.username && entry.time - last.time < SAME_BREATH
    );
  }
}

function notice(entry) {
  return element("li", "notice", entry.message);
}

export function element(tag, className, text = "") {
  const created = document.createElement(tag);
  if (className) created.className = className;
  if (text) created.textContent = text;
  return created;
}
