import { describe, expect, it } from "vitest";
import { RevocationReason } from "@/server/certificates/contract";
import { countWords, ownNames, REASONS, reasonWords } from "./words";

describe("the words of certificates", () => {
  it("say every reason that a certificate can be revoked for", () => {
    expect(Object.keys(REASONS).sort()).toEqual([...RevocationReason.options].sort());
  });

  it.each([
    ["keyCompromise", "Somebody else may have the private key"],
    [null, "No particular reason"],
    ["cACompromise", "cACompromise"],
  ])("say the reason %s", (reason, words) => {
    expect(reasonWords(reason)).toBe(words);
  });

  it("leave out of the names in lists what all of them share: the SPIFFE ID and the trust domain", () => {
    const sans = ["uri:spiffe://swarm.local/node/gpu-7", "dns:gpu-7.rack.swarm.local", "dns:gpu.else", "ip:10.0.0.7"];
    expect(ownNames(sans)).toEqual(["gpu-7.rack", "gpu.else", "10.0.0.7"]);
    expect(ownNames(["dns:gpu-7.swarm.local"])).toEqual(["gpu-7.swarm.local"]);
  });

  it.each([
    [1284, true, "1,284"],
    [10_000, false, "more than 10,000"],
    [37, false, "at least 37"],
  ])("are honest about a count of %d, exact %s", (count, isExact, words) => {
    expect(countWords({ count, isExact })).toBe(words);
  });
});
