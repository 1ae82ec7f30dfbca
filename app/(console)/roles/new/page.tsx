import type { Metadata } from "next";
import { NewRolePage } from "@/components/roles/editor/editor-page";
import { RoleInput } from "@/server/roles/contract";

export const metadata: Metadata = { title: "New role" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Makes a role; `from` names one to copy. */
export default async function NewRoleRoute({ searchParams }: Props) {
  const { from } = await searchParams;
  return <NewRolePage from={RoleInput.safeParse({ name: from }).data?.name} />;
}
