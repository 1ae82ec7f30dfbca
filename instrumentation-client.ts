import { config } from "zod";

/**
 * Runs in the browser before anything else does. zod would try whether it may compile its checks; our content security
 * policy does not let it, and browsers report every try.
 */
config({ jitless: true });
