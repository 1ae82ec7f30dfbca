import {
  ListResourcesInput,
  PutResourceInput,
  ResourceDetail,
  ResourceInput,
  ResourcePage,
  ResourceSummary,
  SchemaInForce,
} from "@/server/resources/contract";
import { getResource } from "@/server/resources/get-resource";
import { listResources } from "@/server/resources/list-resources";
import { putResource } from "@/server/resources/put-resource";
import { readSchemaInForce } from "@/server/resources/read-schema";
import { removeResource } from "@/server/resources/remove-resource";
import { procedure, router } from "./trpc";

/** Resources: what policies decide about, and what is known of it. */
export const resources = router({
  list: procedure
    .input(ListResourcesInput)
    .output(ResourcePage)
    .query(({ ctx, input }) => listResources(ctx.verbs, input)),
  get: procedure
    .input(ResourceInput)
    .output(ResourceDetail)
    .query(({ ctx, input }) => getResource(ctx.verbs, input)),
  schema: procedure.output(SchemaInForce).query(({ ctx }) => readSchemaInForce(ctx.verbs)),
  put: procedure
    .input(PutResourceInput)
    .output(ResourceSummary)
    .mutation(({ ctx, input }) => putResource(ctx.verbs, input)),
  remove: procedure
    .input(ResourceInput)
    .output(ResourceInput)
    .mutation(({ ctx, input }) => removeResource(ctx.verbs, input)),
});
