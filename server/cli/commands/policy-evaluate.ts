import { linesOf } from "../lines";
import { CommandFailed, type Handler } from "../terminal";
import { answerLine, readQuestion } from "./policy-line";

/** A line takes its length in memory several times over. */
const LONGEST_LINE_BYTES = 67_108_864;

/** `swarm policy evaluate --stdin`: a line of JSON in, a line of JSON out, before the next one is read. */
export const evaluatePolicies: Handler = async (terminal) => {
  let [count, first] = [0, ""];
  for await (const line of linesOf(terminal.input(), LONGEST_LINE_BYTES)) {
    const question = readQuestion(line);
    if ("unread" in question && (count += 1) === 1) first = `line ${line.number}: ${question.unread}`;
    for (const piece of answerLine(question)) await terminal.write(piece);
  }
  if (count === 0) return;
  throw new CommandFailed("policy.bad_line", count === 1 ? first : `${first}; so it is with ${count} lines`);
};
