import { ListJoinTokensInput, type JoinToken } from "@/server/certificates/join-token-contract";

/** What the address of the list of join tokens asks for. */
export interface TokenAddress {
  readonly state?: JoinToken["state"] | undefined;
  /** Id of the last token of the page before. */
  readonly after?: string | undefined;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address; what cannot be understood is left out. */
export function readTokenAddress(parameters: Parameters): TokenAddress {
  const { state, after } = ListJoinTokensInput.shape;
  return {
    state: state.safeParse(one(parameters["state"])).data,
    after: after.safeParse(one(parameters["after"])).data || undefined,
  };
}

/** Writes an address that `readTokenAddress` reads. */
export function tokensHref({ state, after }: TokenAddress): string {
  const parameters = new URLSearchParams();
  if (state) parameters.set("state", state);
  if (after) parameters.set("after", after);
  const text = parameters.toString();
  return text === "" ? "/join-tokens" : `/join-tokens?${text}`;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
