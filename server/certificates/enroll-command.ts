import type { Context } from "@/server/kernel/context";
import { allAuthorities } from "./authority-store";
import { sha256Hex } from "./digest";
import { bundleOf } from "./trust";

/**
 * The commands that enrol a machine, to be pasted into any POSIX shell: fetch the trust anchors over plain HTTP, check
 * them against the hash that came with the token, enrol. `printf` is part of the shell, so that no process has the token
 * among its arguments, which everybody on the machine could read.
 */
export function enrollCommand(ctx: Context, name: string, token: string): string {
  const { pkiUrl, gatewayUrl } = ctx.addresses;
  const hash = sha256Hex(Buffer.from(bundleOf(allAuthorities(ctx.read))));
  return [
    `curl -fsS ${pkiUrl}/ca/bundle.pem -o bundle.pem`,
    `echo "${hash}  bundle.pem" | sha256sum -c -`,
    `printf '%s\\n' ${token} | npm run --silent swarm -- enroll --gateway ${gatewayUrl} --ca bundle.pem --token-stdin --out ./${name}`,
  ].join(" && \\\n  ");
}
