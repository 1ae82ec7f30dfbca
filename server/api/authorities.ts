import {
  AuthorityDetail,
  AuthorityDownloadInput,
  AuthorityInput,
  CrlState,
  Hierarchy,
} from "@/server/certificates/authority-contract";
import { Download } from "@/server/certificates/contract";
import { downloadAuthority, getAuthority, listAuthorities } from "@/server/certificates/authorities";
import { publishCrl } from "@/server/certificates/publish-crl";
import { procedure, router } from "./trpc";

/** Authorities: the hierarchy, one authority's page, and its CRL. */
export const authorities = router({
  list: procedure.output(Hierarchy).query(({ ctx }) => listAuthorities(ctx.verbs)),
  get: procedure
    .input(AuthorityInput)
    .output(AuthorityDetail)
    .query(({ ctx, input }) => getAuthority(ctx.verbs, input)),
  download: procedure
    .input(AuthorityDownloadInput)
    .output(Download)
    .query(({ ctx, input }) => downloadAuthority(ctx.verbs, input)),
  publishCrl: procedure
    .input(AuthorityInput)
    .output(CrlState)
    .mutation(({ ctx, input }) => publishCrl(ctx.verbs, input)),
});
