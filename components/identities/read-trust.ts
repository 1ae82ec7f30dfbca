import "server-only";
import { serverCaller } from "@/server/api/caller";
import type { Permissions } from "@/server/roles/contract";
import type { Trust } from "./enrol-command";

/** What a machine must trust before it enrols; undefined where the person may not see authorities. */
export async function readTrust(permissions: Permissions): Promise<Trust | undefined> {
  if (permissions["authority.list"] !== null) return undefined;
  const caller = await serverCaller();
  const { authorities, bundleUrl } = await caller.authorities.list();
  const root = authorities.find(({ role }) => role === "root");
  return root && { bundleUrl, rootFingerprint: root.fingerprint };
}
