import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isAlive, Launcher, untilGone } from "./launcher";

const started: Launcher[] = [];
afterEach(async () => {
  for (const launcher of started.splice(0)) await launcher.remove();
});

async function start(environment: Readonly<Record<string, string>> = {}): Promise<Launcher> {
  const launcher = await Launcher.start(environment);
  started.push(launcher);
  return launcher;
}

describe("npm start", () => {
  it("prints addresses that answer, a setup code, and stops cleanly at Ctrl-C", async () => {
    const launcher = await start();
    await launcher.ready();
    const { ports, stdout } = launcher;
    expect(stdout).toContain(`http://127.0.0.1:${ports.console}`);
    expect(stdout).toContain(`https://127.0.0.1:${ports.gateway}`);
    expect(stdout).toContain(`http://127.0.0.1:${ports.pki}`);
    expect(stdout).toMatch(/\/setup and enter this code, which works once:\n\n {2}\S+\n/);
    const page = await fetch(`http://127.0.0.1:${ports.console}/setup`);
    expect(page.status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${ports.pki}/health`)).status).toBeGreaterThan(0);

    const children = launcher.children();
    expect(children).toHaveLength(2);
    launcher.child.kill("SIGINT");
    expect(await launcher.ended).toEqual({ code: 0, signal: null });
    expect(children.filter(isAlive)).toEqual([]);
    await expect(fetch(`http://127.0.0.1:${ports.console}/setup`)).rejects.toThrow();
  });

  it.each(["console", "gateway"] as const)(
    "stops everything, and says so by its exit code, when the %s crashes",
    async (which) => {
      const launcher = await start();
      await launcher.ready();
      const children = launcher.children();
      process.kill(launcher.childOf(which), "SIGKILL");
      expect((await launcher.ended).code).toBe(1);
      expect(launcher.stderr).toContain(`the ${which} was ended by SIGKILL`);
      expect(children.filter(isAlive)).toEqual([]);
    },
  );

  it.each([
    ["console", "SWARM_CONSOLE_PORT"],
    ["gateway", "SWARM_GATEWAY_PORT"],
    ["pki", "SWARM_PKI_PORT"],
  ] as const)("says that the %s's port is taken, and which setting changes it", async (_which, setting) => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve, reject) => {
      blocker.listen(0, "127.0.0.1", () => {
        const address = blocker.address();
        if (address === null || typeof address === "string") reject(new Error("there is no port"));
        else resolve(address.port);
      });
    });
    const launcher = await start({ [setting]: String(port) });
    expect((await launcher.ended).code).toBe(1);
    expect(launcher.stderr).toMatch(new RegExp(`port ${port} .*${setting}`));
    expect(launcher.stderr).not.toContain("    at ");
    expect(launcher.stdout).not.toContain("ready");
    blocker.close();
  });

  it("refuses to serve another host in the clear", async () => {
    const launcher = await start({ SWARM_CONSOLE_HOST: "0.0.0.0" });
    expect((await launcher.ended).code).toBe(1);
    expect(launcher.stderr).toMatch(/0\.0\.0\.0 in the clear.*SWARM_CONSOLE_TLS=1/);
  });

  it("does not start the console with TLS before there is an authority, and says what to do", async () => {
    const launcher = await start({ SWARM_CONSOLE_TLS: "1" });
    expect((await launcher.ended).code).toBe(1);
    expect(launcher.stderr).toMatch(/no authority yet.*swarm init/);
  });

  it("names a setting that cannot be used", async () => {
    const launcher = await start({ SWARM_TRUST_DOMAIN: "Not A Domain" });
    expect((await launcher.ended).code).toBe(1);
    expect(launcher.stderr).toContain("SWARM_TRUST_DOMAIN");
    expect(launcher.stderr).not.toContain("    at ");
  });

  it("leaves no process behind when it is killed itself", async () => {
    const launcher = await start();
    await launcher.ready();
    const children = launcher.children();
    launcher.child.kill("SIGKILL");
    await untilGone(children, 10_000);
    expect(children.filter(isAlive)).toEqual([]);
  });
});
