import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { IssuanceHistory } from "./inventory-contract";
import { selectIssuance } from "./inventory-count-store";

const HOUR = 3_600_000;
const HOURS = 48;

/** How many certificates were issued in each of the last 48 hours, the one that runs included. */
export async function readIssuanceHistory(ctx: Context): Promise<IssuanceHistory> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const now = ctx.now().getTime();
  const end = Math.floor(now / HOUR) + 1;
  const issued = new Map(
    selectIssuance(ctx.read, end - HOURS, end).map(({ hour, certificates }) => [hour, certificates]),
  );
  const hours = Array.from({ length: HOURS }, (_, at) => end - HOURS + at).map((hour) => ({
    from: hour * HOUR,
    issued: issued.get(hour) ?? 0,
  }));
  return { hours, now };
}
