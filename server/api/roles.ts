import { z } from "zod";
import { createRole, previewRole, retireRole, updateRole } from "@/server/roles/change-role";
import {
  CreateRoleInput,
  KnownAction,
  Permissions,
  PermissionsInput,
  PreviewRoleInput,
  PutSeparationInput,
  RetireRoleInput,
  RoleDetail,
  RoleInput,
  RoleList,
  RolePreview,
  RoleSummary,
  Separation,
  SeparationInput,
  SeparationList,
  UpdateRoleInput,
} from "@/server/roles/contract";
import { listActions } from "@/server/roles/list-actions";
import { listPermissions } from "@/server/roles/list-permissions";
import { getRoleDetail, listRoles } from "@/server/roles/list-roles";
import { listSeparations, putSeparation, removeSeparation } from "@/server/roles/separations";
import { procedure, router } from "./trpc";

/** What roles there are, what they permit, and which are kept apart. */
export const roles = router({
  permissions: procedure
    .input(PermissionsInput)
    .output(Permissions)
    .query(({ ctx, input }) => listPermissions(ctx.verbs, input)),
  list: procedure.output(RoleList).query(({ ctx }) => listRoles(ctx.verbs)),
  actions: procedure.output(z.array(KnownAction)).query(({ ctx }) => listActions(ctx.verbs)),
  get: procedure
    .input(RoleInput)
    .output(RoleDetail)
    .query(({ ctx, input }) => getRoleDetail(ctx.verbs, input)),
  preview: procedure
    .input(PreviewRoleInput)
    .output(RolePreview)
    .mutation(({ ctx, input }) => previewRole(ctx.verbs, input)),
  create: procedure
    .input(CreateRoleInput)
    .output(RoleSummary)
    .mutation(({ ctx, input }) => createRole(ctx.verbs, input)),
  update: procedure
    .input(UpdateRoleInput)
    .output(RoleSummary)
    .mutation(({ ctx, input }) => updateRole(ctx.verbs, input)),
  retire: procedure
    .input(RetireRoleInput)
    .output(RoleSummary)
    .mutation(({ ctx, input }) => retireRole(ctx.verbs, input)),

  separations: procedure.output(SeparationList).query(({ ctx }) => listSeparations(ctx.verbs)),
  putSeparation: procedure
    .input(PutSeparationInput)
    .output(Separation)
    .mutation(({ ctx, input }) => putSeparation(ctx.verbs, input)),
  removeSeparation: procedure
    .input(SeparationInput)
    .output(Separation)
    .mutation(({ ctx, input }) => removeSeparation(ctx.verbs, input)),
});
