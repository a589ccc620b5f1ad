/** Pixels a second: a hard flick. */
const SPEED = 4_000;
/** Seconds. */
const DURATION = 3;

/**
 * How smoothly the page scrolls, as fast as a hand does it.
 *
 * @param {import("./visit.mjs").Visit} visit an open page
 * @param {import("./samples.mjs").Samples} samples
 */
export async function scroll(visit, samples) {
  await visit.toTop();
  await visit.page.evaluate(() => window.bench.startFrames());
  await visit.devtools.send("Input.synthesizeScrollGesture", {
    x: 600,
    y: 500,
    yDistance: -SPEED * DURATION,
    speed: SPEED,
    gestureSourceType: "mouse",
  });
  const { late, longest, longTasks } = await visit.page.evaluate(() => window.bench.stopFrames());
  samples.add("scrolling: frames dropped", "%", late);
  samples.add("scrolling: longest frame", "ms", longest);
  samples.add("scrolling: in tasks longer than 50 ms", "ms", longTasks);
}
