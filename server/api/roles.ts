import { Permissions, PermissionsInput } from "@/server/roles/contract";
import { listPermissions } from "@/server/roles/list-permissions";
import { procedure, router } from "./trpc";

/** Who may do what. */
export const roles = router({
  permissions: procedure
    .input(PermissionsInput)
    .output(Permissions)
    .query(({ ctx, input }) => listPermissions(ctx.verbs, input)),
});
