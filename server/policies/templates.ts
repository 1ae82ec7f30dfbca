import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Template } from "./contract";

/** Policies to start from. */
export async function listTemplates(ctx: Context): Promise<Template[]> {
  await authorize(ctx, "policy.list", { type: "Policy", id: "*" });
  return [...TEMPLATES];
}

/** What admins of a swarm begin with. Each follows the program's schema; names of teams and regions are examples. */
export const TEMPLATES: readonly Template[] = [
  {
    name: "training-on-trusted-providers",
    about: "Training runs on hardware of trusted providers only.",
    text: `// Training runs on hardware of trusted providers only.
@id("training-on-trusted-providers")
forbid (
  principal,
  action == Action::"workload.run",
  resource is Compute
)
when {
  context has workload &&
  ["training", "fine-tuning"].contains(context.workload.kind)
}
unless { resource.provider.trust == "trusted" };
`,
  },
  {
    name: "eu-data-stays-in-eu",
    about: "Confidential workloads run in regions of the EU only.",
    text: `// Confidential workloads run in regions of the EU only.
@id("eu-data-stays-in-eu")
forbid (
  principal,
  action == Action::"workload.run",
  resource is Compute
)
when {
  context has workload &&
  ["confidential", "restricted"].contains(context.workload.sensitivity)
}
unless { resource.region like "eu-*" };
`,
  },
  {
    name: "nodes-run-workloads",
    about: "Nodes run workloads on their own hardware.",
    text: `// Nodes run workloads on their own hardware: the compute that is called as they are.
@id("nodes-run-workloads")
permit (
  principal is Node,
  action == Action::"workload.run",
  resource is Compute
)
when { principal.state == "active" }
when { principal has provider && principal.provider == resource.provider };
`,
  },
  {
    name: "endpoints-by-team",
    about: "People and services of a team use and change its inference endpoints.",
    text: `// People and services of a team use and change its inference endpoints.
@id("endpoints-by-team")
permit (
  principal,
  action in [Action::"endpoint.invoke", Action::"endpoint.change"],
  resource is Endpoint
)
when { resource has team && principal in resource.team };
`,
  },
  {
    name: "batch-at-night",
    about: "Batch work runs between 22:00 and 06:00 UTC.",
    text: `// Batch work runs between 22:00 and 06:00 UTC.
@id("batch-at-night")
forbid (
  principal,
  action == Action::"workload.run",
  resource
)
when { context has workload && context.workload.kind == "batch" }
unless {
  context.now.toTime() >= duration("22h") ||
  context.now.toTime() < duration("6h")
};
`,
  },
  {
    name: "break-glass",
    about: "Somebody of a team may do everything in the swarm when they prove both factors and say why.",
    text: `// In an emergency the team platform may do everything in the swarm, with both factors and a reason.
@id("break-glass")
permit (
  principal is User in Team::"platform",
  action in Action::"swarm",
  resource
)
when { context.provedBy.containsAll(["password", "totp"]) }
when { context has reason && context.reason != "" };
`,
  },
  {
    name: "strange-sessions-change-little",
    about: "Who signs in on a new device, or moves to another address, revokes, publishes and gives roles no more.",
    text: `// A session on a new device, or one that is used from elsewhere, revokes, publishes and gives roles no more.
@id("strange-sessions-change-little")
forbid (
  principal is User,
  action in [
    Action::"certificate.revoke",
    Action::"policy.publish",
    Action::"role.bind"
  ],
  resource
)
when { context.risk.containsAny(["new_device", "other_address"]) };
`,
  },
  {
    name: "quarantined-node",
    about: "A node with the label quarantine does nothing in the swarm.",
    text: `// A node with the label quarantine does nothing in the swarm until the label is gone.
@id("quarantined-node")
forbid (
  principal is Node,
  action in Action::"swarm",
  resource
)
when { principal.hasTag("quarantine") };
`,
  },
];
