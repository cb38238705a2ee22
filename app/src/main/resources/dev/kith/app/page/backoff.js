// How long to wait before the next try: longer each time, and by chance, so that everybody who was
// cut off together does not come back together.

const FIRST = 500;
const LONGEST = 15_000;

export class Backoff {
  #tries = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Milliseconds until the next try: between half and all of a time that doubles. */
  next() {
    const ceiling = Math.min(LONGEST, FIRST * 2 ** this.#tries);
    this.#tries += 1;
    return ceiling * (0.5 + 0.5 * this.#random());
  }

  /** It worked: begin anew next time. */
  reset() {
    this.#tries = 0;
  }
}
