import type { Metadata } from "next";
import { ProfilePage, profileTitle } from "@/components/profiles/profile-page";

type Props = { readonly params: Promise<{ readonly profile: string }> };

/** The title carries the profile's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await profileTitle(decodeURIComponent((await params).profile)) };
}

/** One profile, by its name or id. */
export default async function ProfileRoute({ params }: Props) {
  return <ProfilePage profile={decodeURIComponent((await params).profile)} />;
}
