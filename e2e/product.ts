import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST, ROOT } from "../scripts/lib/paths.mjs";
import { ProductProcess } from "../scripts/lib/processes.mjs";
import { messageOf } from "../scripts/lib/run.mjs";

/** What a command of the terminal said, and how it ended. */
export interface CommandOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a product is started. */
export interface ProductOptions {
  /** Further settings, for example `SWARM_CONSOLE_TLS`. */
  readonly environment?: Readonly<Record<string, string>>;
}

type ProcessName = "console" | "gateway";

/**
 * The built product on a data directory and ports of its own, for one test or one worker. `start` may be called again
 * after `stop` or `kill`: the data and the ports stay.
 */
export class Product {
  readonly #processes = new Map<ProcessName, ProductProcess>();
  #output = "";
  /** The one-time code of the first setup; empty once the product is set up. */
  setupCode = "";

  private constructor(
    readonly dataDir: string,
    readonly environment: Readonly<Record<string, string>>,
    readonly consoleUrl: string,
    readonly gatewayUrl: string,
    readonly pkiUrl: string,
  ) {}

  /** A new data directory and free ports; nothing runs yet. */
  static async make(options: ProductOptions = {}): Promise<Product> {
    for (const name of ["console", "gateway", "cli"]) {
      if (!existsSync(join(DIST, `${name}.mjs`)))
        throw new Error(`dist/${name}.mjs is missing: run npm run build first`);
    }
    const dataDir = await mkdtemp(join(tmpdir(), "swarm-product-"));
    const [consolePort, gatewayPort, pkiPort] = await freePorts(3);
    const environment: Record<string, string> = {
      NODE_ENV: "production",
      SWARM_DATA_DIR: dataDir,
      SWARM_HOME: ROOT,
      SWARM_CONSOLE_PORT: String(consolePort),
      SWARM_GATEWAY_PORT: String(gatewayPort),
      SWARM_PKI_PORT: String(pkiPort),
      ...options.environment,
    };
    const scheme = environment["SWARM_CONSOLE_TLS"] === "1" ? "https" : "http";
    return new Product(
      dataDir,
      environment,
      `${scheme}://127.0.0.1:${consolePort}`,
      `https://127.0.0.1:${gatewayPort}`,
      `http://127.0.0.1:${pkiPort}`,
    );
  }

  /** Makes and starts a product, both processes. */
  static async start(options: ProductOptions = {}): Promise<Product> {
    const product = await Product.make(options);
    await product.start();
    return product;
  }

  /** Starts the processes that do not run, the gateway first, and waits until they answer. `more` is for them alone. */
  async start(
    names: readonly ProcessName[] = ["gateway", "console"],
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    for (const name of names) {
      if (this.#processes.has(name)) continue;
      const one = new ProductProcess(name, join(DIST, `${name}.mjs`), { ...this.environment, ...more }, "pipe");
      one.child.stdout?.on("data", (chunk: Buffer) => this.#keep(chunk));
      one.child.stderr?.on("data", (chunk: Buffer) => this.#keep(chunk));
      this.#processes.set(name, one);
      try {
        this.setupCode = (await one.ready).setupCode ?? this.setupCode;
      } catch (error) {
        this.#processes.delete(name);
        throw new Error(`${messageOf(error)}\n${this.#output}`, { cause: error });
      }
    }
  }

  /** What the processes said on stdout and stderr. */
  get output(): string {
    return this.#output;
  }

  /** The process id of a running process. */
  pid(name: ProcessName): number {
    const pid = this.#processes.get(name)?.child.pid;
    if (pid === undefined) throw new Error(`the ${name} does not run`);
    return pid;
  }

  /** Ends a process without a word of warning. */
  async kill(name: ProcessName): Promise<void> {
    const one = this.#processes.get(name);
    this.#processes.delete(name);
    one?.kill();
    await one?.ended;
  }

  /** Stops what runs and keeps the data. */
  async stop(): Promise<void> {
    const running = [...this.#processes.values()];
    this.#processes.clear();
    await Promise.all(running.map((one) => one.stop()));
  }

  /** Stops what runs and removes the data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Runs `swarm ARGS` on this product's data, as people do, with `input` on stdin. `more` is for this run alone. */
  swarm(args: readonly string[], input = "", more: Readonly<Record<string, string>> = {}): Promise<CommandOutcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(DIST, "cli.mjs"), ...args], {
        env: { ...process.env, ...this.environment, ...more },
        stdio: ["pipe", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk: Buffer) => {
        stdout += chunk.toString("utf8");
      });
      child.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString("utf8");
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
      child.stdin.on("error", () => {});
      child.stdin.end(input);
    });
  }

  #keep(chunk: Buffer): void {
    this.#output = (this.#output + chunk.toString("utf8")).slice(-100_000);
  }
}

/** Below those that systems give to whoever connects: between the choice of a port and its use, nobody is given it. */
const PORTS = { first: 20_000, count: 12_000 } as const;

/** Ports that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    while (servers.length < count) {
      const server = await listenOn(PORTS.first + randomInt(PORTS.count));
      if (server) servers.push(server);
    }
    return servers.map(portOf);
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** Undefined when somebody listens there already. */
function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}
