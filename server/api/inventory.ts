import { z } from "zod";
import { countByAuthority } from "@/server/certificates/count-by-authority";
import { countByTeam } from "@/server/certificates/count-by-team";
import { countFacets } from "@/server/certificates/count-facets";
import { readExpiryCalendar } from "@/server/certificates/expiry-calendar";
import { findAnything } from "@/server/certificates/find-anything";
import {
  AuthorityCounts,
  ExpiryCalendar,
  FindAnythingInput,
  FoundThings,
  InventoryFacets,
  InventoryFilter,
  InventoryPage,
  IssuanceHistory,
  ListCertificatesInput,
  TeamCounts,
} from "@/server/certificates/inventory-contract";
import { readIssuanceHistory } from "@/server/certificates/issuance-history";
import { listCertificates } from "@/server/certificates/list-certificates";
import { procedure, router } from "./trpc";

/** The inventory of certificates: pages, counts and what the overview draws from it. */
export const inventory = router({
  list: procedure
    .input(ListCertificatesInput)
    .output(InventoryPage)
    .query(({ ctx, input }) => listCertificates(ctx.verbs, input)),
  facets: procedure
    .input(z.object({ filter: InventoryFilter.default({}) }))
    .output(InventoryFacets)
    .query(({ ctx, input }) => countFacets(ctx.verbs, input)),
  countByTeam: procedure
    .input(z.object({ filter: InventoryFilter.default({}) }))
    .output(TeamCounts)
    .query(({ ctx, input }) => countByTeam(ctx.verbs, input)),
  find: procedure
    .input(FindAnythingInput)
    .output(FoundThings)
    .query(({ ctx, input }) => findAnything(ctx.verbs, input)),
  expiryCalendar: procedure.output(ExpiryCalendar).query(({ ctx }) => readExpiryCalendar(ctx.verbs)),
  issuanceHistory: procedure.output(IssuanceHistory).query(({ ctx }) => readIssuanceHistory(ctx.verbs)),
  countByAuthority: procedure.output(AuthorityCounts).query(({ ctx }) => countByAuthority(ctx.verbs)),
});
