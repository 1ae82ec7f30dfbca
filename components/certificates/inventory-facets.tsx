import { Facets } from "@/components/ui/facets";
import { CertificateStatus, IdentityKind } from "@/server/certificates/contract";
import type { FacetValue, InventoryAddress, InventoryFacets } from "@/server/certificates/inventory-contract";
import { inventoryHref, type ListField, toggled } from "./inventory-address";
import { KINDS, STATUSES } from "./words";

type Props = {
  readonly address: InventoryAddress;
  readonly facets: InventoryFacets;
  readonly teams: readonly FacetValue[];
};

/** The filters of the list with honest counts: of the result for what is on, of what would be added for the rest. */
export function InventoryFacetRail({ address, facets, teams }: Props) {
  const item = (field: ListField, { value, label, count, isExact }: FacetValue) => ({
    label,
    count,
    isAtLeast: !isExact,
    isOn: isOn(address, field, value),
    href: inventoryHref(toggled(address, field, value)),
  });
  const present = (field: ListField, values: readonly FacetValue[]) =>
    values
      .filter(({ value, count, isExact }) => count > 0 || !isExact || isOn(address, field, value))
      .map((value) => item(field, value));

  const groups = [
    {
      title: "Status",
      items: CertificateStatus.options
        .toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
        .map((status) => {
          const value = facets.status.find((one) => one.value === status);
          const { word, tone, icon } = STATUSES[status];
          return {
            ...item("status", value ?? { value: status, label: word, count: 0, isExact: true }),
            ...{ label: word, tone, icon },
          };
        }),
    },
    { title: "Kind", items: present("kind", facets.kind.map(withKindWord)) },
    { title: "Team", items: present("team", teams).map((each) => ({ ...each, icon: "team" as const })) },
    { title: "Issuer", items: present("authority", facets.authority) },
    { title: "Profile", items: present("profile", facets.profile) },
    { title: "Key", items: present("keyAlgorithm", facets.keyAlgorithm) },
  ];
  return <Facets label="Filters" groups={groups.filter(({ items }) => items.length > 0)} />;
}

const ORDER: readonly CertificateStatus[] = ["due", "active", "renewed", "expired", "revoked"];

function withKindWord(kind: FacetValue): FacetValue {
  const known = IdentityKind.safeParse(kind.value);
  return known.success ? { ...kind, label: KINDS[known.data].word } : kind;
}

function isOn({ filter }: InventoryAddress, field: ListField, value: string): boolean {
  const values: readonly string[] = filter[field] ?? [];
  return values.includes(value);
}
