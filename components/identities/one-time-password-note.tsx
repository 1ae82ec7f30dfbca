import { CopyText } from "@/components/ui/copy";
import { Note } from "@/components/ui/note";

type Props = { readonly name: string; readonly password: string };

/** A one-time password, the one time it is shown. */
export function OneTimePasswordNote({ name, password }: Props) {
  return (
    <div role="status">
      <Note tone="ok" icon="key" title={`Hand this one-time password to ${name}.`}>
        It is shown only now, works for one sign-in, and must be replaced there.
        <p className="pt-2 text-15">
          <CopyText text={password} label="Copy the one-time password" />
        </p>
      </Note>
    </div>
  );
}
