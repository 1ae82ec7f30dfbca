"use client";

import { Icon } from "@/components/ui/icon";
import type { EntityUid } from "@/server/engines/cedar/values/uid";
import { writeUid } from "@/server/engines/cedar/values/uid";
import { useEditor } from "./editor-context";
import { type Choice, Picker } from "./picker";

type Props = {
  /** What it is for: "Who", "value". */
  label: string;
  /** Types that it may be of. Anything known is offered where none is given. */
  types: readonly string[];
  value: EntityUid | null;
  onChoose: (uid: EntityUid) => void;
  /** For the focus to be put there. */
  mark?: string;
};

/** Everything known of some types, by type, with a search; and what is not known, by its name. */
export function EntityPicker({ label, types, value, onChoose, mark }: Props) {
  const { known, isReadOnly } = useEditor();
  const byKey = new Map<string, EntityUid>();
  const choices = known
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .toSorted((a, b) => types.indexOf(a.type) - types.indexOf(b.type))
    .map(({ type, id, label: name }): Choice => {
      const key = writeUid({ type, id });
      byKey.set(key, { type, id });
      return {
        key,
        label: name ?? id,
        words: `${name ?? ""} ${id} ${type}`,
        detail: name ? id : undefined,
        group: type,
      };
    });
  const words = value ? `${value.type} ${nameOf(value, known)}` : "Choose";
  if (isReadOnly) return <span className="pl pl--t">{words}</span>;

  function other(text: string): Choice | null {
    const type = value && types.includes(value.type) ? value.type : (types[0] ?? value?.type);
    if (!type) return null;
    const uid = { type, id: text };
    byKey.set(writeUid(uid), uid);
    return { key: writeUid(uid), label: `Use “${text}”`, words: text, detail: type, group: "Not known yet" };
  }

  return (
    <Picker
      label={label}
      choices={choices}
      other={other}
      onChoose={(key) => {
        const uid = byKey.get(key);
        if (uid) onChoose(uid);
      }}
      trigger={
        <button className="pl pl--t" type="button" data-mark={mark} aria-label={`${label}: ${words}`}>
          {value ? (
            <>
              <span className="x3 w4">{value.type}</span>
              <span className="cut">{nameOf(value, known)}</span>
            </>
          ) : (
            <span>Choose</span>
          )}
          <Icon name="down" size={12} />
        </button>
      }
    />
  );
}

function nameOf({ type, id }: EntityUid, known: readonly { type: string; id: string; label?: string }[]): string {
  return known.find((one) => one.type === type && one.id === id)?.label ?? (id === "" ? "(no name)" : id);
}
