import { PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARACTERS } from "./contract";

/** What a password must not be, because others know it. */
export interface PasswordSurroundings {
  readonly email: string;
  readonly displayName?: string | undefined;
  readonly organisation?: string | null | undefined;
  /** The password it replaces. */
  readonly previous?: string | undefined;
}

/** Why a password is refused: a stable word, and a sentence. */
export interface PasswordProblem {
  readonly problem: "too_short" | "too_long" | "personal" | "repetitive" | "common" | "unchanged";
  readonly message: string;
}

/**
 * The first rule that a new password breaks, or undefined. Length counts, not the mixture of characters; what anybody
 * would guess first is refused (NIST SP 800-63B 3.1.1.2).
 */
export function passwordProblem(password: string, around: PasswordSurroundings): PasswordProblem | undefined {
  const plain = simplify(password);
  if (Array.from(password).length < PASSWORD_MIN_CHARACTERS) {
    return {
      problem: "too_short",
      message: `use at least ${PASSWORD_MIN_CHARACTERS} characters, for example four words`,
    };
  }
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) {
    return { problem: "too_long", message: `use at most ${PASSWORD_MAX_BYTES} bytes` };
  }
  if (around.previous !== undefined && password === around.previous) {
    return { problem: "unchanged", message: "use another password than the one it replaces" };
  }
  if (isRepetitive(plain)) {
    return { problem: "repetitive", message: "use something else than one pattern repeated" };
  }
  if (personalWords(around).some((word) => plain === word)) {
    return {
      problem: "personal",
      message: "use something else than your name, your e-mail address or the organisation",
    };
  }
  if (COMMON.has(plain.replace(/[0-9]+$/, "")) || COMMON.has(plain)) {
    return { problem: "common", message: "this password is on every list of common passwords; use another one" };
  }
  return undefined;
}

function simplify(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s._@!?#$%&*+-]+/g, "");
}

function personalWords({ email, displayName, organisation }: PasswordSurroundings): string[] {
  const local = email.slice(0, email.lastIndexOf("@"));
  const words = [email, local, displayName ?? "", organisation ?? ""].map(simplify).filter((word) => word !== "");
  return words.flatMap((word) => [word, `${word}${word}`, ...["1", "12", "123", "1234"].map((end) => `${word}${end}`)]);
}

/** One to four characters again and again, or a row of the keyboard or the digits. */
function isRepetitive(plain: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/.test(plain)) return true;
  return [
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
  ].some((row) => row.includes(plain) && plain !== "");
}

/** Common passwords of twelve characters and more, and the stems of those that only add digits. */
const COMMON: ReadonlySet<string> = new Set([
  "password",
  "passwordpassword",
  "passw0rd",
  "p@ssw0rd",
  "mypassword",
  "newpassword",
  "changeme",
  "changemenow",
  "changemeplease",
  "administrator",
  "adminadmin",
  "adminpassword",
  "rootroot",
  "letmein",
  "letmeinplease",
  "welcome",
  "welcomehome",
  "iloveyou",
  "iloveyousomuch",
  "iloveyouforever",
  "qwertyuiop",
  "qwertyqwerty",
  "qwertyuiopasdf",
  "qwerty",
  "asdfghjkl",
  "asdfghjklqwerty",
  "zxcvbnmasdfghjkl",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "q1w2e3r4t5y6",
  "zaq12wsxcde",
  "superman",
  "sunshine",
  "football",
  "baseball",
  "trustno1",
  "unknown",
  "michael",
  "princess",
  "dragon",
  "monkey",
  "computer",
  "internet",
  "whatever",
  "startrek",
  "starwars",
  "correcthorsebatterystaple",
  "swarmsecurity",
  "swarmsecurityconsole",
  "securityconsole",
]);
