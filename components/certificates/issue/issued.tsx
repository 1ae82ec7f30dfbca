"use client";

import Link from "next/link";
import { saveText } from "@/components/identities/save-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock, CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { colonHex, formatFull } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { Columns, PageHead, Section } from "@/components/ui/page-head";
import type { IssuedCertificate } from "@/server/certificates/contract";
import { bareName } from "../words";
import { type BrowserKey, useUnsavedKey } from "./use-browser-key";

type Props = {
  readonly certificate: IssuedCertificate;
  /** The key of this page, when it was made here. */
  readonly privateKey: BrowserKey | undefined;
  readonly now: number;
};

/** A new certificate, to be taken along; and its key, while this page is open. */
export function Issued({ certificate, privateKey }: Props) {
  const { name, certificatePem, chainPem, serial, spiffeId, sans, notAfter } = certificate;
  const { isSaved, noteSaved } = useUnsavedKey(privateKey !== undefined);
  const files = { key: `${name}.key`, chain: `${name}.pem` };

  return (
    <>
      <PageHead
        title={`The certificate of ${name} is issued.`}
        badge={<Badge tone="ok">Issued</Badge>}
        lead={<CopyText text={spiffeId} label="Copy the SPIFFE ID" />}
        actions={
          <>
            <ButtonLink href={`/certificates/${serial}`}>See the certificate</ButtonLink>
            <ButtonLink href="/certificates/new" isExternal icon="plus">
              Issue another
            </ButtonLink>
          </>
        }
      />
      {privateKey && (
        <div className="pad pb-5">
          <Note
            tone={isSaved ? "ok" : "warn"}
            icon="key"
            title={isSaved ? "You have saved the private key." : "The private key exists only in this page."}
            actions={
              <Button
                variant={isSaved ? "outline" : "main"}
                icon="load"
                onClick={() => {
                  saveText(files.key, privateKey.privateKeyPem);
                  noteSaved();
                }}
              >
                {isSaved ? "Save it again" : "Save the private key"}
              </Button>
            }
          >
            It was made in this browser, was never sent anywhere, and is gone when the page closes. Whoever has the file
            is {name}: keep it where only {name} can read it.
          </Note>
        </div>
      )}
      <Columns>
        <Section title="Files" aside="the certificate may be downloaded at any time">
          <div className="topline flex flex-wrap gap-2 py-3">
            <Button icon="load" onClick={() => saveText(files.chain, certificatePem + chainPem)}>
              Certificate and chain
            </Button>
            <Button icon="load" onClick={() => saveText(`${name}-leaf.pem`, certificatePem)}>
              Certificate alone
            </Button>
          </div>
          <CodeBlock text={certificatePem + chainPem} label="Copy certificate and chain" isTall />
          {privateKey && (
            <>
              <p className="help pb-1 pt-3">
                That key and certificate belong together, openssl says by two equal lines:
              </p>
              <CodeBlock
                label="Copy the command"
                text={`openssl x509 -in ${files.chain} -noout -pubkey | openssl sha256\nopenssl pkey -in ${files.key} -pubout | openssl sha256`}
              />
            </>
          )}
        </Section>
        <Section title="In words">
          <DefinitionList
            items={[
              { term: "Serial", detail: <CopyText text={colonHex(serial)} label="Copy the serial" /> },
              {
                term: "Names",
                detail: (
                  <ul>
                    {sans.map((san) => (
                      <li className="mono anywhere" key={san}>
                        {bareName(san)}
                      </li>
                    ))}
                  </ul>
                ),
              },
              { term: "Ends", detail: formatFull(notAfter) },
              { term: "Signed by", detail: certificate.authority.name },
              {
                term: "Profile",
                detail: (
                  <Link className="link" href={`/profiles/${certificate.profile.name}`} target="_blank">
                    {certificate.profile.name}
                  </Link>
                ),
              },
            ]}
          />
        </Section>
      </Columns>
    </>
  );
}
