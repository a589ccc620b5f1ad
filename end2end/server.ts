import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "..");
const binary = process.env.TRELLIS_BINARY ?? join(root, "target/debug/trellis");
const site = process.env.LEPTOS_SITE_ROOT ?? join(root, "target/site");

/** Somebody who may sign in. */
export interface Person {
  name: string;
  email: string;
  role: "viewer" | "member" | "admin";
}

/** What a server is to begin with: the example company, nothing at all, or a table and its people. */
export type Content = "example" | "empty" | { table: string; cycles: string[]; people: Person[] };

/** A node as `trellis export --format json` tells it, as far as the tests read it. */
export interface ExportedNode {
  id: string;
  title: string;
  percent: string;
  confidence: number | null;
}

const password = "correct horse battery staple";

/** A Trellis server of its own, on a database of its own. */
export class Server {
  /** How to sign in, as the server said when it was started. */
  welcome = "";
  private child?: ChildProcess;
  private log = "";
  private port = 0;
  private readonly sessions = new Map<string, { name: string; value: string }>();

  private constructor(
    private readonly folder: string,
    private readonly content: Content,
  ) {}

  static async start(content: Content = "example"): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "trellis-end2end-")), content);
    const links = typeof content === "string" ? [] : await server.fill(content);
    await server.start();
    for (const [email, path] of links) server.sessions.set(email, await server.choosePassword(path));
    return server;
  }

  /** Where the server is. It stays the same when the server is started again. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The address of the server's database. */
  get database(): string {
    return `sqlite:${join(this.folder, "trellis.db")}`;
  }

  /** The cookie that signs one of the server's people in. */
  session(person: Person): { name: string; value: string; url: string } {
    const session = this.sessions.get(person.email);
    if (!session) throw new Error(`${person.name} is not one of the people of this server`);
    return { ...session, url: this.url };
  }

  /** Starts the server where it was, and waits until it has said how to sign in. */
  async start(): Promise<void> {
    const options = ["--database", this.database, "--listen", `127.0.0.1:${this.port}`];
    if (this.content === "example") options.push("--demo");
    const child = spawn(binary, ["serve", ...options], {
      env: { ...process.env, LEPTOS_SITE_ROOT: site },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    child.stderr.on("data", (text: Buffer) => (this.log += text));
    await new Promise<void>((found, fail) => {
      child.once("error", fail);
      child.once("exit", (code) => fail(new Error(`the server ended with ${code}:\n${this.log}`)));
      createInterface(child.stdout).on("line", (line) => {
        const address = /^Trellis is at http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
        if (address) {
          this.port = Number(address[1]);
        } else {
          this.welcome = line;
          found();
        }
      });
    });
  }

  /** Ends the server: `SIGKILL` as a crash would, `SIGTERM` as it is meant to. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  /** Ends the server and removes its database. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a command of the command line on the server's database. Returns what it printed. */
  async run(...words: string[]): Promise<string> {
    const done = await promisify(execFile)(binary, [...words, "--database", this.database], { maxBuffer: 1 << 30 });
    return done.stdout;
  }

  /** Brings a table into the database, where the server finds it by itself. */
  async import(table: string): Promise<void> {
    const file = join(this.folder, "more.csv");
    await writeFile(file, table);
    await this.run("import", file);
  }

  /** What `trellis export --format json` says of every node, by its title. */
  async exported(): Promise<Map<string, ExportedNode>> {
    const { nodes } = JSON.parse(await this.run("export", "--format", "json")) as { nodes: ExportedNode[] };
    return new Map(nodes.map((node) => [node.title, node]));
  }

  /** How many check-ins of a key result with that value `trellis export` tells of. */
  async checkIns(keyResult: string, value: string): Promise<number> {
    const [head, ...rows] = (await this.run("export")).split(/\r?\n/).map((row) => row.split(","));
    const at = (column: string): number => head?.indexOf(column) ?? -1;
    const [kind, parent, current] = [at("kind"), at("parent"), at("current")];
    return rows.filter((row) => row[kind] === "check_in" && row[parent] === keyResult && row[current] === value).length;
  }

  /** Brings people and table into the database. Returns the path at which each of the people chooses a password. */
  private async fill({ table, cycles, people }: Exclude<Content, string>): Promise<[string, string][]> {
    const links: [string, string][] = [];
    for (const { name, email, role } of people) {
      const said = await this.run("user", "add", name, email, "--role", role);
      links.push([email, /\/set-up\/\S+/.exec(said)?.[0] ?? ""]);
    }
    const file = join(this.folder, "table.csv");
    await writeFile(file, table);
    await this.run("import", file, ...cycles.flatMap((cycle) => ["--cycle", cycle]));
    return links;
  }

  private async choosePassword(path: string): Promise<{ name: string; value: string }> {
    const body = new URLSearchParams({ password });
    const answer = await fetch(this.url + path, { method: "POST", body, redirect: "manual" });
    const [name, value] = (answer.headers.getSetCookie()[0] ?? "").split(";")[0]?.split("=") ?? [];
    if (!name || !value) throw new Error(`${path} let nobody in: ${answer.status}`);
    return { name, value };
  }
}
