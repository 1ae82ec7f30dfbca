import { ButtonLink } from "@/components/ui/button-link";
import type { CertificateDetail, Download } from "@/server/certificates/contract";
import { dataUrl } from "./files";
import { ProofSection } from "./proof-section";

type Props = { readonly certificate: CertificateDetail; readonly chain: Download };

/** The certificate as files, and the line for a terminal that proves what the page says. */
export function CertificateProof({ certificate, chain }: Props) {
  const { name, pem, proof } = certificate;
  return (
    <ProofSection name={name} pem={pem} proof={proof}>
      <ButtonLink size="s" icon="load" href={dataUrl(chain.mediaType, chain.base64)} download={chain.fileName}>
        Chain
      </ButtonLink>
    </ProofSection>
  );
}
