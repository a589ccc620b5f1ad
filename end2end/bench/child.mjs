import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts a server, and waits until it has printed its address. @param {string} program @param {string[]} words */
export async function start(program, words) {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((found, fail) => {
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${program} ended with ${code}`)));
    createInterface(child.stdout).on("line", (line) => {
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (match) found(match[0]);
    });
  });
  const stop = async () => {
    const ended = once(child, "exit");
    if (child.kill()) await ended;
  };
  return { url: /** @type {string} */ (url), stop };
}
