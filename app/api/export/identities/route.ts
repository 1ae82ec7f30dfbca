import { answerIdentitiesExport } from "@/server/api/caller";

export { answerIdentitiesExport as GET };
