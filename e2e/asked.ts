import { test as base } from "./fixtures";
import { type Answer, type Machine, Site } from "./machines/site";

/** With the gateway of the example organisation, at which machines enrol and ask. */
export const test = base.extend<{ site: Site }>({
  site: async ({ product }, use) => {
    const site = await Site.on(product);
    await use(site);
    await site.removeFolder();
  },
});

/** A node of the example organisation whose hardware is registered, and another whose hardware is elsewhere. */
export const [NODE, OTHER] = ["gpu-h100-fra-01", "gpu-h100-ams-07"] as const;

/** What a node asks to run. */
export interface Workload {
  readonly kind: string;
  readonly sensitivity: string;
}

/** A node asks at the gateway whether it may run something on some hardware. */
export function askToRun(site: Site, machine: Machine, on: string, workload?: Workload): Promise<Answer> {
  return site.curl("/access/v1/evaluation", {
    as: machine,
    body: {
      subject: { type: "Node", id: machine.name },
      action: { name: "workload.run" },
      resource: { type: "Compute", id: on },
      ...(workload && { context: { workload } }),
    },
  });
}

/** The number under which the log keeps what was answered. */
export function numberOf({ json }: Answer): number {
  return (json["context"] as { decision_id: number }).decision_id;
}
