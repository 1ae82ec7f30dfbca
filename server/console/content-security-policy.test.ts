import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(policy.split("; ").map((line) => line.split(/ (.*)/s).slice(0, 2)));
}

describe("the content security policy", () => {
  it("runs scripts and styles by nonce, and nothing inline", () => {
    const policy = contentSecurityPolicy("abc", { isDevelopment: false });
    expect(policy).not.toContain("unsafe-");
    expect(directives(policy)).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self' 'nonce-abc' 'strict-dynamic'",
      "style-src": "'self' 'nonce-abc'",
    });
  });

  it("lets nobody frame the page, move its base or send its forms elsewhere", () => {
    expect(directives(contentSecurityPolicy("abc", { isDevelopment: false }))).toMatchObject({
      "frame-ancestors": "'none'",
      "base-uri": "'none'",
      "object-src": "'none'",
      "form-action": "'self'",
    });
  });

  it("allows eval in development alone, and inline styles not even there", () => {
    const policy = contentSecurityPolicy("abc", { isDevelopment: true });
    expect(directives(policy)["script-src"]).toContain("'unsafe-eval'");
    expect(policy).not.toContain("unsafe-inline");
  });
});
