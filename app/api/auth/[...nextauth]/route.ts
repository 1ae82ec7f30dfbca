import { answerAuth } from "@/server/api/caller";

export { answerAuth as GET, answerAuth as POST };
