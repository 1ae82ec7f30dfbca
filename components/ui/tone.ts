import type { IconName } from "./icon";

/** What a status means to a person: works, will break, breaks now, works on it by itself, is over. */
export type Tone = "ok" | "warn" | "danger" | "info" | "neutral";

/** The mark of each tone; the five differ in shape, so that colour is never alone. */
export const toneIcon: Record<Tone, IconName> = {
  ok: "ok",
  warn: "warn",
  danger: "stop",
  info: "turn",
  neutral: "dash",
};

/** The text colour class of each tone. */
export const toneText: Record<Tone, string> = {
  ok: "ok-x",
  warn: "wa-x",
  danger: "da-x",
  info: "in-x",
  neutral: "x3",
};
