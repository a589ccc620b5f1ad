// What runs inside of a measured page. Each function is sent there as text, and uses nothing but what it is given.

/**
 * @typedef {object} Expectation what a row shows once a key or a click has worked
 * @property {string} title of the row
 * @property {"percent" | "expanded"} what
 * @property {string} is
 *
 * @typedef {object} Answer how a page answered a key or a click, in milliseconds
 * @property {number} at when it was pressed, since the page was asked for
 * @property {number} paint from then until the frame that shows the answer was rendered
 */

/**
 * Is there before anything of the page, and watches it.
 *
 * @param {{ rows: string, painted: string }} subject what its rows are, and what to say once the first of them are painted
 */
export function watch({ rows, painted }) {
  const bench = {
    /** @type {number | undefined} when the first rows were painted */
    rowsAt: undefined,
    /** @type {number} when the largest of the contents was painted */
    largestAt: NaN,
    /** @type {PerformanceEventTiming[]} */
    events: [],
    /** @type {{ start: number, duration: number }[]} */
    longTasks: [],
    /** @type {Promise<Answer> | undefined} */
    answer: undefined,

    /** @type {WebAssembly.Memory[]} */
    memories: [],

    /** How much memory wasm has taken. */
    wasmBytes: () => bench.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),

    /** @returns {Promise<number>} when the next frame was rendered */
    frame: () =>
      new Promise((rendered) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => rendered(performance.now());
          port2.postMessage(null);
        });
      }),

    /** @param {Expectation} expectation */
    shows: ({ title, what, is }) => {
      const row = [...document.querySelectorAll(rows)].find((row) => row.textContent?.includes(title));
      const shown = what === "expanded" ? row?.getAttribute("aria-expanded") : row?.querySelector(".percent")?.textContent;
      return shown?.replace(/\s/g, " ") === is;
    },

    /**
     * Measures the next key press or click, until the page shows what is expected.
     *
     * @param {"keydown" | "click"} type
     * @param {Expectation} expectation
     */
    expect: (type, expectation) => {
      bench.answer = new Promise((answered) => {
        const pressed = async (/** @type {Event} */ { timeStamp: at }) => {
          let end = await bench.frame();
          while (!bench.shows(expectation)) end = await bench.frame();
          answered({ at, paint: end - at });
        };
        addEventListener(type, pressed, { capture: true, once: true });
      });
    },

    /** @type {Promise<number> | undefined} when a change was painted, since 1970 */
    change: undefined,

    /** Waits for the progress that a row shows to change. @param {string} title */
    expectChange: (title) => {
      const shown = [...document.querySelectorAll(rows)].find((row) => row.textContent?.includes(title))?.querySelector(".percent");
      bench.change = new Promise((painted, fail) => {
        if (!shown) return fail(new Error(`there is no row ${title}`));
        const observer = new MutationObserver(async () => {
          observer.disconnect();
          const end = await bench.frame();
          painted(performance.timeOrigin + end);
        });
        observer.observe(shown, { characterData: true, childList: true, subtree: true });
      });
    },

    /** @type {number[]} when frames began, while somebody wants to know */
    frames: [],
    /** @type {number} the loop that notes them */
    follower: 0,

    startFrames: () => {
      bench.frames = [];
      const note = (/** @type {number} */ now) => {
        bench.frames.push(now);
        bench.follower = requestAnimationFrame(note);
      };
      bench.follower = requestAnimationFrame(note);
    },

    /** Ends it: the share of frames that were not made in time, the longest, and what passed in long tasks. */
    stopFrames: () => {
      cancelAnimationFrame(bench.follower);
      const [first = 0] = bench.frames;
      const lengths = bench.frames.slice(1).map((now, index) => now - (bench.frames[index] ?? 0));
      const due = lengths.reduce((sum, length) => sum + Math.round(length / (1000 / 60)), 0);
      const longTasks = bench.longTasks.filter(({ start }) => start >= first).reduce((sum, { duration }) => sum + duration, 0);
      return { late: (100 * (due - lengths.length)) / due, longest: Math.max(...lengths), longTasks };
    },

    /** Where the first row can be collapsed, once there is a way to. */
    toggle: () => {
      const button = document.querySelector(rows)?.querySelector("button[aria-label^=Collapse]");
      const box = button?.getBoundingClientRect();
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },

    /** When the first row was seen collapsed; `undefined` if it was not within so many frames. @param {number} frames */
    turned: async (frames) => {
      for (let frame = 0; frame < frames; frame++) {
        const end = await bench.frame();
        if (document.querySelector(rows)?.getAttribute("aria-expanded") === "false") return end;
      }
      return undefined;
    },
  };
  Object.assign(window, { bench });

  for (const name of /** @type {const} */ (["instantiate", "instantiateStreaming"])) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (/** @type {any} */ ...given) => {
      const made = await original(...given);
      const { exports } = made.instance ?? made;
      bench.memories.push(...Object.values(exports).filter((it) => it instanceof WebAssembly.Memory));
      return made;
    };
  }

  const followRows = async () => {
    while (bench.rowsAt === undefined) {
      const end = await bench.frame();
      if (document.querySelector(rows)) bench.rowsAt = end;
    }
    console.debug(painted);
  };
  void followRows();

  /** @param {string} type @param {(entries: any[]) => void} take @param {object} [more] */
  const observe = (type, take, more) =>
    new PerformanceObserver((list) => take(list.getEntries())).observe({ type, buffered: true, ...more });
  observe("largest-contentful-paint", (entries) => (bench.largestAt = entries.at(-1)?.startTime));
  observe("longtask", (entries) => bench.longTasks.push(...entries.map(({ startTime, duration }) => ({ start: startTime, duration }))));
  // What is faster than 16 ms is not told at all.
  observe("event", (entries) => bench.events.push(...entries), { durationThreshold: 16 });
}
