"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { BigTitle, SetupFoot } from "@/components/ui/entry";
import type { CreatedJoinToken } from "@/server/certificates/join-token-contract";
import { EnrolCommand, type Trust } from "../enrol-command";
import { JoinTokenForm } from "../join-token-form";
import { SetupFrame } from "./setup-frame";

type Props = {
  readonly organisation: string;
  readonly trustDomain: string;
  readonly admin: string;
  readonly hasSecondFactor: boolean;
  readonly trust: Trust;
};

/** The end of the first run: the exact command that enrols a node, and the moment when it has. */
export function FirstNode({ organisation, trustDomain, admin, hasSecondFactor, trust }: Props) {
  const [created, setCreated] = useState<CreatedJoinToken>();
  const [hasJoined, setJoined] = useState(false);

  return (
    <SetupFrame
      current="node"
      trustDomain={trustDomain}
      details={{
        code: "Accepted",
        organisation: `${organisation}, ${trustDomain}`,
        admin,
        second_factor: hasSecondFactor ? "Authenticator added" : "Later; you will be reminded",
        authorities: "Made, keys sealed",
        node: created ? created.name : "The command that enrols it",
      }}
      end={<span className="x3 t12 m-hide">The setup is done. You are signed in.</span>}
    >
      <BigTitle
        lead={
          created
            ? "The node makes its own key; only a request for a certificate leaves it."
            : "Name it, and you get the one command to run on it. Its key is made there and never leaves it."
        }
      >
        {created ? `Enrol ${created.name}` : "Enrol your first node"}
      </BigTitle>
      {created ? (
        <>
          <EnrolCommand
            key={created.id}
            created={created}
            trust={trust}
            onJoined={() => setJoined(true)}
            onAgain={() => setCreated(undefined)}
          />
          <SetupFoot>
            <ButtonLink href="/" size="l" variant={hasJoined ? "main" : "outline"}>
              {hasJoined ? "Open the console" : "Open the console, it joins later"}
            </ButtonLink>
          </SetupFoot>
        </>
      ) : (
        <JoinTokenForm
          kind="node"
          onCreated={setCreated}
          otherWay={
            <ButtonLink href="/" variant="quiet">
              Open the console without a node
            </ButtonLink>
          }
        />
      )}
    </SetupFrame>
  );
}
