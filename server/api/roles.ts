import { Permissions } from "@/server/roles/contract";
import { listPermissions } from "@/server/roles/list-permissions";
import { procedure, router } from "./trpc";

/** Who may do what. */
export const roles = router({
  permissions: procedure.output(Permissions).query(({ ctx }) => listPermissions(ctx.verbs)),
});
