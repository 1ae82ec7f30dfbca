"use client";

import { useEffect, useRef, useState } from "react";
import { createKeyAndRequest } from "@/server/engines/x509/web-request";
import type { IssueDraft } from "./draft";

/** A private key that exists in this page alone, with the request that was signed with it. */
export interface BrowserKey {
  readonly requestPem: string;
  /** PKCS#8, not encrypted. */
  readonly privateKeyPem: string;
}

/** A key pair of this page: made by WebCrypto when it is first asked for, again when its algorithm changes. */
export function useBrowserKey() {
  const kept = useRef<{ readonly madeFor: string; readonly key: BrowserKey }>(undefined);

  async function keyFor({ algorithm, name }: IssueDraft): Promise<BrowserKey> {
    const madeFor = `${algorithm} ${name.trim()}`;
    if (kept.current?.madeFor === madeFor) return kept.current.key;
    const subject = name.trim() ? [{ type: "CN", value: name.trim() }] : [];
    const { requestPem, privateKeyPem } = await createKeyAndRequest({ algorithm, subject }).catch((error: unknown) => {
      throw new Error(`this browser could not make an ${algorithm} key; choose another kind of key`, { cause: error });
    });
    const key = { requestPem, privateKeyPem };
    kept.current = { madeFor, key };
    return key;
  }

  return keyFor;
}

/** Asks before the page is left while a key in it has not been saved. Tells when it was. */
export function useUnsavedKey(hasKey: boolean) {
  const [isSaved, setSaved] = useState(false);
  const isAtRisk = hasKey && !isSaved;

  useEffect(() => {
    if (!isAtRisk) return;
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isAtRisk]);

  return { isSaved, noteSaved: () => setSaved(true) };
}
