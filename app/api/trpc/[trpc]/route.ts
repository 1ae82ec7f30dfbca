import { answerCalls } from "@/server/api/caller";

export { answerCalls as GET, answerCalls as POST };
