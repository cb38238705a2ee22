// Who leads and who has an exclusive name, by what nodes say.
import assert from "node:assert/strict";

/** The leases of who leads, as a chat has heard of them, oldest first. */
export function leaders(chat) {
  const lines = chat.log.matchAll(/kith\.leader of (\S+) \(token (\d+)\)/g);
  return [...lines].map(([, node, token]) => ({ node, token: BigInt(token) }));
}

/** The last of them. */
export function leader(chat) {
  return leaders(chat).at(-1);
}

/** Whether these chats know the same leader, newer than that. */
export function agreed(chats, before = 0n) {
  const known = chats.map(leader);
  return known.every((one) => one?.token > before && one.token === known[0].token);
}

/** What nodes have said of an exclusive name, by `--claim`, oldest first. */
export function claims(chats, name) {
  return chats
    .flatMap((chat) => chat.lines)
    .map((line) => /^(has|lost) (\S+) token=(\d+) at=(\d+) node=(\S+)$/.exec(line))
    .filter((match) => match?.[2] === name)
    .map(([, what, , token, at, node]) => ({ what, token: BigInt(token), at: Number(at), node }))
    .sort((a, b) => a.at - b.at);
}

/** No two nodes ever led with one token. */
export function assertOneLeaderPerToken(chats) {
  const holders = new Map();
  for (const { node, token } of chats.flatMap(leaders)) {
    assert.equal(holders.get(token) ?? node, node, `token ${token} has two holders`);
    holders.set(token, node);
  }
}

/**
 * Tokens grow, and whoever had the name said that it is lost before another had it: but for the holders that could say
 * nothing then, by their tokens.
 */
export function assertOneHolderAtATime(claims, silent) {
  const granted = claims.filter(({ what }) => what === "has");
  assert.ok(granted.length > 1, "the name never moved");
  const lost = new Map(claims.filter(({ what }) => what === "lost").map(({ token, at }) => [token, at]));
  granted.reduce((before, next) => {
    assert.ok(next.token > before.token, `token ${next.token} after ${before.token}`);
    assert.ok(
      silent.has(before.token) || lost.get(before.token) <= next.at,
      `${before.token} of ${before.node} was lost at ${lost.get(before.token)}, and ${next.node} had it at ${next.at}`,
    );
    return next;
  });
}
