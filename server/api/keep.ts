import type { ClaimedSetup } from "@/server/identities/claim-setup";
import type { SetupState } from "@/server/identities/contract";
import { type CookieJar, COOKIES } from "./cookies";

const DAY = 24 * 3600;
/** The longest life that browsers give a cookie. */
const DEVICE_DAYS = 400;
/** Longer than anybody lets a setup lie. */
const SETUP_DAYS = 30;

/** Puts a session's token and the browser's device value into cookies. */
export async function keepSession(
  cookies: CookieJar,
  session: { readonly token: string; readonly device: string; readonly expiresAt: Date },
): Promise<void> {
  await cookies.set(COOKIES.session, session.token, { expires: session.expiresAt });
  await cookies.set(COOKIES.device, session.device, { maxAge: DEVICE_DAYS * DAY });
}

/** Puts the holder of a claimed setup into a cookie, so that it can be left and resumed; answers the state. */
export async function keepClaim(cookies: CookieJar, claimed: ClaimedSetup): Promise<SetupState> {
  await cookies.set(COOKIES.setup, claimed.holder, { maxAge: SETUP_DAYS * DAY });
  return claimed.state;
}
