import { Note } from "@/components/ui/note";
import { Section } from "@/components/ui/page-head";
import type { Hierarchy } from "@/server/certificates/authority-contract";
import { protectionWords } from "./words";

/** What keeps the private keys from whoever copies files. */
export function KeyProtection({ protection }: { readonly protection: Hierarchy["keyProtection"] }) {
  const { tone, title, text } = protectionWords(protection);
  return (
    <Section title="Key protection">
      <div className="topline grid gap-3 pt-3">
        <Note tone={tone} icon="key" title={title}>
          {text}
        </Note>
        <p className="x2 measure">
          Every private key is sealed with AES-256-GCM under a data key and bound to its own row; the data keys are
          wrapped by the master key. No screen, log or download ever holds one.
        </p>
      </div>
    </Section>
  );
}
