"use client";

import { saveFile } from "@/components/certificates/files";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

/** Saves the revocation list in force; it may be megabytes, so that it is not in the page. */
export function DownloadCrl({ authority }: { readonly authority: string }) {
  const client = useTRPCClient();
  const toast = useToast();
  const deed = useDeed();

  async function download() {
    await deed.run(async () => {
      try {
        const { fileName, mediaType, base64 } = await client.authorities.download.query({ authority, form: "crl" });
        saveFile(fileName, mediaType, base64);
      } catch (error) {
        toast.add({ title: "The list could not be downloaded", detail: failureOf(error).message, tone: "danger" });
      }
    });
  }

  return (
    <Button size="s" icon="load" busy={deed.isPending && "Fetching"} onClick={download}>
      Revocation list
    </Button>
  );
}
