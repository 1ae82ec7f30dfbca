import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock, CopyButton } from "@/components/ui/copy";
import { Section } from "@/components/ui/page-head";
import type { CertificateDetail, Download } from "@/server/certificates/contract";

type Props = { readonly certificate: CertificateDetail; readonly chain: Download };

/** The certificate as files, and the line for a terminal that proves what the page says. */
export function CertificateProof({ certificate, chain }: Props) {
  const { name, pem, proof } = certificate;
  const base64 = pem.replace(/-----[^-]+-----|\s/g, "");
  return (
    <Section title="Prove it" aside="with the downloaded file, anywhere, no account needed">
      <div className="topline flex flex-wrap items-center gap-2 py-3">
        <ButtonLink size="s" icon="load" href={dataUrl("application/x-pem-file", btoa(pem))} download={`${name}.pem`}>
          PEM
        </ButtonLink>
        <ButtonLink size="s" icon="load" href={dataUrl("application/pkix-cert", base64)} download={`${name}.cer`}>
          DER
        </ButtonLink>
        <ButtonLink size="s" icon="load" href={dataUrl(chain.mediaType, chain.base64)} download={chain.fileName}>
          Chain
        </ButtonLink>
        <CopyButton text={pem} label="Copy the certificate, PEM" />
      </div>
      <CodeBlock text={proof.command} label="Copy the command" />
      <p className="help pb-1">It prints exactly this:</p>
      <pre className="code">{proof.expected.join("\n")}</pre>
    </Section>
  );
}

/** A file inside the page itself: what is saved is what was shown. */
function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}
