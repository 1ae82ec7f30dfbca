import { answerDecisionsExport } from "@/server/api/caller";

export { answerDecisionsExport as GET };
