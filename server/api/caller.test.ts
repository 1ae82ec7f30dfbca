import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { answerAuditExport, answerAuth, answerCalls, answerCertificatesExport } from "./caller";

const asked = (path: string, method: string) =>
  new NextRequest(`http://localhost:3000${path}`, {
    method,
    headers: { host: "localhost:3000", origin: "http://localhost:4000", "sec-fetch-site": "same-site" },
  });
const signOut = { params: Promise.resolve({ nextauth: ["signout"] }) };

it.each([
  ["a call that changes something", () => answerCalls(asked("/api/trpc/session.signOut", "POST"))],
  ["a sign-out", () => answerAuth(asked("/api/auth/signout", "POST"), signOut)],
  ["a download of the audit log", () => answerAuditExport(asked("/api/export/audit?format=csv", "GET"))],
  ["a download of the inventory", () => answerCertificatesExport(asked("/api/export/certificates?format=csv", "GET"))],
])("refuses %s from a page of another port, before anything is opened", async (_, answer) => {
  const response = await answer();
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: "request.foreign_origin" } });
});
