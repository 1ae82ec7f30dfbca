import { readTrustAnchors } from "@/server/certificates/trust";
import { CommandFailed, type Handler } from "../terminal";
import { fields } from "../text";
import { option, writeText } from "../words";

/** `swarm ca bundle --out FILE` */
export const writeBundle: Handler = async (terminal, given) => {
  const out = option(given, "out") ?? "-";
  const { pem, ders } = await terminal.withContext((ctx) => readTrustAnchors(ctx));
  if (ders.length === 0)
    throw new CommandFailed("authority.none", "there are no authorities: set the console up first");

  if (out !== "-") await writeText(out, pem);
  const file = out === "-" ? null : out;
  terminal.say(
    { file, anchors: ders.length, pem },
    file
      ? fields([
          ["Anchors", ders.length],
          ["File", file],
        ])
      : pem.trimEnd(),
  );
};
