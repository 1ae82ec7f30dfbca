import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RolePage, roleTitle } from "@/components/roles/page/role-page";
import { readRoleView } from "@/components/roles/role-address";
import { RoleInput } from "@/server/roles/contract";

type Props = {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The title carries the role's. */
export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: await roleTitle(await nameOf(params)) };
}

/** One role. */
export default async function RoleRoute({ params, searchParams }: Props) {
  const { view } = await searchParams;
  return <RolePage name={await nameOf(params)} view={readRoleView(view)} />;
}

async function nameOf(params: Props["params"]): Promise<string> {
  const parsed = RoleInput.safeParse({ name: decodeURIComponent((await params).name) });
  if (!parsed.success) notFound();
  return parsed.data.name;
}
