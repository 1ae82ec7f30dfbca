import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { certificateTitle, CertificatePage } from "@/components/certificates/certificate-page";
import { Serial } from "@/server/certificates/contract";

type Props = { readonly params: Promise<{ readonly serial: string }> };

/** The title carries the name of whose certificate it is. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await certificateTitle(await serialOf(params)) };
}

/** One certificate, by its serial as people paste it. */
export default async function CertificateRoute({ params }: Props) {
  return <CertificatePage serial={await serialOf(params)} />;
}

async function serialOf(params: Props["params"]): Promise<string> {
  const parsed = Serial.safeParse(decodeURIComponent((await params).serial));
  if (!parsed.success) notFound();
  return parsed.data;
}
