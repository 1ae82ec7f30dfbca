import { DefinitionList } from "@/components/ui/definition-list";
import { Tag } from "@/components/ui/badge";
import { Section } from "@/components/ui/page-head";
import type { CertificateDetail } from "@/server/certificates/contract";

type Field = CertificateDetail["fields"][number];

/** Labels whose values people compare character by character. */
const MONO = /number|identifier|signature$|name$|issuer|subject|distribution|information/i;

/** Every field of a certificate in words, in the order in which it is encoded. */
export function CertificateFields({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <Section id="fields" title="All fields" aside={`${fields.length}, in the order of the certificate`}>
      <FieldList fields={fields} />
    </Section>
  );
}

/** The fields alone, for other pages and for previews. */
export function FieldList({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <DefinitionList
      items={fields.map(({ label, values, critical }) => ({
        term: label,
        detail: (
          <>
            {values.map((value) => (
              <span key={value} className={MONO.test(label) ? "mono anywhere block" : "block"}>
                {value}
              </span>
            ))}
            {critical && <Tag>must be understood</Tag>}
          </>
        ),
      }))}
    />
  );
}
