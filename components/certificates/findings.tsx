import { Fragment } from "react";
import { Icon } from "@/components/ui/icon";
import type { Finding } from "@/server/certificates/contract";

type Props = {
  readonly findings: readonly Finding[];
  /** The profile whose rules are named; its page numbers them. */
  readonly profile: string;
  /** The rules stand on this very page. */
  readonly isBesideRules?: boolean;
};

/** What is wrong with a request, finding by finding; a rule leads to the profile that holds it, beside the form. */
export function Findings({ findings, profile, isBesideRules }: Props) {
  return (
    <ul className="grid gap-2" aria-label="Findings">
      {findings.map(({ code, rule, about, message }) => (
        <li className="flex gap-2" key={`${code} ${rule} ${about}`}>
          <Icon name="stop" className="da-x mt-0.5" />
          <span className="min-w-0">
            <span className="w5 da-x">refused:</span> <Quoted text={message.replace(`, rule ${rule}`, "")} />
            {rule !== null && (
              <>
                ,{" "}
                <a
                  className="link nw"
                  href={isBesideRules ? `#rule-${rule}` : `/profiles/${profile}#rule-${rule}`}
                  target={isBesideRules ? undefined : "_blank"}
                >
                  rule {rule}
                </a>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A sentence in which values stand between backticks. */
export function Quoted({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      <span className="mono anywhere x1" key={index}>
        {part}
      </span>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
