import { activateGrant, deactivateGrant } from "@/server/roles/activate-grant";
import { addGrants } from "@/server/roles/add-grants";
import {
  ActivateGrantInput,
  AddGrantsInput,
  AssignInput,
  AssignPage,
  ChangeGrantInput,
  EndGrantsInput,
  GrantInput,
  GrantPage,
  GrantPreview,
  GrantResults,
  GrantSummary,
  ListGrantsInput,
  Offers,
  OffersInput,
} from "@/server/roles/grant-contract";
import { changeGrant, endGrants } from "@/server/roles/end-grants";
import { listAssignments } from "@/server/roles/list-assignments";
import { getGrant, listGrants } from "@/server/roles/list-grants";
import { listOffers } from "@/server/roles/list-offers";
import { previewGrants } from "@/server/roles/preview-grants";
import { procedure, router } from "./trpc";

/** Who holds which role, within what, and for how long. */
export const grants = router({
  list: procedure
    .input(ListGrantsInput)
    .output(GrantPage)
    .query(({ ctx, input }) => listGrants(ctx.verbs, input)),
  /** Who is in a team, and what each holds. */
  assignments: procedure
    .input(AssignInput)
    .output(AssignPage)
    .query(({ ctx, input }) => listAssignments(ctx.verbs, input)),
  offers: procedure
    .input(OffersInput)
    .output(Offers)
    .query(({ ctx, input }) => listOffers(ctx.verbs, input)),
  get: procedure
    .input(GrantInput)
    .output(GrantSummary)
    .query(({ ctx, input }) => getGrant(ctx.verbs, input)),
  preview: procedure
    .input(AddGrantsInput)
    .output(GrantPreview)
    .mutation(({ ctx, input }) => previewGrants(ctx.verbs, input)),
  add: procedure
    .input(AddGrantsInput)
    .output(GrantResults)
    .mutation(({ ctx, input }) => addGrants(ctx.verbs, input)),
  change: procedure
    .input(ChangeGrantInput)
    .output(GrantSummary)
    .mutation(({ ctx, input }) => changeGrant(ctx.verbs, input)),
  end: procedure
    .input(EndGrantsInput)
    .output(GrantResults)
    .mutation(({ ctx, input }) => endGrants(ctx.verbs, input)),
  activate: procedure
    .input(ActivateGrantInput)
    .output(GrantSummary)
    .mutation(({ ctx, input }) => activateGrant(ctx.verbs, input)),
  deactivate: procedure
    .input(GrantInput)
    .output(GrantSummary)
    .mutation(({ ctx, input }) => deactivateGrant(ctx.verbs, input)),
});
