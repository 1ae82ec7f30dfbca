import { describe, expect, it } from "vitest";
import { BadSettings, readSettings } from "./env";

describe("settings", () => {
  it("have a default for everything", () => {
    const settings = readSettings({ SWARM_HOME: "/srv/swarm" });
    expect(settings).toMatchObject({
      mode: "production",
      dataDir: "/srv/swarm/data",
      masterKeyFile: "/srv/swarm/data/master.key",
      trustDomain: "swarm.local",
      console: { host: "127.0.0.1", port: 3000, tls: false },
      gateway: { host: "127.0.0.1", port: 8443 },
      pki: { host: "127.0.0.1", port: 8080, url: "http://127.0.0.1:8080" },
    });
  });

  it.each([
    ["SWARM_CONSOLE_PORT", "70000"],
    ["SWARM_GATEWAY_PORT", "https"],
    ["SWARM_TRUST_DOMAIN", "Not A Domain"],
    ["SWARM_CONSOLE_TLS", "yes"],
    ["SWARM_PKI_URL", "https://pki.example.com"],
  ])("refuse %s=%s by name", (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(BadSettings);
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });

  it("take an empty variable for an absent one", () => {
    expect(readSettings({ SWARM_CONSOLE_PORT: "" }).console.port).toBe(3000);
  });
});
