import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server as Listener, type Socket } from "node:net";

import type { Server } from "./server.ts";

/** What the console says of a server that went away, wherever a request was at that moment. */
export const lostConnection =
  /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED|INCOMPLETE_CHUNKED_ENCODING|INTERNET_DISCONNECTED|SOCKET_NOT_CONNECTED)/;

/** What it says of a network that a test has cut, to a service worker too. */
export const cutNetwork = new RegExp(
  `${lostConnection.source}|ERR_(CONNECTION_CLOSED|NETWORK_CHANGED|ABORTED)|FetchEvent for|status of (401|503)|Failed to fetch`,
);

/** The network between a browser and a server, for a test to cut: also for a service worker, which Playwright cannot. */
export class Network {
  private state: "whole" | "cut" | "one way" = "whole";
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly listener: Listener,
    private readonly server: Server,
  ) {
    listener.on("connection", (near) => this.join(near));
  }

  static async before(server: Server): Promise<Network> {
    const listener = createServer();
    const network = new Network(listener, server);
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    return network;
  }

  /** Where the server is to be found through this network. */
  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Nothing gets through any more, nor what is on its way. */
  cut(): void {
    this.become("cut");
  }

  /** What is sent arrives, and its answers do not. */
  loseAnswers(): void {
    this.become("one way");
  }

  mend(): void {
    this.become("whole");
  }

  async end(): Promise<void> {
    this.cut();
    const closed = once(this.listener, "close");
    this.listener.close();
    await closed;
  }

  private become(state: typeof this.state): void {
    this.state = state;
    for (const socket of this.sockets) socket.destroy();
  }

  private join(near: Socket): void {
    if (this.state === "cut") {
      near.on("error", () => {});
      near.destroy();
      return;
    }
    const far = connect(Number(new URL(this.server.url).port), "127.0.0.1");
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      this.sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    near.on("data", (data) => far.write(data));
    far.on("data", (data) => {
      if (this.state === "whole") near.write(data);
      else near.destroy();
    });
  }
}
