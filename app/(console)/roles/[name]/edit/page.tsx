import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditRolePage } from "@/components/roles/editor/editor-page";
import { RoleInput } from "@/server/roles/contract";

export const metadata: Metadata = { title: "Edit role" };

type Props = { readonly params: Promise<{ readonly name: string }> };

/** Changes a role. */
export default async function EditRoleRoute({ params }: Props) {
  const parsed = RoleInput.safeParse({ name: decodeURIComponent((await params).name) });
  if (!parsed.success) notFound();
  return <EditRolePage name={parsed.data.name} />;
}
