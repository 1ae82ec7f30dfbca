import { HeatCalendar } from "@/components/ui/heat-calendar";
import { Section } from "@/components/ui/page-head";
import { type ExpiryCalendar, writeInventoryAddress } from "@/server/certificates/inventory-contract";

const DAY_MS = 86_400_000;

/** How many certificates end on each day; a day leads to them. */
export function ExpiryDays({ calendar }: { readonly calendar: ExpiryCalendar }) {
  const { days, now } = calendar;
  const today = new Date(now);
  const sinceMonday = (today.getUTCDay() + 6) % 7;
  const monday = Math.floor(now / DAY_MS) * DAY_MS - sinceMonday * DAY_MS;
  return (
    <Section title="Expiry calendar" aside="certificates that end each day, next 12 weeks">
      <HeatCalendar
        label="Certificates that end each day, next 12 weeks"
        from={monday}
        weeks={12}
        counts={Object.fromEntries(days.map(({ day, ending }) => [day, ending]))}
        now={now}
        hrefOf={dayHref}
        pins={days.filter(({ due }) => due > 0).map(({ day }) => day)}
        pinWord="includes one that needs a person"
        noun="certificate"
        verb="end"
      />
    </Section>
  );
}

function dayHref(day: string): string {
  const from = Date.parse(`${day}T00:00:00Z`);
  const filter = { status: ["due" as const, "active" as const], endsAfter: from, endsBefore: from + DAY_MS };
  return `/certificates${writeInventoryAddress({ filter })}`;
}
