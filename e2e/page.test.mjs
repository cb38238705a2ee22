// The page as people use it: two windows, a phone, a keyboard, and a connection that breaks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, startChat } from "./kith.mjs";

const phone = { width: 320, height: 640 };

let chat;
let browser;

before(async () => {
  chat = await startChat();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await chat?.stop();
});

/** A person with a browser of their own, who notes what goes wrong on the page. */
async function visit(options = {}, prepare = async () => {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  await prepare(page);
  await page.goto(chat.url);
  return page;
}

async function enter(page, room, username) {
  if (await page.getByRole("button", { name: "Rooms", exact: true }).isVisible()) {
    await page.getByRole("button", { name: "Rooms", exact: true }).click();
  }
  await page.getByLabel("Open a room").fill(room);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.getByRole("heading", { name: room, level: 1 }).waitFor();
  await page.getByLabel("Your name").fill(username);
}

async function say(page, message) {
  await page.getByLabel("Message").fill(message);
  await page.getByLabel("Message").press("Enter");
}

async function leave(...pages) {
  for (const page of pages) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
}

const lineOf = (page, text) => page.locator(".line", { hasText: text });

test("two people in a room see each other's messages, and which are their own", async () => {
  const ada = await visit();
  const bram = await visit();
  await enter(ada, "parlour", "Ada");
  await enter(bram, "parlour", "Bram");
  await ada.getByRole("main").getByText("2 people", { exact: true }).waitFor();

  await say(ada, "Is anybody in?");
  await lineOf(bram, "Is anybody in?").waitFor();
  await say(bram, "Only me.");
  await lineOf(ada, "Only me.").waitFor();

  assert.match(await lineOf(ada, "Is anybody in?").getAttribute("class"), /own/);
  assert.doesNotMatch(await lineOf(ada, "Only me.").getAttribute("class"), /own/);
  await leave(bram);
  await ada.getByRole("main").getByText("1 person", { exact: true }).waitFor();
  await leave(ada);
});

test("who comes later reads what was said before", async () => {
  const early = await visit();
  await enter(early, "archive", "Early");
  await say(early, "First!");
  await lineOf(early, "First!").waitFor();

  const late = await visit();
  await enter(late, "archive", "Late");
  await lineOf(late, "First!").waitFor();
  await leave(early, late);
});

test("what people write is text and never markup", async () => {
  const page = await visit();
  await enter(page, "<img src=x>", "<b>Eve</b>");
  await say(page, "<script>alert(1)</script>");
  await lineOf(page, "<script>alert(1)</script>").waitFor();
  assert.equal(await page.locator("main img, main script, main b").count(), 0);
  await leave(page);
});

test("the name and the rooms are remembered", async () => {
  const page = await visit();
  await enter(page, "home", "Ottilie");
  await say(page, "Back in a moment.");
  await page.reload();
  await page.getByRole("heading", { name: "home", level: 1 }).waitFor();
  await lineOf(page, "Back in a moment.").waitFor();
  assert.equal(await page.getByLabel("Your name").inputValue(), "Ottilie");
  assert.match(await lineOf(page, "Back in a moment.").getAttribute("class"), /own/);
  await leave(page);
});

test("a lost connection is said, comes back by itself, and the rooms with it", async () => {
  const sockets = [];
  let network = Promise.resolve();
  const page = await visit({}, (page) =>
    page.routeWebSocket(/\/socket$/, async (socket) => {
      sockets.push(socket);
      await network;
      socket.connectToServer();
    }),
  );
  await enter(page, "weather", "Ada");
  await say(page, "before");
  await lineOf(page, "before").waitFor();

  let comeBack;
  network = new Promise((resolve) => (comeBack = resolve));
  await sockets.at(-1).close();
  await page.getByText("Connection lost").first().waitFor();
  comeBack();
  await page.getByText(/^\d+ online$/).waitFor();
  assert.ok(sockets.length > 1);

  await say(page, "after");
  await lineOf(page, "after").waitFor();
  assert.equal(await lineOf(page, "before").count(), 1);
  await leave(page);
});

test("unread messages of another room are counted until it is looked at", async () => {
  const ada = await visit();
  const bram = await visit();
  await enter(ada, "kitchen", "Ada");
  await enter(ada, "cellar", "Ada");
  await enter(bram, "kitchen", "Bram");
  await say(bram, "one");
  await say(bram, "two");

  const kitchen = ada.getByRole("navigation").getByRole("button", { name: /kitchen/ });
  await kitchen.getByText("2 unread").waitFor();
  await kitchen.click();
  await lineOf(ada, "two").waitFor();
  assert.equal(await kitchen.getByText("unread").count(), 0);
  await leave(ada, bram);
});

test("a room that is left is not among one's own any more", async () => {
  const page = await visit();
  await enter(page, "lobby", "Ada");
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByText("No room yet.").waitFor();
  await page.reload();
  await page.getByText("No room yet.").waitFor();
  await leave(page);
});

test("it fits a phone, in the dark too", async () => {
  const page = await visit({ viewport: phone, colorScheme: "dark" });
  await enter(page, "pocket", "Ada");
  await say(page, "a-word-without-an-end-".repeat(20));
  await lineOf(page, "a-word-without-an-end").waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, phone.width);
  const [paper, ink] = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return [style.backgroundColor, style.color];
  });
  assert.ok(lightness(paper) < 60 && lightness(ink) > 200, `${ink} on ${paper}`);
  await leave(page);
});

test("everything can be done with the keyboard", async () => {
  const page = await visit();
  await page.getByText(/^\d+ online$/).waitFor();
  await tabTo(page, "new-room-name");
  await page.keyboard.type("keys");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "keys", level: 1 }).waitFor();
  await tabTo(page, "username");
  await page.keyboard.type("Ada");
  await page.keyboard.press("Tab");
  await page.keyboard.type("typed");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("in two lines");
  await page.keyboard.press("Enter");
  await lineOf(page, "in two lines").waitFor();
  await leave(page);
});

async function tabTo(page, id) {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.id)) === id) return;
  }
  assert.fail(`${id} is not reached by the Tab key`);
}

function lightness(color) {
  const [red, green, blue] = color.match(/\d+/g).map(Number);
  return (red + green + blue) / 3;
}
