import { answerCertificatesExport } from "@/server/api/caller";

export { answerCertificatesExport as GET };
