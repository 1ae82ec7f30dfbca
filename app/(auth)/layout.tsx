import type { ReactNode } from "react";
import { RpcProvider } from "@/components/rpc/client";

/** The pages before the sign-in. */
export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return <RpcProvider>{children}</RpcProvider>;
}
