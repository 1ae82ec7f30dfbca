import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock, CopyButton } from "@/components/ui/copy";
import { Section } from "@/components/ui/page-head";
import type { CertificateDetail } from "@/server/certificates/contract";
import { dataUrl, derBase64 } from "./files";

type SectionProps = {
  /** Of the files, without ending. */
  readonly name: string;
  readonly pem: string;
  readonly proof: CertificateDetail["proof"];
  /** Further files. */
  readonly children?: ReactNode;
};

/** A certificate as PEM and DER with the command that shows that it is what the page says. */
export function ProofSection({ name, pem, proof, children }: SectionProps) {
  return (
    <Section title="Prove it" aside="with the downloaded file, anywhere, no account needed">
      <div className="topline flex flex-wrap items-center gap-2 py-3">
        <ButtonLink size="s" icon="load" href={dataUrl("application/x-pem-file", btoa(pem))} download={`${name}.pem`}>
          PEM
        </ButtonLink>
        <ButtonLink
          size="s"
          icon="load"
          href={dataUrl("application/pkix-cert", derBase64(pem))}
          download={`${name}.cer`}
        >
          DER
        </ButtonLink>
        {children}
        <CopyButton text={pem} label="Copy the certificate, PEM" />
      </div>
      <CodeBlock text={proof.command} label="Copy the command" />
      <p className="help pb-1">It prints exactly this:</p>
      <pre className="code">{proof.expected.join("\n")}</pre>
    </Section>
  );
}
