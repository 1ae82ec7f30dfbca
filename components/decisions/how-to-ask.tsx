import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock } from "@/components/ui/copy";
import { PageHead, Section } from "@/components/ui/page-head";

/** No machine has asked yet: how one does. */
export function HowToAsk({ askAt }: { readonly askAt: string }) {
  return (
    <>
      <PageHead
        title="Nothing asked yet."
        lead="What machines ask the gateway, what they are told, by which policies and why will be here."
      />
      <div className="pad">
        <Section title="A machine asks with its certificate" className="max-w-180">
          <div className="topline grid gap-4 pt-3">
            <p>Any machine that has enrolled may ask what it may do, with its own names in the place of gpu-7:</p>
            <CodeBlock text={commandFor(askAt)} label="Copy the command" />
            <div className="flex flex-wrap gap-2">
              <ButtonLink href="/nodes?add=1">Add a node</ButtonLink>
              <ButtonLink href="/policies">See the policies</ButtonLink>
            </div>
          </div>
        </Section>
      </div>
    </>
  );
}

function commandFor(askAt: string): string {
  return `curl --cacert bundle.pem --cert gpu-7/cert.pem --key gpu-7/key.pem \\
  -H 'content-type: application/json' ${askAt} \\
  -d '{"subject": {"type": "Node", "id": "gpu-7"}, "action": {"name": "workload.run"},
       "resource": {"type": "Compute", "id": "gpu-7"}}'`;
}
