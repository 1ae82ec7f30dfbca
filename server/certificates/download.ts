import { encodePem } from "@/server/engines/x509/pem";
import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { Download, DownloadInput } from "./contract";
import { signerOf } from "./ground";
import { certificateBySerial, certificateResource } from "./revoke";
import { findEncoding } from "./store";

/** A certificate as a file: PEM, PEM with its intermediates, or DER. */
export async function downloadCertificate(ctx: Context, input: DownloadInput): Promise<Download> {
  const row = certificateBySerial(ctx, input.serial);
  await authorize(ctx, "certificate.read", await certificateResource(ctx, row));
  const der = findEncoding(ctx.read, row.serial);
  if (!der) throw new Missing("certificate", row.serial);
  const pem = encodePem("CERTIFICATE", der);

  switch (input.form) {
    case "pem":
      return pemFile(`${row.name}.pem`, pem);
    case "chain":
      return pemFile(`${row.name}-chain.pem`, pem + signerOf(ctx, row.authority_id).pem);
    case "der":
      return fileOf(`${row.name}.cer`, "application/pkix-cert", der);
  }
}

/** A PEM text as a file. */
export function pemFile(fileName: string, pem: string): Download {
  return fileOf(fileName, "application/x-pem-file", Buffer.from(pem));
}

/** Some bytes as a file. */
export function fileOf(fileName: string, mediaType: string, bytes: Uint8Array): Download {
  return { fileName, mediaType, base64: Buffer.from(bytes).toString("base64") };
}
