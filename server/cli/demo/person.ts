import { URI } from "otpauth";
import { issueCertificate } from "@/server/certificates/issue";
import { authenticateSession } from "@/server/identities/authenticate-session";
import { confirmTotp } from "@/server/identities/confirm-totp";
import { endSession } from "@/server/identities/end-session";
import { signIn } from "@/server/identities/sign-in";
import { startTotp } from "@/server/identities/start-totp";
import { parseGeneralName } from "@/server/engines/x509/general-names";
import { type Context, withActor } from "@/server/kernel/context";
import { makeKey, requestFor } from "../node/key-request";
import { emailOf, type Profile } from "./cast";
import { type DemoWorld, refused } from "./world";

/** Somebody at a browser: signed in when there is something to do, and out after an hour without. */
export class Person {
  #token: string | undefined;
  #device: string | undefined;
  #serial: string | undefined;
  #authenticator: ReturnType<typeof URI.parse> | undefined;

  constructor(
    private readonly world: DemoWorld,
    readonly profile: Profile,
    readonly identityId: string,
  ) {}

  /** Serial of their client certificate. */
  get serial(): string {
    if (this.#serial === undefined) throw new Error(`${this.profile.displayName} has no certificate by now`);
    return this.#serial;
  }

  /** A context in which this person is signed in now. */
  async atConsole(): Promise<Context> {
    const ctx = this.#browser();
    const found = this.#token === undefined ? undefined : await authenticateSession(ctx, this.#token);
    if (found) return withActor(ctx, found.actor);
    await this.signIn();
    return this.atConsole();
  }

  async signIn(): Promise<void> {
    const outcome = await signIn(this.#browser(), {
      email: emailOf(this.profile),
      password: this.world.password,
      device: this.#device,
      code: this.#authenticator?.generate({ timestamp: this.world.story.now().getTime() }),
    });
    if (outcome.status !== "signed_in") throw new Error(`${this.profile.displayName} is not signed in`);
    this.#token = outcome.token;
    this.#device = outcome.device;
  }

  /** Types a wrong password, from their own browser or another's. */
  async mistypes(password: string): Promise<void> {
    const attempt = { email: emailOf(this.profile), password, device: this.#device };
    await refused(signIn(this.#browser(), attempt), "sign_in.refused");
  }

  async signOut(): Promise<void> {
    const ctx = await this.atConsole();
    await endSession(ctx, { sessionId: ctx.actor.sessionId ?? "" });
    this.#token = undefined;
  }

  /** Puts an authenticator in force, as the account page does. */
  async addSecondFactor(): Promise<void> {
    const ctx = await this.atConsole();
    const { uri, offer } = await startTotp(ctx);
    const authenticator = URI.parse(uri);
    const code = authenticator.generate({ timestamp: this.world.story.now().getTime() });
    await confirmTotp(ctx, { offer, code, password: this.world.password });
    this.#authenticator = authenticator;
  }

  /** Makes a key and gets a client certificate for it, issued by somebody who may. */
  async getCertificate(issuer: Person, days: number): Promise<void> {
    const csr = await requestFor(await makeKey("p256"), [parseGeneralName(`email:${emailOf(this.profile)}`)]);
    const ctx = await issuer.atConsole();
    const issued = await issueCertificate(ctx, { profile: "user", name: this.profile.key, csr, hours: days * 24 });
    this.#serial = issued.serial;
  }

  #browser(): Context {
    return this.world.stranger(this.profile.address, this.profile.userAgent);
  }
}
