import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { SchemaInForce } from "./contract";

/** The schema that resources follow: what types there are, and what is said of each. */
export async function readSchemaInForce(ctx: Context): Promise<SchemaInForce> {
  await authorize(ctx, "resource.list", { type: "Resource", id: "*" });
  return { text: ctx.schemaText(ctx.read) };
}
