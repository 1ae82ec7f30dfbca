import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { ProfileInput } from "./authority-contract";
import { allProfiles, findProfile } from "./authority-store";
import type { Profile } from "./contract";

/** Every profile, in the order they were made. */
export async function listProfiles(ctx: Context): Promise<Profile[]> {
  await authorize(ctx, "profile.list", { type: "Profile", id: "*" });
  return allProfiles(ctx.read);
}

/** A profile by its name or id. @throws {Missing} */
export async function getProfile(ctx: Context, input: ProfileInput): Promise<Profile> {
  const profile = findProfile(ctx.read, input.profile);
  await authorize(ctx, "profile.read", { type: "Profile", id: profile?.id ?? input.profile, name: profile?.name });
  if (!profile) throw new Missing("profile", input.profile);
  return profile;
}
