import { answerAuditExport } from "@/server/api/caller";

export { answerAuditExport as GET };
