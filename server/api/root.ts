import { teams } from "./teams";
import { setup } from "./setup";
import { session } from "./session";
import { grants } from "./grants";
import { identities } from "./identities";
import { account } from "./account";
import { audit } from "./audit";
import { authorities } from "./authorities";
import { certificates } from "./certificates";
import { decisions } from "./decisions";
import { inventory } from "./inventory";
import { joinTokens } from "./join-tokens";
import { policies } from "./policies";
import { policyImpact } from "./policy-impact";
import { policyTests } from "./policy-tests";
import { profiles } from "./profiles";
import { resources } from "./resources";
import { roles } from "./roles";
import { router } from "./trpc";

/** Every procedure of the console. */
export const appRouter = router({
  account,
  audit,
  authorities,
  certificates,
  decisions,
  grants,
  identities,
  inventory,
  joinTokens,
  policies,
  policyImpact,
  policyTests,
  profiles,
  resources,
  roles,
  session,
  setup,
  teams,
});

/** Its type: all that a browser knows of it. */
export type AppRouter = typeof appRouter;
