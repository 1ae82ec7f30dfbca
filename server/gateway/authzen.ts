import {
  ActionSearch,
  Evaluation,
  Evaluations,
  ResourceSearch,
  SubjectSearch,
} from "@/server/policies/authzen-contract";
import { describeDecisionPoint } from "@/server/policies/describe-decision-point";
import { evaluate, evaluateAll } from "@/server/policies/evaluate";
import { searchActions, searchResources, searchSubjects } from "@/server/policies/search";
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
  {
    method: "POST",
    path: "/access/v1/search/subject",
    needsCertificate: true,
    takesBody: true,
    echoesRequestId: true,
    handle: async ({ ctx, body }) => json(200, await searchSubjects(ctx, parseInput(SubjectSearch, body))),
  },
  {
    method: "POST",
    path: "/access/v1/search/resource",
    needsCertificate: true,
    takesBody: true,
    echoesRequestId: true,
    handle: async ({ ctx, body }) => json(200, await searchResources(ctx, parseInput(ResourceSearch, body))),
  },
  {
    method: "POST",
    path: "/access/v1/search/action",
    needsCertificate: true,
    takesBody: true,
    echoesRequestId: true,
    handle: async ({ ctx, body }) => json(200, await searchActions(ctx, parseInput(ActionSearch, body))),
  },
  {
    method: "GET",
    path: "/.well-known/authzen-configuration",
    needsCertificate: false,
    takesBody: false,
    echoesRequestId: true,
    handle: async ({ ctx }) => json(200, await describeDecisionPoint(ctx)),
  },
];
