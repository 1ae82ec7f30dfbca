import { formatCount, plural } from "@/components/ui/format";
import type { CertificateStatus } from "@/server/certificates/contract";
import type { InventoryAddress, InventoryFacets } from "@/server/certificates/inventory-contract";
import { isWhole } from "./inventory-address";

/** What needs a person now, counted and timed: the opening of the list. */
export function nowLine(whole: InventoryFacets, breaking: InventoryFacets): string {
  const soon = breaking.total.count;
  const late = countOf(whole, "due");
  const active = countOf(whole, "active");
  if (soon > 0) {
    return soon === 1
      ? "1 certificate ends within 24 h and will not renew by itself."
      : `${formatCount(soon)} certificates end within 24 h and will not renew by themselves.`;
  }
  if (late > 0) {
    return `${plural(late, "certificate")} ${late === 1 ? "is" : "are"} late to renew; none ends within 24 h.`;
  }
  if (active > 0) {
    return active === 1
      ? "The one certificate in use is on schedule."
      : `All ${formatCount(active)} certificates in use are on schedule.`;
  }
  return "No certificate is valid now.";
}

/** Why the rest can wait. */
export function leadLine(whole: InventoryFacets, breaking: InventoryFacets, address: InventoryAddress): string {
  const soon = breaking.total.count;
  const late = countOf(whole, "due") - soon;
  const active = countOf(whole, "active");
  const onSchedule = active > 0 && (soon > 0 || late > 0) && `${formatCount(active)} are on schedule`;
  const rest = [
    soon > 0 && late > 0 && `${formatCount(late)} more ${late === 1 ? "is" : "are"} late`,
    onSchedule,
    counted(whole, "renewed", "renewed"),
    counted(whole, "expired", "ended"),
    counted(whole, "revoked", "revoked"),
  ].filter((part) => part !== false);
  const isFirst = (soon > 0 || late > 0) && isWhole(address.filter) && (address.sort ?? "worst") === "worst";
  const first = isFirst ? (soon + late === 1 ? "It is listed first. " : "They are listed first. ") : "";
  return `${first}${rest.length > 0 ? `${capital(rest.join(", "))}.` : "Nothing needs anybody."}`;
}

function counted(whole: InventoryFacets, status: CertificateStatus, word: string): string | false {
  const count = countOf(whole, status);
  return count > 0 && `${formatCount(count)} ${word}`;
}

/** How many certificates of a facet's answer have a status. */
export function countOf({ status }: InventoryFacets, wanted: CertificateStatus): number {
  return status.find(({ value }) => value === wanted)?.count ?? 0;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
