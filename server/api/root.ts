import { audit } from "./audit";
import { roles } from "./roles";
import { router } from "./trpc";

/** Every procedure of the console. */
export const appRouter = router({ audit, roles });

/** Its type: all that a browser knows of it. */
export type AppRouter = typeof appRouter;
