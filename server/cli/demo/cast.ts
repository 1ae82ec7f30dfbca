import type { Role } from "@/server/identities/contract";

/** The example's organisation. */
export const ORGANISATION = "Swarm Europe";
/** Its SPIFFE trust domain. */
export const TRUST_DOMAIN = "swarm.local";

/** Its teams. */
export const TEAMS = ["vision", "language", "platform"] as const;
export type TeamName = (typeof TEAMS)[number];

/** Somebody of the example. */
export interface Profile {
  /** The part of the address before the `@`. */
  readonly key: string;
  readonly displayName: string;
  readonly role: Role | undefined;
  readonly team: TeamName | undefined;
  /** Where they work from. */
  readonly address: string;
  readonly userAgent: string;
  /** Added by themself on their second day. */
  readonly hasSecondFactor?: true;
  /** Leaves during the story. */
  readonly leaves?: true;
  /** Their client certificate: how many days before the present it was issued, and for how many days. */
  readonly certificate: { readonly issued: number; readonly days: number };
}

const FIREFOX_LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
const FIREFOX_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.7; rv:143.0) Gecko/20100101 Firefox/143.0";
const SAFARI_MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
const CHROME_WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const CHROME_LINUX =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

/** Everybody of the example; the first one sets it up. */
export const CAST: readonly Profile[] = [
  {
    key: "priya",
    displayName: "Priya Nair",
    role: "admin",
    team: undefined,
    address: "10.8.0.11",
    userAgent: FIREFOX_LINUX,
    certificate: { issued: 39, days: 90 },
  },
  {
    key: "tomas",
    displayName: "Tomas Okafor",
    role: "auditor",
    team: undefined,
    address: "10.8.0.23",
    userAgent: CHROME_WINDOWS,
    certificate: { issued: 39, days: 50 },
  },
  {
    key: "mara",
    displayName: "Mara Lindqvist",
    role: "team_lead",
    team: "vision",
    address: "10.8.0.31",
    userAgent: SAFARI_MAC,
    certificate: { issued: 39, days: 61 },
  },
  {
    key: "ines",
    displayName: "Ines Carvalho",
    role: "team_lead",
    team: "language",
    address: "10.8.0.36",
    userAgent: FIREFOX_MAC,
    hasSecondFactor: true,
    certificate: { issued: 37, days: 84 },
  },
  {
    key: "hanna",
    displayName: "Hanna Berg",
    role: "admin",
    team: "platform",
    address: "10.8.0.14",
    userAgent: CHROME_LINUX,
    hasSecondFactor: true,
    certificate: { issued: 37, days: 116 },
  },
  {
    key: "noor",
    displayName: "Noor de Vries",
    role: "team_lead",
    team: "platform",
    address: "10.8.0.42",
    userAgent: CHROME_LINUX,
    certificate: { issued: 37, days: 90 },
  },
  {
    key: "jonas",
    displayName: "Jonas Reiter",
    role: undefined,
    team: "vision",
    address: "10.8.0.57",
    userAgent: CHROME_WINDOWS,
    leaves: true,
    certificate: { issued: 37, days: 90 },
  },
];

/** The address that somebody signs in with. */
export function emailOf({ key }: Pick<Profile, "key">): string {
  return `${key}@${TRUST_DOMAIN}`;
}
