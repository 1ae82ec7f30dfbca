import { Evaluation, Evaluations } from "@/server/policies/authzen-contract";
import { evaluate, evaluateAll } from "@/server/policies/evaluate";
import { json, type Route } from "./exchange";
import { parseInput } from "./input";

/**
 * The OpenID AuthZEN Authorization API 1.0, https://openid.net/specs/authorization-api-1_0.html, section 10.1. A denial is
 * an answer as good as any: 200 with `"decision": false`.
 */
export const AUTHZEN_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/access/v1/evaluation",
    needsCertificate: true,
    takesBody: true,
    echoesRequestId: true,
    handle: async ({ ctx, body }) => json(200, await evaluate(ctx, parseInput(Evaluation, body))),
  },
  {
    method: "POST",
    path: "/access/v1/evaluations",
    needsCertificate: true,
    takesBody: true,
    echoesRequestId: true,
    handle: async ({ ctx, body }) => {
      const { isAlone, ...asked } = parseInput(Evaluations, body);
      const [only] = asked.evaluations;
      // 7.1: without an array of them it is asked, and answered, like one.
      if (isAlone && only) return json(200, await evaluate(ctx, only));
      return json(200, { evaluations: await evaluateAll(ctx, asked) });
    },
  },
];
